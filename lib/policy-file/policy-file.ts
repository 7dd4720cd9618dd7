/** The version of the schema that this package writes and reads. */
export const POLICY_FILE_VERSION = 1;

/** Where the schema is, as the package exports it. */
export const POLICY_SCHEMA = 'nestjs-cors/policy.schema.json';

/**
 * Who may read what of an application, as `cors.policy.json`: JSON without loss, the same for each
 * start of the same application, and without secrets.
 */
export interface CorsPolicyFile {
  /** `nestjs-cors/policy.schema.json`. */
  readonly $schema: string;
  /** What this describes; another version is refused. */
  readonly schemaVersion: typeof POLICY_FILE_VERSION;
  /** The HTTP platform, with the settings of its router that paths depend on; null without one. */
  readonly platform: PolicyFilePlatform | null;
  /** The options of the application that no policy has. */
  readonly application: PolicyFileApplication;
  /** The policy where no controller serves, and no key of `paths` says otherwise. */
  readonly global: PolicyReference;
  /** The named policies, each laid over the global one. */
  readonly named: Readonly<Record<string, PolicyReference>>;
  /** The keys of `paths`, in the one spelling in which they are compared. */
  readonly paths: Readonly<Record<string, PolicyReference>>;
  /** Every route, in the order of registration: on Express, the first that matches serves. */
  readonly routes: readonly PolicyFileRoute[];
  /** The effective policies, by the places at which their options are written. */
  readonly policies: Readonly<Record<string, PolicyFileOptions>>;
  /** Long lists, by the place at which they are written. */
  readonly lists: Readonly<Record<string, readonly PolicyFileOrigin[]>>;
}

/** Beyond this, tools that show changes give up. */
const MOST_CHARACTERS = 6_000_000;

/** A policy as the text of its file: if that is very long, a route or a policy is one line. */
export function policyFileText(policy: CorsPolicyFile): string {
  const text = JSON.stringify(policy, null, 2);
  return `${text.length <= MOST_CHARACTERS ? text : denseText(policy)}\n`;
}

function denseText(policy: CorsPolicyFile): string {
  const members = Object.entries(policy).map(([name, value]: [string, unknown]) => {
    const entries = Array.isArray(value)
      ? value.map((entry) => JSON.stringify(entry))
      : typeof value === 'object' && value !== null
        ? Object.entries(value).map(
            ([key, entry]) => `${JSON.stringify(key)}: ${JSON.stringify(entry)}`,
          )
        : undefined;
    const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
    return `${JSON.stringify(name)}: ${entries === undefined ? JSON.stringify(value) : `${open}\n${entries.join(',\n')}\n${close}`}`;
  });
  return `{\n${members.join(',\n')}\n}`;
}

/** Whether a text says the same as a policy: spaces and line ends, which tools change, are nothing. */
export function isPolicyFileText(text: string, policy: CorsPolicyFile): boolean {
  try {
    return JSON.stringify(JSON.parse(text)) === JSON.stringify(policy);
  } catch {
    // What is not JSON is not the same.
    return false;
  }
}

/** A key of `policies`; `false` where `@Cors(false)` applies, `'pass-through'` where CORS passes through. */
export type PolicyReference = string | false;

/** What is written for a route where CORS passes through. No place has that name. */
export const PASS_THROUGH = 'pass-through';

/** The HTTP platform of an application. */
export interface PolicyFilePlatform {
  /** `express` or `fastify`. */
  readonly name: string;
  /** The settings of its router that paths depend on. */
  readonly router: Readonly<Record<string, boolean | number>>;
}

/** Options of `forRoot()` that hold for the whole application. */
export interface PolicyFileApplication {
  /** Whether requests of origins that are not allowed are refused. */
  readonly rejectDisallowed: boolean;
  /** Whether `http://` origins may have credentials. */
  readonly dangerouslyAllowInsecureOrigins: boolean;
  /** Whether origins may cover names below a public suffix, with credentials. */
  readonly dangerouslyAllowPublicSuffixes: boolean;
}

/** A route with its effective policy. */
export interface PolicyFileRoute {
  /** The method it is registered for; `ALL` for any. */
  readonly method: string;
  /** The full path as the platform has it: prefix, version and module path included. */
  readonly path: string;
  /** `OrdersController.update`; null for a route that no controller declares. */
  readonly handler: string | null;
  /** Of a controller that is bound to hosts. */
  readonly host?: readonly PolicyFileOrigin[];
  /** Where a header or media type decides; `neutral` for `VERSION_NEUTRAL`. */
  readonly version?: readonly string[];
  /** Of a route on Fastify that has some. Values that are not text are named by their type. */
  readonly constraints?: Readonly<Record<string, PolicyFileOrigin>>;
  /** Its effective policy. */
  readonly policy: PolicyReference;
}

/** A text, or a RegExp. */
export type PolicyFileOrigin = string | PolicyFileRegExp;

/** A RegExp, as it is written. */
export interface PolicyFileRegExp {
  /** Without the slashes. */
  readonly source: string;
  /** Such as `i`; often empty. */
  readonly flags: string;
}

/** Who decides at run time. Only names are written: code is neither called nor compared. */
export type PolicyFileDecider =
  | {
      /** A function by its name; null without one. */
      readonly function: string | null;
    }
  | {
      /** A resolver class by its name. */
      readonly class: string | null;
    };

/** `'*'`, `false`, a list, a long list by its place, or who decides. */
export type PolicyFileOrigins =
  | '*'
  | false
  | readonly PolicyFileOrigin[]
  | {
      /** A name of `lists`. */
      readonly list: string;
    }
  | PolicyFileDecider;

/** An effective policy: each option as it holds, and where it is written (`default`: nowhere). */
export interface PolicyFileOptions {
  /** The allowed origins. */
  readonly origin: Declaration<PolicyFileOrigins>;
  /** `'mapped'`: the methods mapped at the path. */
  readonly methods: Declaration<'*' | 'mapped' | readonly string[]>;
  /** Request headers that pages may set, in lower case; `'*'`: any. */
  readonly allowedHeaders: Declaration<'*' | readonly string[]>;
  /** Response headers that pages may read, in lower case. */
  readonly exposedHeaders: Declaration<'*' | readonly string[]>;
  /** Whether pages may send cookies. */
  readonly credentials: Declaration<boolean>;
  /** How long browsers may remember a preflight, in seconds. */
  readonly maxAge: Declaration<number>;
  /** Whether pages may read resource timing. */
  readonly timingAllowOrigin: Declaration<boolean>;
}

/** An option as it holds. */
export interface Declaration<T> {
  /** The value in force. */
  readonly value: T;
  /** `forRoot()`, `@Cors() on OrdersController.update`; `default`: nowhere. */
  readonly declaredAt: string;
}

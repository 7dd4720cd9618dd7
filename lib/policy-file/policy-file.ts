/** The version of the schema that this package writes and reads. */
export const POLICY_FILE_VERSION = 1;

/** Where the schema is, as the package exports it. */
export const POLICY_SCHEMA = 'nestjs-cors/policy.schema.json';

/**
 * Who may read what of an application, as `cors.policy.json`: JSON without loss, the same for each
 * start of the same application, and without secrets.
 */
export interface CorsPolicyFile {
  readonly $schema: string;
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

/** A key of `policies`; `false` where `@Cors(false)` applies, `'pass-through'` where CORS passes through. */
export type PolicyReference = string | false;

/** What is written for a route where CORS passes through. No place has that name. */
export const PASS_THROUGH = 'pass-through';

export interface PolicyFilePlatform {
  readonly name: string;
  readonly router: Readonly<Record<string, boolean | number>>;
}

export interface PolicyFileApplication {
  readonly rejectDisallowed: boolean;
  readonly dangerouslyAllowInsecureOrigins: boolean;
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
  readonly policy: PolicyReference;
}

/** A text, or a RegExp. */
export type PolicyFileOrigin = string | PolicyFileRegExp;

export interface PolicyFileRegExp {
  readonly source: string;
  readonly flags: string;
}

/** Who decides at run time. Only names are written: code is neither called nor compared. */
export type PolicyFileDecider =
  { readonly function: string | null } | { readonly class: string | null };

/** `'*'`, `false`, a list, a long list by its place, or who decides. */
export type PolicyFileOrigins =
  '*' | false | readonly PolicyFileOrigin[] | { readonly list: string } | PolicyFileDecider;

/** An effective policy: each option as it holds, and where it is written (`default`: nowhere). */
export interface PolicyFileOptions {
  readonly origin: Declaration<PolicyFileOrigins>;
  /** `'mapped'`: the methods mapped at the path. */
  readonly methods: Declaration<'*' | 'mapped' | readonly string[]>;
  readonly allowedHeaders: Declaration<'*' | readonly string[]>;
  readonly exposedHeaders: Declaration<'*' | readonly string[]>;
  readonly credentials: Declaration<boolean>;
  readonly maxAge: Declaration<number>;
  readonly timingAllowOrigin: Declaration<boolean>;
}

export interface Declaration<T> {
  readonly value: T;
  readonly declaredAt: string;
}

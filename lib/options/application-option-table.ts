import type { CorsOptions } from './cors-options.js';
import type { PolicyOption } from './cors-policy-options.js';
import { aBoolean, anObject, type Check, ownOption } from './read/checks.js';
import { DEFAULT_LIMITS } from './read/resolver-limits.js';
import { isPlainObject, type Written } from './read/snapshot.js';
import { type IssueList, issuesAt } from './refusal/cors-config-error.js';
import { keysOf, mapKeys } from './table.js';

/** Where the options of the application are declared. */
export const ROOT = 'forRoot()';

/** The name of an option that holds for the application: only `forRoot()` takes it. */
type ApplicationOption = Exclude<keyof CorsOptions, PolicyOption>;

/** The names of options that are on or off. */
type Switch = {
  [K in ApplicationOption]: NonNullable<CorsOptions[K]> extends boolean ? K : never;
}[ApplicationOption];

type ObjectOption = Exclude<ApplicationOption, Switch>;

interface ApplicationOptionRow<K extends ApplicationOption> {
  readonly kind: K extends Switch ? 'switch' : 'object';
  /** The issues of its shape; what an object holds is read on its own. */
  readonly check: Check;
  // Not `CorsOptions[K]`: no policies would be too few where an application declares their names.
  readonly default: K extends Switch ? boolean | undefined : object | undefined;
  /** The default in words, where it is not a value. */
  readonly explainedDefault?: string;
}

const NO_EXCEPTIONS = 'Write `true` or omit it; it takes no list of exceptions.';

/** One row per option; see `CorsOptions` for their documentation. */
export const APPLICATION_OPTION_TABLE = {
  policies: {
    kind: 'object',
    check: anObject({
      reason: 'policies-wrong-type',
      rule: 'to be a plain object of options by name',
      remedy: "Write `policies: { public: { origin: '*', credentials: false } }`.",
    }),
    default: {},
  },
  paths: {
    kind: 'object',
    check: anObject({
      reason: 'paths-wrong-type',
      rule: 'to be a plain object of policies by path',
      remedy:
        "Write `paths: { '/graphql': 'public', '/files/*': { origin: '*', credentials: false } }`.",
    }),
    default: {},
  },
  rejectDisallowed: {
    kind: 'switch',
    check: aBoolean(
      'switch-wrong-type',
      'Write `true` or omit it; open single routes to other origins with `@Cors()`.',
    ),
    default: false,
  },
  resolver: {
    kind: 'object',
    check: anObject({
      reason: 'resolver-options-wrong-type',
      rule: 'to be a plain object of limits',
      remedy:
        'Write some of `{ ttl: 60_000, max: 10_000, timeout: 1_000 }`; the class itself is `origin`.',
    }),
    default: DEFAULT_LIMITS,
  },
  reportOnly: {
    kind: 'object',
    check: anObject({
      reason: 'report-only-wrong-type',
      rule: 'to be a plain object of options',
      remedy: 'Write the options the policy should get, such as `{ credentials: false }`.',
    }),
    default: undefined,
    explainedDefault: 'nothing is evaluated',
  },
  diagnostics: {
    kind: 'switch',
    check: aBoolean(
      'switch-wrong-type',
      'Write `true` or `false`, or omit it to follow `NODE_ENV`.',
    ),
    default: undefined,
    explainedDefault:
      'the log unless `NODE_ENV` is `production`; the header if `NODE_ENV` is `development`',
  },
  dangerouslyAllowInsecureOrigins: {
    kind: 'switch',
    check: aBoolean('switch-wrong-type', NO_EXCEPTIONS),
    default: false,
  },
  dangerouslyAllowPublicSuffixes: {
    kind: 'switch',
    check: aBoolean('switch-wrong-type', NO_EXCEPTIONS),
    default: false,
  },
} satisfies { readonly [K in ApplicationOption]: ApplicationOptionRow<K> };

/** The names of the options that only `forRoot()` takes. */
export const APPLICATION_OPTIONS = keysOf(APPLICATION_OPTION_TABLE);

const SWITCHES = APPLICATION_OPTIONS.filter(isSwitch);

function isSwitch(option: ApplicationOption): option is Switch {
  return APPLICATION_OPTION_TABLE[option].kind === 'switch';
}

/** Whether each switch is on. */
export type Switches = Readonly<Record<Switch, boolean | undefined>>;

/** Reads each switch once. One that is not a boolean counts as not set. */
export function readSwitches(options: Written, issues: IssueList): Switches {
  return mapKeys<Switches>(SWITCHES, (option): boolean | undefined => {
    const value = ownOption(options, option);
    checkShape(option, value, issues);
    return typeof value === 'boolean' ? value : APPLICATION_OPTION_TABLE[option].default;
  });
}

/** The value of an option as an object. What is not an object counts as not set. */
export function readObject<K extends ObjectOption>(
  option: K,
  value: unknown,
  issues: IssueList,
): Written | (typeof APPLICATION_OPTION_TABLE)[K]['default'] {
  checkShape(option, value, issues);
  return isPlainObject(value) ? value : APPLICATION_OPTION_TABLE[option].default;
}

function checkShape(option: ApplicationOption, value: unknown, issues: IssueList): void {
  if (value === undefined) return;
  issues.add(issuesAt(ROOT, APPLICATION_OPTION_TABLE[option].check(value, option)));
}

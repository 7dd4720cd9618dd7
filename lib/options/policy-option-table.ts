import { isForbiddenRequestHeaderName } from '../fetch/header-names.js';
import { normalizeMethod } from '../fetch/methods.js';
import { compileOriginList } from '../policy/origins/origin-list.js';
import type { CorsPolicy } from '../policy/policy.js';
import type { OptionValue, PolicyOption } from './cors-policy-options.js';
import type { OriginCompiler } from './origin/compile-origin.js';
import { checkOrigin } from './origin/check-origin.js';
import type { OriginReader } from './origin/read-origins.js';
import {
  aBoolean,
  aList,
  anInteger,
  checkMethod,
  checkRequestHeader,
  checkResponseHeader,
} from './read/checks.js';
import { MAX_AGE } from './read/max-age.js';
import type { OptionIssue } from './refusal/cors-config-error.js';
import { IS_IT_SET } from './refusal/own-values.js';
import { keysOf } from './table.js';

/** What a check knows besides the value. */
export interface Place {
  readonly origins: OriginReader;
  /** Whether the policy has them, as far as one place shows. */
  readonly hasCredentials: boolean;
}

/** Values that have no effect, and why. */
interface Idle {
  readonly values: readonly unknown[];
  readonly why: string;
}

/** Everything about a policy option except its documentation and its effect. */
export interface PolicyOptionRow<K extends PolicyOption> {
  /** The issues of a value by itself. */
  readonly check: (value: unknown, option: K, place: Place) => readonly OptionIssue[];
  /** What of a valid value has no effect. */
  readonly findIdle?: (value: OptionValue<K>) => Idle | undefined;
  /** Compiles a valid value into what requests read. */
  readonly compile: (value: OptionValue<K>, origins: OriginCompiler) => CorsPolicy[K];
  /** What holds where nobody sets the option, compiled. */
  readonly default: CorsPolicy[K];
  /** How `explain()` and the documentation show the default, if not as it is compiled. */
  readonly explainedDefault?: unknown;
}

/** One row per option: a new one is documented in `CorsPolicyOptions`, and has its effect in `policy/`. */
export const POLICY_OPTION_TABLE: { readonly [K in PolicyOption]: PolicyOptionRow<K> } = {
  origin: {
    check: (value, _, { origins, hasCredentials }) =>
      checkOrigin(origins.read(value), { raw: value, hasCredentials }),
    compile: (value, origins) => origins.compile(value),
    // No default opens a server: without an origin nothing is compiled, and nobody would be allowed.
    default: compileOriginList([], []),
    explainedDefault: 'required',
  },
  methods: {
    check: aList({
      kind: 'methods',
      example: "['GET', 'PUT']",
      without: 'omit it to allow the methods that are mapped at each path',
      checkMember: checkMethod,
    }),
    compile: (methods) =>
      methods === '*' ? 'requested' : Object.freeze([...new Set(methods.map(normalizeMethod))]),
    default: 'mapped',
    explainedDefault: 'the methods mapped at the path',
  },
  allowedHeaders: {
    check: aList({
      kind: 'allowed-headers',
      example: "['content-type']",
      without: 'omit it to allow the headers that are asked for',
      checkMember: checkRequestHeader,
    }),
    findIdle: findIdleHeaders,
    compile: (names) => (names === '*' ? 'requested' : compileNames(names)),
    default: 'requested',
    explainedDefault: '*',
  },
  exposedHeaders: {
    check: aList({
      kind: 'exposed-headers',
      example: "['etag']",
      checkMember: checkResponseHeader,
    }),
    compile: (names) => compileNames(names === '*' ? ['*'] : names),
    default: Object.freeze([]),
  },
  credentials: {
    check: aBoolean('credentials-wrong-type', (value) =>
      value === 'true' || value === 'false'
        ? `Write \`${value}\`, without quotes; from an environment variable: \`value === 'true'\`.`
        : 'Write `true` or `false`, without quotes.',
    ),
    compile: (value) => value,
    default: false,
  },
  maxAge: {
    check: anInteger(MAX_AGE.min, MAX_AGE.max, remedyForMaxAge, MAX_AGE.reasons),
    compile: (value) => value,
    default: MAX_AGE.default,
  },
  timingAllowOrigin: {
    check: aBoolean(
      'timing-allow-origin-wrong-type',
      'It follows `origin` and takes no list of its own.',
    ),
    compile: (value) => value,
    default: false,
  },
};

function remedyForMaxAge(value: unknown): string {
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof seconds === 'number' && Number.isInteger(seconds)) {
    const allowed = Math.min(Math.max(seconds, MAX_AGE.min), MAX_AGE.max);
    return `${IN_SECONDS} Write \`${allowed}\`; from an environment variable: \`Number(value)\`.`;
  }
  const isUnset = Number.isNaN(value) || value === '' || value === 'undefined';
  return `${isUnset ? `${IS_IT_SET} ` : ''}${IN_SECONDS} Write \`${MAX_AGE.default}\`, or omit it.`;
}

const IN_SECONDS = 'It is in seconds; `0` means that browsers remember nothing.';

const NEVER_ASKED =
  'Browsers set such headers themselves or never send them, and never ask for permission.';

function findIdleHeaders(names: OptionValue<'allowedHeaders'>): Idle | undefined {
  if (names === '*') return undefined;
  const values = names.filter((name) => isForbiddenRequestHeaderName(name));
  return values.length === 0 ? undefined : { values, why: NEVER_ASKED };
}

/** Names in lower case, each once. */
function compileNames(names: readonly string[]): readonly string[] {
  return Object.freeze([...new Set(names.map((name) => name.toLowerCase()))]);
}

/** The names of the options of a policy. */
export const POLICY_OPTIONS = keysOf(POLICY_OPTION_TABLE);

/** How `explain()` shows an option that nobody sets. */
export function explainedDefault(option: PolicyOption): unknown {
  const row = POLICY_OPTION_TABLE[option];
  return row.explainedDefault ?? row.default;
}

import { normalizeMethod } from '../fetch/methods.js';
import { compileOriginList } from '../policy/origins/origin-list.js';
import type { CorsPolicy } from '../policy/policy.js';
import type { OptionValue, PolicyOption } from './cors-policy-options.js';
import type { OriginCompiler } from './origin/compile-origin.js';
import { checkOrigin } from './origin/origin-rules.js';
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
import { keysOf } from './table.js';

/** Everything about a policy option except its documentation and its effect. */
export interface PolicyOptionRow<K extends PolicyOption> {
  /** The issues of a value by itself. */
  readonly check: (value: unknown, option: K, origins: OriginReader) => readonly OptionIssue[];
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
    check: (value, _, origins) => checkOrigin(origins.read(value)),
    compile: (value, origins) => origins.compile(value),
    // No default opens a server: without an origin nothing is compiled, and nobody would be allowed.
    default: compileOriginList([], []),
    explainedDefault: 'required',
  },
  methods: {
    check: aList(
      'methods',
      { list: "['GET', 'PUT']", insteadOfString: "['GET', 'PUT']" },
      checkMethod,
    ),
    compile: (methods) =>
      methods === '*' ? 'requested' : Object.freeze([...new Set(methods.map(normalizeMethod))]),
    default: 'mapped',
    explainedDefault: 'the methods mapped at the path',
  },
  allowedHeaders: {
    check: aList(
      'allowed-headers',
      { list: "['content-type']", insteadOfString: "['content-type', 'x-request-id']" },
      checkRequestHeader,
    ),
    compile: (names) => (names === '*' ? 'requested' : compileNames(names)),
    default: 'requested',
    explainedDefault: '*',
  },
  exposedHeaders: {
    check: aList(
      'exposed-headers',
      { list: "['etag']", insteadOfString: "['etag', 'x-total-count']" },
      checkResponseHeader,
    ),
    compile: (names) => compileNames(names === '*' ? ['*'] : names),
    default: Object.freeze([]),
  },
  credentials: {
    check: aBoolean('credentials-wrong-type', 'Write `true` or `false`, without quotes.'),
    compile: (value) => value,
    default: false,
  },
  maxAge: {
    check: anInteger(
      MAX_AGE.min,
      MAX_AGE.max,
      () =>
        'It is in seconds; `0` means that browsers remember nothing. From an environment variable: `Number(value)`.',
      MAX_AGE.reasons,
    ),
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

import { APPLICATION_OPTIONS } from '../application-option-table.js';
import type { OptionValue, PolicyOption } from '../cors-policy-options.js';
import { type DeclaredOption, type DeclaredOptions, declareOptions } from '../declared-options.js';
import type { OriginReader } from '../origin/read-origins.js';
import {
  POLICY_OPTION_TABLE,
  POLICY_OPTIONS,
  type PolicyOptionRow,
} from '../policy-option-table.js';
import {
  type BrokenRule,
  type CorsConfigIssue,
  type IssueList,
  issueOf,
  issuesAt,
} from '../refusal/cors-config-error.js';
import { optionPath } from '../refusal/print-value.js';
import { unknownOption } from '../refusal/suggestions.js';
import type { Written } from './snapshot.js';

/** A place where options are declared. */
interface Declaration {
  /** `forRoot()`, `forRoot().policies.public`, `@Cors() on OrdersController.update`. */
  readonly declaredAt: string;
  /** Which decides on the options that it takes besides those of a policy. */
  readonly kind: 'root' | 'policy' | 'override';
  /** See `DeclaredOption`. */
  readonly precedence: number;
}

/** Reads the options of a policy declared at one place, each checked by itself. */
export class OptionsReader {
  constructor(
    private readonly origins: OriginReader,
    private readonly issues: IssueList,
  ) {}

  read(declaration: Declaration, written: Written): DeclaredOptions {
    this.issues.add(checkNames(declaration, written));
    return declareOptions((option) => this.readOption(option, declaration, written));
  }

  private readOption<K extends PolicyOption>(
    option: K,
    { declaredAt, precedence }: Declaration,
    written: Written,
  ): DeclaredOption<OptionValue<K>> | undefined {
    // Nothing on `Object.prototype` may open a server.
    if (!Object.hasOwn(written, option)) return undefined;
    // Once, since a getter may answer differently the next time.
    const raw = written[option];
    // Not set, except as `origin`, where it is a forgotten environment variable.
    if (raw === undefined && option !== 'origin') return undefined;
    const value = this.isValid(option, raw, declaredAt) ? raw : undefined;
    return { value, raw, declaredAt, precedence };
  }

  private isValid<K extends PolicyOption>(
    option: K,
    raw: unknown,
    declaredAt: string,
  ): raw is OptionValue<K> {
    const row: PolicyOptionRow<K> = POLICY_OPTION_TABLE[option];
    const found = row.check(raw, option, this.origins);
    this.issues.add(issuesAt(declaredAt, found));
    return found.length === 0;
  }
}

const EXTRA_OPTIONS: Readonly<Record<Declaration['kind'], readonly string[]>> = {
  root: APPLICATION_OPTIONS,
  policy: [],
  override: ['policy', 'passThrough'],
};

/** The issues of the names of options. */
function checkNames({ declaredAt, kind }: Declaration, written: Written): CorsConfigIssue[] {
  const known: readonly string[] = [...POLICY_OPTIONS, ...EXTRA_OPTIONS[kind]];
  return Object.keys(written)
    .filter((name) => !known.includes(name))
    .flatMap((name) => {
      const rule = UNSUPPORTED_OPTIONS.get(name) ?? findMisplaced(name);
      const path = optionPath(declaredAt, name);
      if (rule === undefined) return [unknownOption(path, name, known)];
      const value = written[name];
      return value === undefined ? [] : [issueOf(path, name, value, rule)];
    });
}

function findMisplaced(name: string): BrokenRule | undefined {
  const reason = 'misplaced-option';
  if (name === 'policy') {
    const remedy =
      'Policies do not build on each other; share options through a constant in your code.';
    return { reason, rule: 'to be within `@Cors()` only', remedy };
  }
  if (name === 'passThrough') {
    const remedy = 'It stands where CORS is left to a handler: `@Cors({ passThrough: true })`.';
    return { reason, rule: 'to be within `@Cors()` only', remedy };
  }
  const names: readonly string[] = APPLICATION_OPTIONS;
  if (!names.includes(name)) return undefined;
  const remedy = 'It applies to the whole application. Write it there.';
  return { reason, rule: 'to be at the top of `forRoot()` only', remedy };
}

/** What `enableCors()` takes on either platform and this module does not, by option. */
const UNSUPPORTED_OPTIONS: ReadonlyMap<string, BrokenRule> = new Map(
  Object.entries({
    preflightContinue: leaveOut(
      'preflight-continue-unsupported',
      'Preflights are always answered by this module; any other `OPTIONS` request reaches your `@Options()` handlers.',
    ),
    optionsSuccessStatus: leaveOut(
      'options-success-status-unsupported',
      'Preflights are answered with 204; the browsers that needed 200 are gone.',
    ),
    preflight: leaveOut(
      'preflight-unsupported',
      'Preflights are always answered; write `@Cors(false)` where you want none.',
    ),
    strictPreflight: leaveOut(
      'strict-preflight-unsupported',
      'Only `OPTIONS` with `Origin` and `Access-Control-Request-Method` counts as a preflight.',
    ),
    hideOptionsRoute: leaveOut(
      'hide-options-route-unsupported',
      'No route is added, so there is nothing to hide.',
    ),
    cacheControl: leaveOut(
      'cache-control-unsupported',
      'HTTP never caches responses to `OPTIONS`; use `maxAge` for how long browsers remember a preflight.',
    ),
    logLevel: leaveOut('log-level-unsupported', 'No route is added, so there is nothing to log.'),
    hook: leaveOut('hook-unsupported', 'The module always runs before all other hooks.'),
    delegator: leaveOut(
      'delegator-unsupported',
      'Write `@Cors()` where a route differs, or a function as `origin`: `(origin, request) => boolean`.',
    ),
  }),
);

function leaveOut(reason: BrokenRule['reason'], remedy: string): BrokenRule {
  return { reason, rule: 'to be removed', remedy };
}

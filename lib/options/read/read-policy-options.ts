import {
  type CorsPolicyOptions,
  POLICY_OPTIONS,
  type PolicyOption,
  ROOT_OPTIONS,
} from '../cors-policy-options.js';
import { checkOrigin } from '../origin/origin-rules.js';
import type { OriginReader } from '../origin/read-origins.js';
import {
  type BrokenRule,
  type CorsConfigIssue,
  type IssueList,
  issueOf,
} from '../refusal/cors-config-error.js';
import { optionPath } from '../refusal/print-value.js';
import { unknownOption } from '../refusal/suggestions.js';
import type { SourcedOption, SourcedOptions } from '../sourced-options.js';
import { checkHeaderNames, checkMethods } from './check-lists.js';
import { checkShape, PolicyShape } from './policy-shape.js';

type Written = Readonly<Record<string, unknown>>;

/** Reads the options of a policy as written at one place, each checked by itself. */
export class OptionsReader {
  constructor(
    private readonly origins: OriginReader,
    private readonly issues: IssueList,
  ) {}

  read(place: OptionsPlace, written: Written): SourcedOptions {
    this.issues.add(checkNames(place, written));
    return {
      origin: this.readOption(place, written, 'origin'),
      methods: this.readOption(place, written, 'methods'),
      allowedHeaders: this.readOption(place, written, 'allowedHeaders'),
      exposedHeaders: this.readOption(place, written, 'exposedHeaders'),
      credentials: this.readOption(place, written, 'credentials'),
      maxAge: this.readOption(place, written, 'maxAge'),
      timingAllowOrigin: this.readOption(place, written, 'timingAllowOrigin'),
    };
  }

  private readOption<K extends PolicyOption>(
    { source, nearness }: OptionsPlace,
    written: Written,
    option: K,
  ): SourcedOption<NonNullable<CorsPolicyOptions[K]>> | undefined {
    // Nothing on `Object.prototype` may open a server.
    if (!Object.hasOwn(written, option)) return undefined;
    // Once, since a getter may answer differently the next time.
    const value = written[option];
    // Not written, except as `origin`, where it is a forgotten environment variable.
    if (value === undefined && option !== 'origin') return undefined;
    const isValid = this.isValid(source, option, value);
    const path = optionPath(source, option);
    return { value: isValid ? value : undefined, written: value, source, path, nearness };
  }

  private isValid<K extends PolicyOption>(
    source: string,
    option: K,
    value: unknown,
  ): value is NonNullable<CorsPolicyOptions[K]> {
    const issues = this.check(source, option, value);
    this.issues.add(issues);
    return issues.length === 0;
  }

  private check(source: string, option: PolicyOption, value: unknown): CorsConfigIssue[] {
    if (option === 'origin') return checkOrigin(source, this.origins.read(value));
    const shape = new PolicyShape();
    shape[option] = value;
    const issues = checkShape(source, shape);
    // A copy has no holes, over which the checks would pass.
    const members: unknown[] = Array.isArray(value) ? Array.from(value) : [];
    if (option === 'methods') return [...issues, ...checkMethods(source, members)];
    if (option === 'allowedHeaders' || option === 'exposedHeaders') {
      return [...issues, ...checkHeaderNames(source, option, members)];
    }
    return issues;
  }
}

const EXTRA_OPTIONS: Readonly<Record<OptionsPlace['kind'], readonly string[]>> = {
  root: ROOT_OPTIONS,
  policy: [],
  override: ['policy'],
};

/** The issues of the names of options. */
function checkNames(
  { source, kind }: OptionsPlace,
  written: Readonly<Record<string, unknown>>,
): CorsConfigIssue[] {
  const known: readonly string[] = [...POLICY_OPTIONS, ...EXTRA_OPTIONS[kind]];
  return Object.keys(written)
    .filter((name) => !known.includes(name))
    .flatMap((name) => {
      const rule = UNSUPPORTED_OPTIONS.get(name) ?? findMisplaced(name);
      const path = optionPath(source, name);
      if (rule === undefined) return [unknownOption(path, name, known)];
      const value = written[name];
      return value === undefined ? [] : [issueOf(path, name, value, rule)];
    });
}

function findMisplaced(name: string): BrokenRule | undefined {
  const reason = 'misplaced-option';
  if (name === 'policy') {
    const remedy =
      'Options are shared by a constant in your code; policies do not build on others.';
    return { reason, rule: 'to be within `@Cors()` only', remedy };
  }
  const names: readonly string[] = ROOT_OPTIONS;
  if (!names.includes(name)) return undefined;
  const remedy = 'It holds for the whole application. Write it there.';
  return { reason, rule: 'to be at the top of `forRoot()` only', remedy };
}

/** What `enableCors()` takes on either platform and this module does not, by option. */
const UNSUPPORTED_OPTIONS: ReadonlyMap<string, BrokenRule> = new Map(
  Object.entries({
    preflightContinue: leaveOut(
      'preflight-continue-unsupported',
      'CORS-preflight requests are always answered here; any other `OPTIONS` request reaches your `@Options()` handlers.',
    ),
    optionsSuccessStatus: leaveOut(
      'options-success-status-unsupported',
      'Answers to CORS-preflight requests are 204; the browsers that needed 200 are gone.',
    ),
    preflight: leaveOut(
      'preflight-unsupported',
      'CORS-preflight requests are always answered; write `@Cors(false)` where none is wanted.',
    ),
    strictPreflight: leaveOut(
      'strict-preflight-unsupported',
      'Only `OPTIONS` with `Origin` and `Access-Control-Request-Method` counts as a CORS-preflight request.',
    ),
    hideOptionsRoute: leaveOut(
      'hide-options-route-unsupported',
      'No route is added, so there is none to hide.',
    ),
    cacheControl: leaveOut(
      'cache-control-unsupported',
      'Answers to `OPTIONS` are never cached by HTTP; for how long browsers remember them is `maxAge`.',
    ),
    logLevel: leaveOut('log-level-unsupported', 'No route is added, so there is none to log.'),
    hook: leaveOut('hook-unsupported', 'The module runs before all other hooks by itself.'),
    delegator: leaveOut(
      'delegator-unsupported',
      'Write `@Cors()` where a route differs, or a function as `origin`: `(origin, request) => boolean`.',
    ),
  }),
);

function leaveOut(reason: BrokenRule['reason'], remedy: string): BrokenRule {
  return { reason, rule: 'to be left out', remedy };
}

/** A place where options are written. */
interface OptionsPlace {
  /** `forRoot()`, `forRoot().policies.public`, `@Cors() on OrdersController.update`. */
  readonly source: string;
  /** Which decides on the options that it takes besides those of a policy. */
  readonly kind: 'root' | 'policy' | 'override';
  /** How near to the handler: 0 for `forRoot()`, and so on up to the method. */
  readonly nearness: number;
}

/** Whether a value is an object that may hold options: neither null nor a list nor a RegExp. */
export function isOptionsObject(value: unknown): value is Readonly<Record<string, unknown>> {
  const isObject = typeof value === 'object' && value !== null;
  return isObject && !Array.isArray(value) && !(value instanceof RegExp);
}

/** Reads an object's own property: nothing on `Object.prototype` may open a server. */
export function ownOption(written: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(written, name) ? written[name] : undefined;
}

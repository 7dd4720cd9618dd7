import { LRUCache } from 'lru-cache';
import { MAX_ORIGIN_LENGTH, PROBE_ORIGIN } from '../fetch/origins.js';
import { optionsOf, originFalseAt } from '../options/declared-options.js';
import type { CrossOriginFacts, RequestFacts } from '../platform/request-facts.js';
import type { PreflightDecision } from '../policy/decide-preflight.js';
import type { CorsDecision } from '../policy/decide-response.js';
import type { CorsOutcome } from '../policy/policy.js';
import type { PolicyRegistry } from '../routing/policy-registry.js';
import { isServed } from '../routing/route-entry.js';
import { printable } from '../text/escape.js';
import { BoundedLog } from './bounded-log.js';
import type { CorsFailureLog } from './failure-log.js';
import { type Refusal, refusalSentence } from './refusal-sentence.js';

/** How many refusals are remembered as logged: made-up origins must not fill the memory. */
const REMEMBERED = 1000;
/** How much of a path tells refusals apart: it may be as long as a request. */
const MAX_ROUTE_LENGTH = 200;

const ORIGIN_FUNCTION = 'the origin function';

/**
 * Names each refusal once per origin, route and reason, with the change that would allow it, and no
 * more than a bounded number of them.
 */
export class CorsRefusalLog {
  private readonly logged = new LRUCache<string, true>({ max: REMEMBERED });
  private readonly log: BoundedLog;

  constructor(
    private readonly mode: DiagnosticsMode,
    private readonly policies: PolicyRegistry,
    private readonly failures: CorsFailureLog,
    warn: (message: string) => void,
  ) {
    this.log = new BoundedLog('refusals', 'nestjs-cors:decision', warn);
  }

  /** Whether nothing is to be said of a refusal: it was logged before, or there is no room for it. */
  isReported(facts: CrossOriginFacts, outcome: CorsOutcome): boolean {
    if (this.mode.header) return false;
    return this.log.isFull || this.logged.has(keyOf(facts, outcome));
  }

  /** @returns a diagnosis to send along, if any */
  preflight(facts: CrossOriginFacts, { outcome, headers }: PreflightDecision): string | undefined {
    if (this.isReported(facts, outcome)) return undefined;
    return this.report(facts, outcome, this.declaredFor(facts), {
      announced: {
        methods: valueOf(headers, 'Access-Control-Allow-Methods'),
        headers: valueOf(headers, 'Access-Control-Allow-Headers'),
      },
      ...(facts.requestHeaders !== undefined && { requestedHeaders: facts.requestHeaders }),
    });
  }

  /** @returns a diagnosis to send along, if any */
  response(facts: CrossOriginFacts, { outcome }: CorsDecision): string | undefined {
    return this.report(facts, outcome, this.declaredFor(facts), {});
  }

  /** The same for the handshake of a WebSocket, whose policy belongs to no route. */
  handshake(facts: CrossOriginFacts, outcome: CorsOutcome, declared: Declared): void {
    this.report(facts, outcome, declared, {});
  }

  private declaredFor({ policyIndex }: RequestFacts): Declared {
    return this.policies.declaredOptionsOf(policyIndex);
  }

  private report(
    facts: CrossOriginFacts,
    outcome: CorsOutcome,
    declared: Declared,
    details: Pick<Refusal, 'announced' | 'requestedHeaders'>,
  ): string | undefined {
    if (outcome === 'allowed' || outcome === 'not-a-cors-request') return undefined;
    const key = keyOf(facts, outcome);
    // Probes of our own command come from nobody's page.
    const isOurs = facts.origin === PROBE_ORIGIN;
    // Of a function that failed, the log has a line already, which says why.
    const hasFailed = outcome === 'origin-not-allowed' && this.hasFailed(declared, facts.origin);
    const isNew = this.mode.log && !isOurs && !hasFailed && !this.logged.has(key);
    // Put into words only where it is needed: most refusals are not the first of their kind.
    const sentence = () => this.sentenceOf(facts, outcome, declared, details);
    if (isNew && this.log.add(sentence)) this.logged.set(key, true);
    // Names of classes and policies may have any letters; a header may not.
    return this.mode.header ? printable(`${outcome}; ${sentence()}`) : undefined;
  }

  private hasFailed(declared: Declared, origin: string): boolean {
    const decides = optionsOf(declared)?.origin?.value;
    if (typeof decides !== 'function') return false;
    return [decides.name, ORIGIN_FUNCTION].some((asked) => this.failures.hasFailed(asked, origin));
  }

  private sentenceOf(
    facts: CrossOriginFacts,
    outcome: Refusal['outcome'],
    declared: Declared,
    details: Pick<Refusal, 'announced' | 'requestedHeaders'>,
  ): string {
    const { origin, method } = facts;
    return refusalSentence({
      outcome,
      origin,
      method,
      route: routeName(facts),
      isServed: isServed(facts.route),
      originFalseAt: originFalseAt(declared),
      readings: outcome === 'ambiguous-path' ? this.policies.paths.describe(facts.target) : [],
      resolver: resolverName(optionsOf(declared)?.origin?.value),
      hasFailed: this.hasFailed(declared, origin),
      from: (option) => optionsOf(declared)?.[option]?.declaredAt ?? 'forRoot()',
      ...details,
    });
  }
}

/** What is logged once. */
function keyOf(facts: CrossOriginFacts, outcome: CorsOutcome): string {
  const origin = facts.origin.slice(0, MAX_ORIGIN_LENGTH);
  return `${outcome} ${origin} ${facts.method} ${routeName(facts).slice(0, MAX_ROUTE_LENGTH)}`;
}

/** The options of a policy with where they are written. */
type Declared = ReturnType<PolicyRegistry['declaredOptionsOf']>;

/** The route with its handler; without one the path alone: the query may contain secrets. */
export function routeName({ route, target }: RequestFacts): string {
  if (route === undefined) return target.split('?', 1)[0] ?? target;
  return route.handler === null ? route.path : `${route.path} (${route.handler})`;
}

/** By name if it has one of its own: the name of the property says nothing. */
function resolverName(origin: unknown): string | undefined {
  if (typeof origin !== 'function') return undefined;
  return origin.name === '' || origin.name === 'origin' ? ORIGIN_FUNCTION : origin.name;
}

function valueOf(headers: readonly string[], name: string): string {
  const index = headers.indexOf(name);
  return index === -1 ? '' : (headers[index + 1] ?? '');
}

/** Where diagnostics appear. */
export interface DiagnosticsMode {
  /** Whether the log has the table of routes and each refusal. */
  readonly log: boolean;
  /** Whether refused responses carry the header `Cors-Diagnosis`. */
  readonly header: boolean;
}

/**
 * The log is on unless the application runs in production. Headers that leave the server need an
 * explicit setting, since most containers set no `NODE_ENV`.
 *
 * @param option as written in `forRoot({ diagnostics })`
 */
export function diagnosticsMode(
  option: boolean | undefined,
  environment: string | undefined,
): DiagnosticsMode {
  return {
    log: option ?? environment !== 'production',
    header: option ?? environment === 'development',
  };
}

import { LRUCache } from 'lru-cache';
import { MAX_ORIGIN_LENGTH } from '../fetch/origins.js';
import type { CrossOriginFacts } from '../platform/request-facts.js';
import type { PreflightDecision } from '../policy/decide-preflight.js';
import type { CorsDecision } from '../policy/decide-response.js';
import type { CorsOutcome } from '../policy/policy.js';
import { printable } from '../text/escape.js';
import { BoundedLog } from './bounded-log.js';
import { type Declared, type RefusalWords, routeName } from './refusal-words.js';

/** How many refusals are remembered as logged: made-up origins must not fill the memory. */
const REMEMBERED = 1000;
/** How much of a path tells refusals apart: it may be as long as a request. */
const MAX_ROUTE_LENGTH = 200;

/**
 * Names each refusal once per origin, route and reason, with the change that would allow it, and no
 * more than a bounded number of them.
 */
export class CorsRefusalLog {
  private readonly logged = new LRUCache<string, true>({ max: REMEMBERED });
  private readonly log: BoundedLog;

  constructor(
    private readonly mode: DiagnosticsMode,
    private readonly words: RefusalWords,
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
  preflight(facts: CrossOriginFacts, decision: PreflightDecision): string | undefined {
    const { outcome } = decision;
    if (this.isReported(facts, outcome)) return undefined;
    const { words } = this;
    return this.report(facts, outcome, words.declaredFor(facts), () =>
      words.ofPreflight(facts, decision),
    );
  }

  /** @returns a diagnosis to send along, if any */
  response(facts: CrossOriginFacts, { outcome }: CorsDecision): string | undefined {
    const { words } = this;
    return this.report(facts, outcome, words.declaredFor(facts), () =>
      words.ofResponse(facts, outcome),
    );
  }

  /** The same for the handshake of a WebSocket, whose policy belongs to no route. */
  handshake(facts: CrossOriginFacts, outcome: CorsOutcome, declared: Declared): void {
    this.report(facts, outcome, declared, () => this.words.ofResponse(facts, outcome, declared));
  }

  private report(
    facts: CrossOriginFacts,
    outcome: CorsOutcome,
    declared: Declared,
    // Put into words only where it is needed: most refusals are not the first of their kind.
    sentence: () => string,
  ): string | undefined {
    if (outcome === 'allowed' || outcome === 'not-a-cors-request') return undefined;
    const key = keyOf(facts, outcome);
    // Of a function that failed, the log has a line already, which says why.
    const hasFailed =
      outcome === 'origin-not-allowed' && this.words.hasFailed(declared, facts.origin);
    const isNew = this.mode.log && !facts.isProbe && !hasFailed && !this.logged.has(key);
    if (isNew && this.log.add(sentence)) this.logged.set(key, true);
    // Names of classes and policies may have any letters; a header may not.
    return this.mode.header ? printable(`${outcome}; ${sentence()}`) : undefined;
  }
}

/** What is logged once. */
function keyOf(facts: CrossOriginFacts, outcome: CorsOutcome): string {
  const origin = facts.origin.slice(0, MAX_ORIGIN_LENGTH);
  return `${outcome} ${origin} ${facts.method} ${routeName(facts).slice(0, MAX_ROUTE_LENGTH)}`;
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

import { channel } from 'node:diagnostics_channel';
import { LRUCache } from 'lru-cache';
import type {
  CrossOriginFacts,
  DecisionObserver,
  RequestFacts,
} from '../platform/request-facts.js';
import type { PreflightDecision } from '../policy/decide-preflight.js';
import type { CorsDecision } from '../policy/decide-response.js';
import type { CorsOutcome } from '../policy/policy.js';
import type { PolicyRegistry } from '../routing/policy-registry.js';
import { describeThrown } from '../text/describe-thrown.js';
import { loggable } from '../text/escape.js';
import { BoundedLog, type GuardedLogger } from './bounded-log.js';
import { type CorsDecisionEvent, eventFacts } from './events.js';
import type { CorsRefusalLog } from './refusal-log.js';
import { type RefusalWords, routeName } from './refusal-words.js';
import type { CorsReportOnly } from './report-only.js';

/** Where decisions are published. Node has one channel of a name; without subscribers it costs nothing. */
const DECISIONS = channel('nestjs-cors:decision');

/** How many routes are remembered as said to have headers of their own. */
const REMEMBERED = 100;
/** How much of a path tells them apart: it may be as long as a request. */
const MAX_PLACE_LENGTH = 200;

/**
 * Reports decisions to whoever wants to know: subscribers, the log, the header `Cors-Diagnosis`. What
 * goes wrong in it is logged and changes no response.
 */
export class CorsObserver implements DecisionObserver {
  private readonly replacing = new LRUCache<string, true>({ max: REMEMBERED });
  private readonly replacements: BoundedLog;
  private readonly failures: BoundedLog;
  private readonly watchers: RefusalWatcher[] = [];

  constructor(
    private readonly policies: PolicyRegistry,
    private readonly words: RefusalWords,
    /** Undefined where diagnostics are off. */
    private readonly refusals: CorsRefusalLog | undefined,
    private readonly reportOnly: CorsReportOnly,
    logger: Pick<GuardedLogger, 'warn' | 'error'>,
  ) {
    this.replacements = new BoundedLog('routes', DECISIONS.name as string, (message) =>
      logger.warn(message),
    );
    this.failures = new BoundedLog('failures', DECISIONS.name as string, (message, stack) =>
      logger.error(message, stack),
    );
  }

  get isActive(): boolean {
    return this.refusals !== undefined || this.watchers.length > 0 || this.seesPermissions;
  }

  /**
   * Notifies somebody in this application of each refusal, whether it is logged or not. The channel is
   * no substitute: all applications of a process publish on it, with permissions in the same stream.
   */
  watchRefusals(watcher: RefusalWatcher): void {
    this.watchers.push(watcher);
  }

  get seesPermissions(): boolean {
    return DECISIONS.hasSubscribers || this.reportOnly.isActive;
  }

  preflightDecided(facts: CrossOriginFacts, decision: PreflightDecision): void {
    if (!this.seesPermissions) return;
    this.guard(() => {
      this.publish(facts, decision, true);
      if (this.reportOnly.isActive) this.reportOnly.preflight(facts, decision);
    });
  }

  responseDecided(facts: RequestFacts, decision: CorsDecision): void {
    if (!this.seesPermissions) return;
    this.guard(() => {
      this.publish(facts, decision, false);
      if (this.reportOnly.isActive) this.reportOnly.response(facts, decision);
    });
  }

  preflightRefused(facts: CrossOriginFacts, decision: PreflightDecision): string | undefined {
    return this.guard(() => {
      this.notify(facts, decision.outcome, true, () => this.words.ofPreflight(facts, decision));
      return this.refusals?.preflight(facts, decision);
    });
  }

  isReported(facts: CrossOriginFacts, { outcome }: CorsDecision): boolean {
    if (this.watchers.length > 0) return false;
    return this.refusals?.isReported(facts, outcome) !== false;
  }

  responseRefused(facts: CrossOriginFacts, decision: CorsDecision): string | undefined {
    return this.guard(() => {
      const { outcome } = decision;
      this.notify(facts, outcome, false, () => this.words.ofResponse(facts, outcome));
      if (this.refusals?.isReported(facts, outcome) !== false) return undefined;
      return this.refusals.response(facts, decision);
    });
  }

  /** Once for each route: each of its responses would say the same. */
  foreignHeadersReplaced(facts: RequestFacts, names: readonly string[]): void {
    this.guard(() => {
      const where = `${facts.method} ${routeName(facts)}`.slice(0, MAX_PLACE_LENGTH);
      if (this.replacing.has(where)) return;
      this.replacing.set(where, true);
      this.replacements.add(
        () =>
          `The response to ${loggable(where)} already had ${[...new Set(names)].map(capitalized).join(' and ')}, written by the handler, a middleware or another CORS layer; what the policy says was sent instead. Remove the other one. Where its own headers are meant, as in a handler that proxies, write @Cors({ passThrough: true }) there, or @Cors(false) if no preflight is to be answered.`,
      );
    });
  }

  servingFailed(error: unknown): void {
    const { message, stack } = describeThrown(error);
    this.failures.add(
      () =>
        `The CORS policy of a request could not be applied: "${message}". The request counts as not allowed.`,
      stack,
    );
  }

  private notify(
    facts: CrossOriginFacts,
    outcome: CorsOutcome,
    preflight: boolean,
    sentence: () => string,
  ): void {
    for (const watcher of this.watchers) watcher({ facts, outcome, preflight, sentence });
  }

  private guard<T>(report: () => T): T | undefined {
    try {
      return report();
    } catch (error) {
      this.servingFailed(error);
      return undefined;
    }
  }

  private publish(
    facts: RequestFacts,
    { outcome }: PreflightDecision | CorsDecision,
    preflight: boolean,
  ): void {
    if (!DECISIONS.hasSubscribers) return;
    const event: CorsDecisionEvent = { outcome, ...eventFacts(facts, this.policies, preflight) };
    DECISIONS.publish(event);
  }
}

/** Is called with each refusal. */
export type RefusalWatcher = (refusal: WatchedRefusal) => void;

/** A request whose response a browser does not show to the page. */
export interface WatchedRefusal {
  readonly facts: CrossOriginFacts;
  readonly outcome: CorsOutcome;
  readonly preflight: boolean;
  /** Why, and what to change. */
  readonly sentence: () => string;
}

/** `access-control-allow-origin` as it is usually written. */
function capitalized(name: string): string {
  return name.replace(/(?:^|-)[a-z]/g, (begin) => begin.toUpperCase());
}

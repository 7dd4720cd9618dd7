import { channel } from 'node:diagnostics_channel';
import type {
  CrossOriginFacts,
  DecisionObserver,
  RequestFacts,
} from '../platform/request-facts.js';
import type { PreflightDecision } from '../policy/decide-preflight.js';
import type { CorsDecision } from '../policy/decide-response.js';
import type { PolicyRegistry } from '../routing/policy-registry.js';
import { type CorsDecisionEvent, eventFacts } from './events.js';
import type { CorsRefusalLog } from './refusal-log.js';
import type { CorsReportOnly } from './report-only.js';

/** Where decisions are published. Node has one channel of a name; without subscribers it costs nothing. */
const DECISIONS = channel('nestjs-cors:decision');

/** Reports decisions to whoever wants to know: subscribers, the log, the header `Cors-Diagnosis`. */
export class CorsObserver implements DecisionObserver {
  private hasWarned = false;

  constructor(
    private readonly policies: PolicyRegistry,
    /** Undefined where diagnostics are off. */
    private readonly refusals: CorsRefusalLog | undefined,
    private readonly reportOnly: CorsReportOnly,
    private readonly warn: (message: string) => void,
  ) {}

  get isActive(): boolean {
    return this.refusals !== undefined || DECISIONS.hasSubscribers || this.reportOnly.isActive;
  }

  preflightDecided(facts: CrossOriginFacts, decision: PreflightDecision): void {
    if (this.reportOnly.isActive) this.reportOnly.preflight(facts, decision);
    this.publish(facts, decision, true);
  }

  responseDecided(facts: RequestFacts, decision: CorsDecision): void {
    if (this.reportOnly.isActive) this.reportOnly.response(facts, decision);
    this.publish(facts, decision, false);
  }

  preflightRefused(facts: CrossOriginFacts, decision: PreflightDecision): string | undefined {
    return this.refusals?.preflight(facts, decision);
  }

  responseRefused(facts: CrossOriginFacts, decision: CorsDecision): string | undefined {
    return this.refusals?.response(facts, decision);
  }

  /** Once for the application: each of its responses would say the same. */
  foreignHeaderReplaced(): void {
    if (this.hasWarned) return;
    this.hasWarned = true;
    this.warn(
      'A response already had an Access-Control-Allow-Origin, written by a handler, a middleware or another CORS layer; it was replaced by what the policy says. Remove the other one, or write @Cors(false) on a handler that sets its own headers.',
    );
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

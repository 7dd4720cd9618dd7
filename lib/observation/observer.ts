import { channel } from 'node:diagnostics_channel';
import type { DecidedResponse, GateObserver } from '../platform/gate-observer.js';
import type { PreflightMessage } from '../platform/preflight-message.js';
import type { PreflightDecision } from '../policy/decide-preflight.js';
import type { PolicyRegistry } from '../routing/policy-registry.js';
import type { RouteTable } from '../routing/route-table.js';
import { type CorsDecisionEvent, eventPlace } from './events.js';
import type { CorsRefusalLog } from './refusal-log.js';
import type { CorsReportOnly } from './report-only.js';

/** Where decisions are published. Node has one channel of a name; nothing is paid without subscribers. */
const DECISIONS = channel('nestjs-cors:decision');

/** Tells of decisions whoever wants to know: subscribers, the log, the header `Cors-Diagnosis`. */
export class CorsObserver implements GateObserver {
  constructor(
    private readonly policies: PolicyRegistry,
    private readonly routes: RouteTable,
    /** Undefined where diagnostics are off. */
    private readonly refusals: CorsRefusalLog | undefined,
    private readonly reportOnly: CorsReportOnly,
  ) {}

  get isActive(): boolean {
    return this.refusals !== undefined || DECISIONS.hasSubscribers || this.reportOnly.isActive;
  }

  preflightDecided(message: PreflightMessage, decision: PreflightDecision): void {
    if (this.reportOnly.isActive) this.reportOnly.preflight(message, decision);
    if (!DECISIONS.hasSubscribers) return;
    const { origin, method, target, source, reader } = message;
    const hostname = () => reader.describe(source, method).hostname;
    DECISIONS.publish({
      outcome: decision.outcome,
      origin,
      method,
      ...eventPlace(this.routes, this.policies, [method, target, hostname]),
      preflight: true,
    } satisfies CorsDecisionEvent);
  }

  responseDecided(response: DecidedResponse): void {
    if (this.reportOnly.isActive) this.reportOnly.response(response);
    if (!DECISIONS.hasSubscribers) return;
    const { origin, target, policyIndex, decision, source, reader } = response;
    const { method, hostname } = reader.describe(source);
    const request = [method, target, () => hostname] as const;
    DECISIONS.publish({
      outcome: decision.outcome,
      origin: origin ?? null,
      method,
      ...eventPlace(this.routes, this.policies, request, policyIndex),
      preflight: false,
    } satisfies CorsDecisionEvent);
  }

  preflightRefused(message: PreflightMessage, decision: PreflightDecision): string | undefined {
    return this.refusals?.preflight(message, decision);
  }

  responseRefused(response: DecidedResponse): string | undefined {
    return this.refusals?.response(response);
  }
}

import { channel } from 'node:diagnostics_channel';
import { LRUCache } from 'lru-cache';
import type { DecidedResponse } from '../platform/gate-observer.js';
import type { PreflightMessage } from '../platform/preflight-message.js';
import { decidePreflight, type PreflightDecision } from '../policy/decide-preflight.js';
import { decideResponse } from '../policy/decide-response.js';
import type { PolicyRegistry } from '../routing/policy-registry.js';
import type { RouteTable } from '../routing/route-table.js';
import { loggable } from '../text/escape.js';
import {
  type CorsReportOnlyEvent,
  eventPlace,
  type EventPlace,
  type ReportedAnswer,
} from './events.js';

/** Where differences are published. Node has one channel of a name. */
const REPORTS = channel('nestjs-cors:report-only');

/** How many differences are remembered as told: made-up origins must not fill the memory. */
const REMEMBERED = 1000;

/** Tries the options of `reportOnly` on each request, and says where they would answer differently. */
export class CorsReportOnly {
  private readonly told = new LRUCache<string, true>({ max: REMEMBERED });

  /** @param log undefined where diagnostics do not log */
  constructor(
    private readonly policies: PolicyRegistry,
    private readonly routes: RouteTable,
    private readonly log: ((message: string) => void) | undefined,
  ) {}

  get isActive(): boolean {
    const { candidate } = this.policies;
    return candidate !== undefined && (this.log !== undefined || REPORTS.hasSubscribers);
  }

  preflight(message: PreflightMessage, live: PreflightDecision): void {
    const { policies, routes } = this;
    if (policies.candidate === undefined) return;
    const { origin, method, headers, target, source, reader } = message;
    const request = () => reader.describe(source, method);
    const hostname = () => request().hostname;
    const unserved = policies.paths.indexOf(target);
    const asked = routes.preflightTarget(method, target, hostname, policies.candidate, unserved);
    const place = eventPlace(routes, policies, [method, target, hostname]);
    const tell = (candidate: PreflightDecision) =>
      this.tell({ origin, method, preflight: true }, place, live, candidate);
    const decision = decidePreflight(asked, { origin, method, headers, request });
    if (decision instanceof Promise) void decision.then(tell);
    else tell(decision);
  }

  response({ origin, target, policyIndex, decision: live, source, reader }: DecidedResponse): void {
    const { policies, routes } = this;
    const prepared = policies.candidate?.[policyIndex];
    if (prepared === undefined) return;
    const request = reader.describe(source);
    const { method, hostname } = request;
    const place = eventPlace(routes, policies, [method, target, () => hostname], policyIndex);
    const facts = { origin: origin ?? null, method, preflight: false };
    const tell = (candidate: ReportedAnswer) => this.tell(facts, place, live, candidate);
    const decision = decideResponse(prepared, origin, () => request);
    if (decision instanceof Promise) void decision.then(tell);
    else tell(decision);
  }

  private tell(
    facts: Pick<CorsReportOnlyEvent, 'origin' | 'method' | 'preflight'>,
    place: EventPlace,
    live: ReportedAnswer,
    candidate: ReportedAnswer,
  ): void {
    if (isSame(live, candidate)) return;
    const event: CorsReportOnlyEvent = {
      ...facts,
      ...place,
      live: answerOf(live),
      candidate: answerOf(candidate),
    };
    if (REPORTS.hasSubscribers) REPORTS.publish(event);
    const { method, origin, route } = event;
    const change =
      live.outcome === candidate.outcome
        ? `would have other headers (${candidate.outcome})`
        : `would be ${candidate.outcome}, and was ${live.outcome}`;
    const sentence = `With \`reportOnly\`, ${facts.preflight ? 'the CORS-preflight request for ' : ''}${loggable(method, 20)} ${route ?? 'a path that no route serves'} from ${loggable((origin ?? 'no origin').slice(0, 512))} ${change}.`;
    if (this.log === undefined || this.told.has(sentence)) return;
    this.told.set(sentence, true);
    this.log(sentence);
  }
}

function answerOf({ outcome, headers }: ReportedAnswer): ReportedAnswer {
  return { outcome, headers };
}

function isSame(live: ReportedAnswer, candidate: ReportedAnswer): boolean {
  return (
    live.outcome === candidate.outcome &&
    live.headers.length === candidate.headers.length &&
    live.headers.every((part, index) => part === candidate.headers[index])
  );
}

import { channel } from 'node:diagnostics_channel';
import { LRUCache } from 'lru-cache';
import { MAX_ORIGIN_LENGTH } from '../fetch/origins.js';
import type { CrossOriginFacts, RequestFacts } from '../platform/request-facts.js';
import type { PreflightTarget } from '../policy/announced-methods.js';
import { decidePreflight, type PreflightDecision } from '../policy/decide-preflight.js';
import { type CorsDecision, decideResponse } from '../policy/decide-response.js';
import type { PolicyGeneration, PolicyRegistry } from '../routing/policy-registry.js';
import { isServed } from '../routing/route-entry.js';
import type { RouteTable } from '../routing/route-table.js';
import { loggable } from '../text/escape.js';
import { BoundedLog } from './bounded-log.js';
import { type CorsReportOnlyEvent, eventFacts, type ReportedAnswer } from './events.js';

/** Where differences are published. Node has one channel of a name. */
const REPORTS = channel('nestjs-cors:report-only');

/** How many differences are remembered as logged: made-up origins must not fill the memory. */
const REMEMBERED = 1000;

/** Tries the options of `reportOnly` on each request, and reports where the response would differ. */
export class CorsReportOnly {
  private readonly logged = new LRUCache<string, true>({ max: REMEMBERED });

  private readonly log: BoundedLog | undefined;

  /**
   * @param warn undefined where diagnostics do not log
   * @param onFailure called with what a late answer of the candidate throws
   */
  constructor(
    private readonly policies: PolicyRegistry,
    private readonly routes: RouteTable,
    warn: ((message: string) => void) | undefined,
    private readonly onFailure: (error: unknown) => void,
  ) {
    this.log = warn && new BoundedLog('differences', 'nestjs-cors:report-only', warn);
  }

  get isActive(): boolean {
    const { candidate } = this.policies;
    return candidate !== undefined && (this.log !== undefined || REPORTS.hasSubscribers);
  }

  preflight(facts: CrossOriginFacts, live: PreflightDecision): void {
    const { candidate, current } = this.policies;
    if (candidate === undefined) return;
    const target = this.targetOf(facts, candidate);
    // Most routes have no candidate of their own: nobody is asked twice there.
    if (isSameTarget(target, this.targetOf(facts, current))) return;
    const request = eventFacts(facts, this.policies, true);
    this.compareWith(decidePreflight(target, facts), request, live, facts.isProbe);
  }

  response(facts: RequestFacts, live: CorsDecision): void {
    const { candidate } = this.policies;
    if (candidate === undefined) return;
    // Policies that are equal may differ as candidates, and so what becomes of an ambiguous path.
    const index = isServed(facts.route)
      ? facts.policyIndex
      : this.policies.indexFor(undefined, facts.target, candidate);
    const prepared = candidate[index];
    if (prepared === undefined || prepared === facts.policies[facts.policyIndex]) return;
    const request = eventFacts(facts, this.policies, false);
    this.compareWith(decideResponse(prepared, facts), request, live, facts.isProbe);
  }

  private targetOf(facts: CrossOriginFacts, policies: PolicyGeneration): PreflightTarget {
    const unserved = this.policies.indexFor(undefined, facts.target, policies);
    return this.routes.preflightTarget(facts, policies, unserved, this.policies.ambiguous);
  }

  private compareWith(
    candidate: ReportedAnswer | Promise<ReportedAnswer>,
    request: ReportedRequest,
    live: ReportedAnswer,
    isProbe: boolean,
  ): void {
    if (!(candidate instanceof Promise)) return this.compare(request, live, candidate, isProbe);
    candidate.then((late) => this.compare(request, live, late, isProbe)).catch(this.onFailure);
  }

  private compare(
    request: ReportedRequest,
    live: ReportedAnswer,
    candidate: ReportedAnswer,
    isProbe: boolean,
  ): void {
    if (isSame(live, candidate)) return;
    const event = { ...request, live: answerOf(live), candidate: answerOf(candidate) };
    if (REPORTS.hasSubscribers) REPORTS.publish(event satisfies CorsReportOnlyEvent);
    if (this.log === undefined || isProbe) return;
    const sentence = differenceSentence(event);
    if (this.logged.has(sentence)) return;
    if (this.log.add(() => sentence)) this.logged.set(sentence, true);
  }
}

/** Whether two preflights ask the same policies. */
function isSameTarget(one: PreflightTarget, other: PreflightTarget): boolean {
  const areSame = (some: PreflightTarget['policies'], others: PreflightTarget['policies']) =>
    some.length === others.length && some.every((policy, index) => policy === others[index]);
  return (
    one.isAmbiguous === other.isAmbiguous &&
    areSame(one.policies, other.policies) &&
    one.mapped.every(({ policies }, index) =>
      areSame(policies, other.mapped[index]?.policies ?? []),
    )
  );
}

type ReportedRequest = Omit<CorsReportOnlyEvent, 'live' | 'candidate'>;

function differenceSentence(event: CorsReportOnlyEvent): string {
  const { method, origin, route, preflight, live, candidate } = event;
  const change =
    live.outcome === candidate.outcome
      ? `would have other headers (${candidate.outcome})`
      : `would change from ${live.outcome} to ${candidate.outcome}`;
  const what = `${loggable(method, 20)} ${route ?? 'a path that no route serves'}`;
  const from = loggable((origin ?? 'no origin').slice(0, MAX_ORIGIN_LENGTH));
  return `With \`reportOnly\`, ${preflight ? 'the preflight for ' : ''}${what} from ${from} ${change}.`;
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

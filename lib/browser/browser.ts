import type { FetchRequest } from './fetch/fetch-request.js';
import type { PreflightCache } from './fetch/preflight-cache.js';
import type { ReceivedResponse, Send } from './http/http-exchange.js';
import type {
  CorsCheckId,
  Dialect,
  Failure,
  Finding,
  FindingKind,
  Fix,
  SimulationStep,
  Stage,
} from './simulation.js';

/** What a request needs of the browser it runs in. */
export interface Browser {
  readonly dialect: Dialect;
  readonly send: Send;
  readonly cache: PreflightCache | undefined;
  readonly journal: Journal;
}

/** What a simulation writes down on its way. */
export class Journal {
  readonly steps: SimulationStep[] = [];
  readonly findings: Finding[] = [];

  step(step: SimulationStep): void {
    this.steps.push(step);
  }

  /** Each finding once, however many hops show it. */
  find(kind: FindingKind, sentence: string, names: readonly string[] = []): void {
    if (this.findings.some((other) => other.sentence === sentence)) return;
    this.findings.push({ kind, sentence, names });
  }
}

/** The end of a request that did not get through. */
export interface Blocked {
  readonly failure: Failure;
  readonly at: Stage;
  /** The request as it was at that moment. */
  readonly request: FetchRequest;
  /** Of the response that was checked; null when there was none. */
  readonly status: number | null;
}

/** The end of a request that nothing blocked. */
export interface Fetched {
  readonly request: FetchRequest;
  /** Null for `data:` URLs, which no network serves. */
  readonly response: ReceivedResponse | null;
}

/** For each of some checks, how to say what would let a request pass it. */
export type Fixes<Check extends CorsCheckId> = Readonly<Record<Check, (blocked: Blocked) => Fix>>;

import type { ReceivedResponse, Send } from '../http/http-exchange.js';
import type {
  BrowserName,
  Failure,
  Finding,
  FindingKind,
  SimulationStep,
  Stage,
} from '../simulation.js';
import type { FetchRequest } from './fetch-request.js';
import type { PreflightCache } from './preflight-cache.js';

/** The simulated browser and its resources. */
export interface UserAgent {
  readonly browser: BrowserName;
  readonly send: Send;
  readonly cache: PreflightCache | undefined;
  readonly journal: Journal;
}

/** The record of a simulation. */
export class Journal {
  readonly steps: SimulationStep[] = [];
  readonly findings: Finding[] = [];

  step(step: SimulationStep): void {
    this.steps.push(step);
  }

  /** Each finding once, however many hops show it. */
  note(kind: FindingKind, sentence: string, names: readonly string[] = []): void {
    if (this.findings.some((other) => other.sentence === sentence)) return;
    this.findings.push({ kind, sentence, names });
  }
}

/** How a request ended. */
export type FetchResult = Fetched | Blocked;

/** Nothing blocked it. */
export interface Fetched {
  readonly failure: null;
  readonly request: FetchRequest;
  /** Null for `data:` URLs, which no network serves. */
  readonly response: ReceivedResponse | null;
}

/** A check failed. */
export interface Blocked {
  readonly failure: Failure;
  readonly at: Stage;
  /** The request as it was at that moment. */
  readonly request: FetchRequest;
  /** Of the response that was checked; null when there was none. */
  readonly status: number | null;
}

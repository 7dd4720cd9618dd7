import type { AddressSpace } from '../http/address-space.js';
import type { ReceivedResponse, Send } from '../http/http-exchange.js';
import type {
  BrowserName,
  Failure,
  Finding,
  FindingKind,
  LocalNetworkPermission,
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
  /** Whether mixed content is a finding only. */
  readonly notesMixedContent: boolean;
  /** Undefined where nothing is known of addresses. */
  readonly localNetwork: LocalNetwork | undefined;
  readonly journal: Journal;
}

/**
 * Where the page and the servers are, as IP addresses go.
 *
 * @see https://wicg.github.io/local-network-access/#ip-address-space-section
 */
export interface AddressSpaces {
  /** Of the page. */
  readonly page: AddressSpace;
  /**
   * Of the servers; a function is called with each URL, those of redirects included.
   *
   * @default what the host of the URL shows: an address, `localhost`, `.local`; otherwise `public`
   */
  readonly target?: AddressSpace | ((url: string) => AddressSpace | Promise<AddressSpace>);
}

/** What decides whether a page reaches the local network. */
export interface LocalNetwork {
  readonly spaces: AddressSpaces;
  /** What the user has said. */
  readonly permission: 'granted' | 'denied' | 'prompt';
}

/** The record of a simulation. */
export class Journal {
  readonly steps: SimulationStep[] = [];
  readonly findings: Finding[] = [];
  /** What the user is asked for. */
  permission: LocalNetworkPermission | null = null;

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

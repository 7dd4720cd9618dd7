import type { RouteEntry } from '../routing/route-entry.js';
import type { RouteEntries } from '../routing/route-mirror.js';
import type { StatefulResponse } from './gate-observer.js';
import type { CorsGate } from './request-gate.js';

/** What a platform is given to install. */
export interface PlatformParts {
  readonly gate: CorsGate;
  readonly entries: RouteEntries;
  /** Told of the handler that runs, before its guards. */
  readonly settle: (response: StatefulResponse, entry: RouteEntry) => void | Promise<void>;
}

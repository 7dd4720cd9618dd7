import type { SourcedOptions } from '../options/sourced-options.js';
import type { RouteEntry } from '../routing/route-entry.js';
import type { ExplainedOption } from './cors-explanation.js';
import { explainPolicy } from './explain-policy.js';

/** A route of the application with its effective policy. */
export interface CorsRoute {
  /** The method it is registered for; `ALL` for any. */
  readonly method: string;
  /** The path as registered, prefix and version included: `/v1/orders/:id`. */
  readonly path: string;
  /** `OrdersController.update`; null for a route that no controller declares. */
  readonly handler: string | null;
  /** Option by option; `false` where `@Cors(false)` holds. */
  readonly policy: Readonly<Record<string, ExplainedOption>> | false;
}

/** The routes of the application, in the order of registration. */
export function routeReport(
  entries: Iterable<RouteEntry>,
  sourcesOf: (entry: RouteEntry) => SourcedOptions | false | undefined,
): CorsRoute[] {
  return Array.from(entries, (entry) => ({
    method: entry.method,
    path: entry.path,
    handler: entry.handler,
    policy: explainPolicy(sourcesOf(entry) ?? false),
  }));
}

import { ambiguousRoutes } from './routing/ambiguous-routes.js';
import type { PolicyGeneration } from './routing/policy-registry.js';
import type { RouteEntry } from './routing/route-entry.js';

/** What is no mistake, but should be known: told once the routes are registered. */
export function bootWarnings(entries: Iterable<RouteEntry>, policies: PolicyGeneration): string[] {
  return ambiguousRoutes(entries, policies).map((group) => {
    const [first] = group;
    const handlers = group.map((entry) => entry.handler).join(' and ');
    return `${first?.method} ${first?.path} is served by ${handlers}, by a version that a CORS-preflight request does not carry: it is allowed what any of them allows, and the handler that runs has the last word. Give them the same @Cors(), or use URI versions.`;
  });
}

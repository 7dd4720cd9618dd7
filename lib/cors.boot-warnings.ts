import { ambiguousRoutes } from './routing/ambiguous-routes.js';
import type { PolicyRegistry } from './routing/policy-registry.js';
import type { RouteEntry } from './routing/route-entry.js';

/** How many routes a warning names. */
const NAMED = 5;

/** What is no mistake, but should be known: told once the routes are registered. */
export function bootWarnings(entries: Iterable<RouteEntry>, policies: PolicyRegistry): string[] {
  const routes = [...entries];
  return [...ambiguityWarnings(routes, policies), ...pathWarnings(routes, policies)];
}

function ambiguityWarnings(entries: readonly RouteEntry[], policies: PolicyRegistry): string[] {
  return ambiguousRoutes(entries, policies.current).map((group) => {
    const [first] = group;
    const handlers = group.map((entry) => entry.handler).join(' and ');
    return `${first?.method} ${first?.path} is served by ${handlers}, by a version that a CORS-preflight request does not carry: it is allowed what any of them allows, and the handler that runs has the last word. Give them the same @Cors(), or use URI versions.`;
  });
}

function pathWarnings(entries: readonly RouteEntry[], { paths }: PolicyRegistry): string[] {
  const covered = new Map<string, Set<string>>();
  for (const { path, handler } of entries) {
    if (handler === null) continue;
    for (const key of paths.covering(path)) {
      covered.set(key, (covered.get(key) ?? new Set<string>()).add(handler));
    }
  }
  return Array.from(covered, ([key, handlers]) => {
    const names = [...handlers].slice(0, NAMED).join(', ');
    const more = handlers.size > NAMED ? ` and ${handlers.size - NAMED} more` : '';
    return `\`paths['${key}']\` also covers ${names}${more}: \`paths\` is for what no controller serves, so their own policy holds. Write @Cors() there, or narrow the path.`;
  });
}

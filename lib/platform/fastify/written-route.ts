import { hides, type RouteEntry } from '../../routing/route-entry.js';
import type { RouteTable } from '../../routing/route-table.js';
import type { PathParams } from '../../routing/path-table.js';

/** What Nest's adapter registers for `@All()`: what Fastify supports, and what Nest adds. */
const ALL_METHODS =
  'GET HEAD TRACE DELETE OPTIONS PATCH PUT POST QUERY SEARCH PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK'.split(
    ' ',
  );

/**
 * Adds a route that is written in a file as Nest's adapter registers it: one for each method, and HEAD
 * beside GET.
 */
export function addWrittenRoute(routes: RouteTable, route: RouteEntry): void {
  const { method, handler, constraints } = route;
  const conditional = constraints !== undefined && hides(constraints);
  const add = (name: string, isImplicitHead = false) =>
    routes.add(route, {
      method: name,
      conditional,
      constraints,
      isImplicitHead,
      ...(handler !== null && { serves: hasParameters }),
    });
  if (method === 'ALL') for (const name of ALL_METHODS) add(name);
  else add(method);
  // Where nobody of Nest's declares it, the file has the HEAD route as well.
  if (method === 'GET' && handler !== null) add('HEAD', true);
}

/** From Nest 12 on, the adapter turns away what leaves a parameter empty. */
function hasParameters(params: PathParams): boolean {
  return Object.entries(params).every(([name, value]) => value !== '' || name === '*');
}

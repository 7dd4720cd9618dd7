import { parse as parseUrl } from 'node:url';
import { ExpressPathTable } from '../../dist/compiled/platform/express/express-path-table.js';
import { FastifyPathTable } from '../../dist/compiled/platform/fastify/fastify-path-table.js';
import { RouteTable } from '../../dist/compiled/routing/route-table.js';

/** The path tables, as each platform makes them where nothing is configured. */
const PATH_TABLES = {
  Express: () => new ExpressPathTable({ caseSensitive: false, strict: false, parseUrl }),
  Fastify: () => new FastifyPathTable({}),
};

/**
 * The table of an application with these routes, as registering them fills it.
 *
 * @param {string} platform
 * @param {readonly { method: string, path: string }[]} routes
 */
export async function routeTable(platform, routes) {
  const table = new RouteTable(() => Promise.resolve(PATH_TABLES[platform]()));
  for (const { method, path } of routes) {
    const entry = { method, path, handler: 'Controller.handler', policyIndex: 0, versioned: false };
    table.add(entry);
    // Fastify adds the one for HEAD on its own.
    if (platform === 'Fastify' && method === 'GET') {
      table.add(entry, { method: 'HEAD', isImplicitHead: true });
    }
  }
  await table.ready();
  // The first look-up fills it.
  const target = '/';
  table.candidates({ method: 'GET', target, hostname: () => 'a', hostHeader: () => 'a' });
  return table;
}

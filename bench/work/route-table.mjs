import { parse as parseUrl } from 'node:url';
import { OrderedPathTable } from '../../dist/compiled/platform/express/express-path-table.js';
import { RadixPathTable } from '../../dist/compiled/platform/fastify/fastify-path-table.js';
import { RouteTable } from '../../dist/compiled/routing/route-table.js';

/** The path tables, as each platform makes them where nothing is configured. */
const PATH_TABLES = {
  Express: () => new OrderedPathTable({ caseSensitive: false, strict: false, parseUrl }),
  Fastify: () => new RadixPathTable({}),
};

export const PLATFORMS = Object.keys(PATH_TABLES);

/**
 * The table of an application with these routes, as registering them fills it.
 *
 * @param {string} platform
 * @param {readonly { method: string, path: string }[]} routes
 */
export function routeTable(platform, routes) {
  const table = new RouteTable(PATH_TABLES[platform]);
  for (const { method, path } of routes) {
    const entry = { method, path, handler: 'Controller.handler', policyIndex: 0, versioned: false };
    table.add(entry);
    // Fastify adds the one for HEAD on its own.
    if (platform === 'Fastify' && method === 'GET') {
      table.add(entry, { method: 'HEAD', isHeadTwin: true });
    }
  }
  return table;
}

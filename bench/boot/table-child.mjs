/**
 * Fills the route table of an application with 10,000 routes once:
 * `node --expose-gc table-child.mjs <platform>`. Sends the parent the CPU time in microseconds, and
 * the bytes that stay.
 */
import { routeTable } from '../work/route-table.mjs';

const RESOURCES = 2500;

const [platform] = process.argv.slice(2);
const routes = Array.from({ length: RESOURCES }, (_, index) => resource(index)).flat();
const heapBefore = heapUsed();
const before = process.cpuUsage();
const table = await routeTable(platform, routes);
const { user, system } = process.cpuUsage(before);
process.send({
  time: user + system,
  bytes: heapUsed() - heapBefore,
  routes: table.entries.size,
});

function resource(index) {
  const path = `/api/resource-${index}`;
  return [
    { method: 'GET', path },
    { method: 'POST', path },
    { method: 'GET', path: `${path}/:id` },
    { method: 'PUT', path: `${path}/:id` },
  ];
}

function heapUsed() {
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

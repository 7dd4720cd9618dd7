/**
 * Fills the route table of an application with 10,000 routes once:
 * `node --expose-gc table.mjs <platform>`. Sends the parent the CPU time in microseconds, and
 * the bytes that stay.
 */
import { strictEqual } from 'node:assert';
import { routeTable } from '../work/route-table.mjs';
import { cpuTime, memoryInUse, report } from './resources.mjs';

const RESOURCES = 2500;

const [platform] = process.argv.slice(2);
const routes = Array.from({ length: RESOURCES }, (_, index) => resource(index)).flat();
const bytesBefore = memoryInUse();
const before = cpuTime();
const table = await routeTable(platform, routes);
const time = cpuTime(before);
const bytes = memoryInUse() - bytesBefore;
strictEqual(table.entries.size, routes.length, 'Another number of routes than expected');
report({ time, bytes });

function resource(index) {
  const path = `/api/resource-${index}`;
  return [
    { method: 'GET', path },
    { method: 'POST', path },
    { method: 'GET', path: `${path}/:id` },
    { method: 'PUT', path: `${path}/:id` },
  ];
}

/**
 * Starts an application that lists 1,000,000 origins, and lets each of them and as many unknown ones
 * ask: `node --expose-gc many-origins.mjs`. Sends the parent the CPU time of the start, and the bytes
 * beyond the list that stay after the start and after use.
 */
import 'reflect-metadata';
import { ServerResponse } from 'node:http';
import { inProcessExpress } from '../work/in-process-express.mjs';
import { cpuTime, memoryInUse, report } from './resources.mjs';

const COUNT = 1_000_000;

// Once without them, for what any application costs.
await inProcessExpress(serve, { origin: 'https://app.example.com' });
const origin = Array.from({ length: COUNT }, (_, index) => `https://tenant-${index}.example.com`);
const bytesBefore = memoryInUse();
const before = cpuTime();
const { handle } = await inProcessExpress(serve, { origin, credentials: true });
const time = cpuTime(before);
const bytes = memoryInUse() - bytesBefore;

let allowed = 0;
for (let i = 0; i < 2 * COUNT; i++) {
  const request = { method: 'GET', url: '/orders/42', headers: { origin: pageOrigin(i) } };
  const response = new ServerResponse(request);
  handle(request, response);
  if (response.getHeader('access-control-allow-origin') !== undefined) allowed++;
}
if (allowed !== COUNT) throw new Error(`Expected ${COUNT} allowed requests, got ${allowed}.`);
const bytesAfterUse = memoryInUse() - bytesBefore;
// The list is in use until here: it is the application's, and counts in none of the figures.
report({ time, bytes, bytesAfterUse, origins: origin.length });

/** First the listed ones, then as many others. */
function pageOrigin(index) {
  return `https://tenant-${index}.example.com`;
}

function serve(_request, response) {
  response.writeHead(200);
}

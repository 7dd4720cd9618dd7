import { strictEqual } from 'node:assert';
import cors from 'cors';
import { decideResponse } from '../../dist/compiled/policy/decide-response.js';
import { prepareResponses } from '../../dist/compiled/policy/decide-response.js';
import { atMost } from '../report/row.mjs';
import { compareLoops } from '../timing/compare-loops.mjs';
import { buildPolicy } from '../work/build-policy.mjs';
import { freshCopies } from '../work/fresh.mjs';
import { HeaderSink } from '../work/header-sink.mjs';

const SAMPLE = 64;

/** One decision as the list of origins grows; half of the requests come from unknown origins. */
export function originRows(effort) {
  const exact = measure(effort, [1, 1000, 100_000], {
    option: (index) => `https://tenant-${index}.example.com`,
    forCors: (index) => `https://tenant-${index}.example.com`,
    origin: (index) => `https://tenant-${index}.example.com`,
  });
  const patterns = measure(effort, [1, 100, 10_000], {
    option: (index) => `https://*.tenant-${index}.example.com`,
    forCors: (index) => new RegExp(`^https://[a-z0-9-]+\\.tenant-${index}\\.example\\.com$`),
    origin: (index) => `https://app.tenant-${index}.example.com`,
  });
  return [
    row('1 → 100,000 exact origins', exact, '100,000'),
    row('1 → 10,000 patterns', patterns, '10,000'),
  ];
}

function row(work, measured, largest) {
  const smallest = { ...measured, '1 origin': measured['ours, 1'] };
  return {
    work,
    unit: 'ns CPU a decision',
    measured: { ...measured, ours: measured[`ours, ${largest}`] },
    peer: `cors, ${largest}`,
    limit: 'ours, 1',
    checks: [
      atMost(smallest, `ours, ${largest}`, '1 origin', 1.5, 'at most 1.5 × from 1 to the largest'),
    ],
  };
}

function measure(effort, sizes, { option, forCors, origin }) {
  const loops = sizes.map((size) => {
    const list = Array.from({ length: size }, (_, index) => option(index));
    const prepared = prepareResponses(buildPolicy({ origin: list }));
    const decide = (from) =>
      decideResponse(prepared, { origin: from, toCorsRequest: noFunctionAsks }).headers.length;
    return loop(`ours, ${size.toLocaleString('en')}`, size, origin, decide);
  });
  const largest = sizes.at(-1);
  const options = { origin: Array.from({ length: largest }, (_, index) => forCors(index)) };
  const middleware = cors(options);
  const ask = (from) => {
    const response = new HeaderSink();
    middleware({ method: 'GET', headers: { origin: from } }, response, ignore);
    return response.getHeader('Access-Control-Allow-Origin') === undefined ? 0 : 2;
  };
  return compareLoops(
    [...loops, loop(`cors, ${largest.toLocaleString('en')}`, largest, origin, ask)],
    effort,
  );
}

/** @param {(origin: string) => number} decide gives the number of lines: 2, or 0 when refused */
function loop(name, size, origin, decide) {
  const origins = [];
  for (let i = 0; i < SAMPLE; i++) {
    origins.push(origin(Math.floor((i * size) / SAMPLE)), origin(size + i));
  }
  for (const [index, each] of origins.entries()) {
    strictEqual(decide(each), index % 2 === 0 ? 2 : 0, `${name} decides wrongly on ${each}`);
  }
  return {
    name,
    prepare: freshCopies(origins),
    run(inputs) {
      let lines = 0;
      for (const input of inputs) lines += decide(input);
      return lines;
    },
  };
}

function noFunctionAsks() {
  throw new Error('Only an origin function asks for more of the request than its origin.');
}

function ignore() {}

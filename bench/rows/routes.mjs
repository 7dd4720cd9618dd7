import { deepStrictEqual } from 'node:assert';
import { prepareResponses } from '../../dist/compiled/policy/decide-response.js';
import { atMost } from '../report/row.mjs';
import { compareLoops } from '../timing/compare-loops.mjs';
import { buildPolicy } from '../work/build-policy.mjs';
import { freshCopies } from '../work/fresh.mjs';
import { POLICY } from '../work/policy.mjs';
import { PLATFORMS, routeTable } from '../work/route-table.mjs';

const SIZES = [10, 1000, 10_000];
const SAMPLE = 64;
const METHODS = ['GET', 'PUT'];
const POLICIES = [prepareResponses(buildPolicy(POLICY))];

const PATHS = {
  static: {
    route: (index) => `/resource-${index}/list`,
    target: (index) => `/resource-${index}/list`,
  },
  parameter: {
    route: (index) => `/resource-${index}/:id`,
    target: (index) => `/resource-${index}/42`,
  },
};

/** What a preflight asks about, looked up among more and more routes. */
export async function routeRows(effort) {
  const rows = [];
  for (const platform of PLATFORMS) {
    for (const kind of Object.keys(PATHS)) {
      const loops = await Promise.all(SIZES.map((size) => loop(platform, kind, size)));
      rows.push(row(platform, kind, loops, effort));
    }
  }
  return rows;
}

function row(platform, kind, loops, effort) {
  const measured = compareLoops(loops, effort);
  const [smallest, , largest] = loops.map(({ name }) => name);
  // On Express parameter paths are found by what stands before the parameter: not always so few.
  const isTarget = kind === 'static' || platform === 'Fastify';
  return {
    work: `10 → 10,000 routes, ${kind} paths, ${platform}`,
    unit: 'ns CPU a look-up',
    measured: { ...measured, ours: measured[largest] },
    limit: smallest,
    checks: isTarget ? [atMost(measured, largest, smallest, 2, 'at most 2 ×')] : [],
  };
}

async function loop(platform, kind, size) {
  const { route, target } = PATHS[kind];
  const paths = size / METHODS.length;
  const routes = Array.from({ length: paths }, (_, index) =>
    METHODS.map((method) => ({ method, path: route(index) })),
  );
  const table = await routeTable(platform, routes.flat());
  const find = (path) =>
    table.preflightTarget({ method: 'PUT', target: path, hostname: noHost }, POLICIES, 0);
  const targets = Array.from({ length: SAMPLE }, (_, i) =>
    target(Math.floor((i * paths) / SAMPLE)),
  );
  for (const path of targets) {
    const { mapped, takesMethod } = find(path);
    const methods = mapped.map(({ method }) => method);
    deepStrictEqual({ methods, takesMethod }, { methods: METHODS, takesMethod: true });
  }
  return {
    name: `${size.toLocaleString('en')} routes`,
    prepare: freshCopies(targets),
    run(inputs) {
      let found = 0;
      for (const path of inputs) found += find(path).mapped.length;
      return found;
    },
  };
}

function noHost() {
  return 'localhost';
}

import { deepStrictEqual } from 'node:assert';
import { parse as parseUrl } from 'node:url';
import { prepareResponses } from '../../dist/esm/policy/response-decisions.js';
import { OrderedPathTable } from '../../dist/esm/routing/ordered-path-table.js';
import { RadixPathTable } from '../../dist/esm/routing/radix-path-table.js';
import { RouteTable } from '../../dist/esm/routing/route-table.js';
import { atMost } from '../report/row.mjs';
import { compareLoops } from '../timing/compare-loops.mjs';
import { buildPolicy } from '../work/build-policy.mjs';
import { freshCopies } from '../work/fresh.mjs';
import { POLICY } from '../work/policy.mjs';

const SIZES = [10, 1000, 10_000];
const SAMPLE = 64;
const METHODS = ['GET', 'PUT'];
const POLICIES = [prepareResponses(buildPolicy(POLICY))];

const TABLES = {
  Express: () => new OrderedPathTable({ caseSensitive: false, strict: false, parseUrl }),
  Fastify: () => new RadixPathTable({}),
};
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
export function routeRows(effort) {
  return Object.keys(TABLES).flatMap((platform) =>
    Object.keys(PATHS).map((kind) => {
      const loops = SIZES.map((size) => loop(platform, kind, size));
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
    }),
  );
}

function loop(platform, kind, size) {
  const { route, target } = PATHS[kind];
  const paths = size / METHODS.length;
  const table = new RouteTable(TABLES[platform]);
  for (let index = 0; index < paths; index++) {
    for (const method of METHODS) {
      const path = route(index);
      table.add({ method, path, label: `${method} ${path}`, policyIndex: 0, versioned: false });
    }
  }
  const find = (path) => table.preflightTarget('PUT', path, noHost, POLICIES);
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

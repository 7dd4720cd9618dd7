import { deepStrictEqual } from 'node:assert';
import { prepare } from '../work/decide.mjs';
import { freshCopies } from '../work/fresh.mjs';
import { POLICY } from '../work/policy.mjs';
import { routeTable } from '../work/route-table.mjs';

const SAMPLE = 64;
const METHODS = ['GET', 'PUT'];

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

/** What a preflight asks about, looked up among `size` routes. */
export async function makeLoop(platform, kind, size) {
  const { route, target } = PATHS[kind];
  const policies = [prepare(POLICY)];
  const paths = Number(size) / METHODS.length;
  const routes = Array.from({ length: paths }, (_, index) =>
    METHODS.map((method) => ({ method, path: route(index) })),
  );
  const table = await routeTable(platform, routes.flat());
  const find = (path) =>
    table.preflightTarget({ method: 'PUT', target: path, hostname: noHost }, policies, 0);
  const targets = Array.from({ length: SAMPLE }, (_, i) =>
    target(Math.floor((i * paths) / SAMPLE)),
  );
  for (const path of targets) {
    const { mapped, takesMethod } = find(path);
    const methods = mapped.map(({ method }) => method);
    deepStrictEqual({ methods, takesMethod }, { methods: METHODS, takesMethod: true });
  }
  return {
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

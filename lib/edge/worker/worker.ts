import { type EdgeMode, type EdgeTarget, headed } from '../edge-target.js';
import type { EdgePlan } from '../plan/plan-edge.js';
import { tablesText } from './tables-text.js';
import { codeText } from './worker-code.js';

/** Whatever makes a `Response` of a `Request`: Cloudflare, Deno, Bun, Node.js. */
export const worker: EdgeTarget = {
  title: 'worker',
  modes: ['fill', 'answer'],
  looksAround: true,
  files: (plan, mode) => [
    { path: 'cors.js', text: moduleText(plan, mode) },
    {
      path: 'example/worker.js',
      text: headed(plan, 'worker', mode, WORKER_USE, exampleText(plan), '//'),
    },
    { path: 'example/config.capnp', text: headed(plan, 'worker', mode, WORKERD_USE, WORKERD) },
  ],
};

const USE =
  'Call `withCors(request, fetchUpstream)` in a worker; its response is what the worker returns.';
const WORKER_USE = 'A worker in front of an application: the binding ORIGIN leads to it.';
const WORKERD_USE =
  'An application on port 3000, the worker on port 8080: `workerd serve DIR/example/config.capnp`.';

function moduleText(plan: EdgePlan, mode: EdgeMode): string {
  const code = [...tablesText(plan.tables), '', codeText(plan.tables, mode)].join('\n');
  return headed(plan, 'worker', mode, USE, code, '//');
}

function exampleText({ tables: { basePath } }: EdgePlan): string {
  const forwarded = basePath === '' ? 'forwarded' : 'behindBasePath(forwarded)';
  const helper =
    basePath === ''
      ? ''
      : `
/** What follows the base path is what the application gets. */
function behindBasePath(request) {
  const url = new URL(request.url);
  if (!url.pathname.startsWith('${basePath}/')) return request;
  url.pathname = url.pathname.slice(${basePath.length});
  return new Request(url, request);
}
`;
  return `import { withCors } from './cors.js';

export default {
  fetch(request, env) {
    return withCors(request, (forwarded) => env.ORIGIN.fetch(${forwarded}));
  },
};
${helper}`;
}

const WORKERD = `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .cors),
    (name = "application", external = (address = "127.0.0.1:3000", http = ())),
  ],
  sockets = [(name = "http", address = "127.0.0.1:8080", http = (), service = "main")],
);

const cors :Workerd.Worker = (
  modules = [
    (name = "worker.js", esModule = embed "worker.js"),
    (name = "cors.js", esModule = embed "../cors.js"),
  ],
  bindings = [(name = "ORIGIN", service = "application")],
  compatibilityDate = "2025-01-01",
);
`;

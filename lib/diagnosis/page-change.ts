import { HeaderList } from '../browser/http/header-list.js';
import type { Simulation } from '../browser/index.js';
import { isCorsResponseHeaderName } from '../fetch/header-names.js';
import { printable } from '../text/escape.js';
import type { CheckRequest } from './check-request.js';
import { isLogin } from './login-redirect.js';
import type { Warning } from './warnings.js';

const OTHERS = '/* your other options stay */';

/** The change where the page is what must change, as lines of code; null where it is not. */
export function pageChange(
  { url, method }: CheckRequest,
  simulation: Simulation,
): readonly string[] | null {
  const { fix, failedCheck, details } = simulation;
  if (fix?.kind === 'change-url') return redirectChange(url, simulation);
  if (fix?.kind !== 'change-page') return null;
  switch (failedCheck) {
    case 'METHOD': {
      const options = `{ method: ${JSON.stringify(method.toUpperCase())}, ${OTHERS} }`;
      return [`fetch(${JSON.stringify(url)}, ${options});`];
    }
    case 'HEADER':
    case 'AUTHORIZATION_WILDCARD':
      return headerChange(url, details.names ?? []);
    case 'REDIRECT_MODE':
      return redirectChange(url, simulation);
    case 'MODE':
      return [`fetch(${JSON.stringify(url)}, { mode: 'cors', ${OTHERS} });`];
    default:
      return null;
  }
}

/** What the page requests once that change is made; null where it cannot be said. */
export function changedRequest(request: CheckRequest, simulation: Simulation): CheckRequest | null {
  const { failedCheck, details, fix } = simulation;
  if (fix?.kind === 'change-url' || failedCheck === 'REDIRECT_MODE') {
    const url = redirectTarget(request.url, simulation);
    return url === null ? null : { ...request, url };
  }
  switch (failedCheck) {
    case 'METHOD':
      return { ...request, method: request.method.toUpperCase() };
    case 'HEADER':
    case 'AUTHORIZATION_WILDCARD': {
      const names = details.names ?? [];
      const headers = request.headers.filter(([name]) => !names.includes(name.toLowerCase()));
      return { ...request, headers };
    }
    default:
      return null;
  }
}

function redirectChange(url: string, simulation: Simulation): readonly string[] | null {
  const target = redirectTarget(url, simulation);
  if (target === null) return null;
  return [
    `// instead of ${JSON.stringify(url)}; the base URL of a client (axios, Angular) ends accordingly`,
    `fetch(${JSON.stringify(target)}, ${OTHERS});`,
  ];
}

/** Where a redirect leads; null where there is none, or where no page should go. */
function redirectTarget(url: string, { steps, details }: Simulation): string | null {
  const last = steps.at(-1);
  const location =
    details.location ?? new HeaderList(last?.response?.headers ?? []).get('location');
  // Behind a redirect that was followed, what fails is its target.
  const target = location ?? (last?.request.url === url ? null : last?.request.url) ?? null;
  if (target === null || !URL.canParse(target, url) || isLogin(target)) return null;
  return new URL(target, url).href;
}

function headerChange(url: string, names: readonly string[]): readonly string[] {
  const misplaced = names.filter(isCorsResponseHeaderName);
  if (misplaced.length > 0) {
    return [
      '// remove it wherever the page sets it: in fetch(), in an interceptor, in the defaults of axios',
      ...misplaced.flatMap((name) => [
        `delete headers[${JSON.stringify(name)}];`,
        `delete axios.defaults.headers.common[${JSON.stringify(name)}];`,
      ]),
    ];
  }
  const { origin } = new URL(url);
  return [
    '// Sentry; your other options stay. OpenTelemetry: propagateTraceHeaderCorsUrls, Datadog: allowedTracingUrls',
    'Sentry.init({',
    `  tracePropagationTargets: [/^\\/(?!\\/)/ /* and your own servers, without ${origin} */],`,
    '});',
  ];
}

/** Warns of a page that sends what only responses carry, before a browser comes to refuse it. */
export function misplacedHeaders({ failedCheck, steps }: Simulation): readonly Warning[] {
  if (failedCheck === 'HEADER') return [];
  const asked = steps
    .map(({ request }) => new HeaderList(request.headers).get('access-control-request-headers'))
    .flatMap((names) => names?.split(',') ?? []);
  const name = asked.find(isCorsResponseHeaderName);
  if (name === undefined) return [];
  return [
    {
      id: 'RESPONSE_HEADER_SENT',
      level: 'warning',
      sentence: `The page sends \`${printable(name)}\`, which is a response header: remove it from the request in the page, or it is refused next. Only the server sends it.`,
    },
  ];
}

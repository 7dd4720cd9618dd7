import { HeaderList } from '../browser/http/header-list.js';
import type { Simulation } from '../browser/index.js';
import type { CheckRequest } from './check-request.js';
import { isLogin } from './login-redirect.js';

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

function redirectChange(url: string, { steps, details }: Simulation): readonly string[] | null {
  const last = steps.at(-1);
  const location =
    details.location ?? new HeaderList(last?.response?.headers ?? []).get('location');
  // Behind a redirect that was followed, what fails is its target.
  const target = location ?? (last?.request.url === url ? null : last?.request.url) ?? null;
  if (target === null || !URL.canParse(target, url) || isLogin(target)) return null;
  return [
    `// instead of ${JSON.stringify(url)}; the base URL of a client (axios, Angular) ends accordingly`,
    `fetch(${JSON.stringify(new URL(target, url).href)}, ${OTHERS});`,
  ];
}

function headerChange(url: string, names: readonly string[]): readonly string[] {
  const misplaced = names.filter((name) => name.startsWith('access-control-'));
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

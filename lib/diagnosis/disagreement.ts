import { HeaderList } from '../browser/http/header-list.js';
import type { CorsCheckId, ReceivedResponse, Send, Simulation } from '../browser/index.js';
import type { CheckRequest } from './check-request.js';
import { differenceOf } from './paste-difference.js';
import type { Observation } from './probe.js';
import type { Warning } from './warnings.js';

const ALTERNATIVES = new Intl.ListFormat('en', { type: 'disjunction' });

/** How often a request that the server allows, and a browser did not, is repeated. */
const REPEATED = 2;

/**
 * Joins what was pasted with what the server does: where they disagree, what could explain it, and
 * what was guessed.
 */
export async function joinWithPaste(
  request: CheckRequest,
  simulation: Simulation,
  observations: readonly Observation[],
  send: Send,
): Promise<readonly Warning[]> {
  const warnings: Warning[] = [];
  const differs =
    request.pastedResponses === undefined
      ? null
      : differenceOf(request.pastedResponses, simulation);
  if (differs !== null) warnings.push(differs);
  if (request.pasted !== undefined && simulation.failedCheck === null) {
    const sentence = request.pasted.includes('LNA')
      ? LOCAL_NETWORK
      : await explained(request.pasted, request, simulation, observations, send);
    warnings.push({ id: 'CONSOLE_DISAGREES', level: 'warning', sentence });
  } else if (request.methodKnown === false && simulation.failedCheck !== 'NETWORK') {
    warnings.push({
      id: 'METHOD_GUESSED',
      level: 'note',
      sentence: `The paste does not name the method: ${request.method} was tried. If the page sends something else, add ${ALTERNATIVES.format(missing(request))}.`,
    });
  }
  const element = elementWords(request);
  if (element !== null) warnings.push({ id: 'ELEMENT', level: 'note', sentence: element });
  if (/^(?:chrome|moz|safari-web)-extension:/.test(request.origin)) {
    warnings.push({ id: 'EXTENSION_PAGE', level: 'note', sentence: EXTENSION });
  }
  return warnings;
}

const EXTENSION =
  'The page belongs to an extension: for hosts in `host_permissions` of its manifest it needs no CORS, where its own pages or its background script make the request. A content script counts as the page it runs in.';
const LOCAL_NETWORK =
  'The message is about Local Network Access, not about the headers of this server: the page ' +
  'needs to be served over https and the user has to allow it access to the local network. No response header grants it.';

/** The best supported explanation first: what was seen, then what only may be. */
async function explained(
  pasted: readonly CorsCheckId[],
  request: CheckRequest,
  simulation: Simulation,
  observations: readonly Observation[],
  send: Send,
): Promise<string> {
  const seen = [
    ...errorThen(request, simulation),
    ...wrongMethod(request, simulation, observations),
    ...(await unsteady(request, simulation, send)),
    ...cachedCopy(observations),
    ...noResponse(pasted),
  ];
  const isLocal = new URL(request.url).hostname === 'localhost';
  const perhaps = [
    ...(isLocal ? [] : ['it has been mended since']),
    ...(seen.length === 0 ? unknownBody(request) : []),
    ...(missing(request).length === 0
      ? []
      : [
          `the page sends what the paste does not name: add ${ALTERNATIVES.format(missing(request))}`,
        ]),
  ];
  const first = seen.length === 0 ? [] : [`Most likely: ${seen.join('. Or: ')}.`];
  const last =
    perhaps.length === 0
      ? []
      : [`${seen.length === 0 ? 'Perhaps' : 'Otherwise perhaps'} ${perhaps.join(', or ')}.`];
  return ['The browser blocked it, but the server allows this request.', ...first, ...last].join(
    ' ',
  );
}

function statusOf({ steps }: Simulation): number {
  return steps.findLast(({ kind }) => kind === 'request')?.response?.status ?? 0;
}

/** The console names an error that the server does not give now. */
function errorThen({ pastedStatus }: CheckRequest, simulation: Simulation): readonly string[] {
  if (pastedStatus === undefined || pastedStatus < 400 || statusOf(simulation) === pastedStatus) {
    return [];
  }
  return [
    `the response had status ${pastedStatus} then, and errors lack the headers: see the log of the server or proxy`,
  ];
}

function wrongMethod(
  { method, methodKnown }: CheckRequest,
  simulation: Simulation,
  observations: readonly Observation[],
): readonly string[] {
  const status = statusOf(simulation);
  if (methodKnown === false && status === 404) {
    return [
      `${method} is answered with status 404: the path is wrong, or only another method is served there (\`--method POST\`)`,
    ];
  }
  if (methodKnown !== false || status !== 405) return [];
  const answer = observations.find(({ kind, from }) => kind === 'request' && from === 'page');
  const allow = new HeaderList(answer?.response.headers ?? []).get('allow');
  const [other = 'POST'] = (allow ?? 'POST')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => !/^(?:GET|HEAD|OPTIONS)$/.test(name) && /^[A-Z]+$/.test(name));
  return [
    `${method} is answered with status ${status}, so the page used another method: add \`--method ${other}\`. If its preflight passes, the ${other} itself fails (500) without the headers: see the exception in the log of the server`,
  ];
}

/** Asks again: behind one address there may be several servers, or caches. */
async function unsteady(
  { method }: CheckRequest,
  { steps }: Simulation,
  send: Send,
): Promise<readonly string[]> {
  const step = steps.at(-1);
  if (step?.response == null || (method !== 'GET' && method !== 'HEAD')) return [];
  const { request, response } = step;
  const again = await Promise.allSettled(Array.from({ length: REPEATED }, () => send(request)));
  const others = again.map((one) => (one.status === 'fulfilled' ? policyOf(one.value) : 'none'));
  const different = others.filter((one) => one !== policyOf(response)).length;
  if (different === 0) return [];
  return [
    `of ${REPEATED + 1} equal requests, ${different} got other CORS headers or none: several servers or caches answer in turn, and not all of them have the change`,
  ];
}

function policyOf({ headers }: ReceivedResponse): string {
  const list = new HeaderList(headers);
  return `${list.get('access-control-allow-origin')} ${list.get('access-control-allow-credentials')}`;
}

/** A response without the header for requests without `Origin`, and without `Vary`. */
function cachedCopy(observations: readonly Observation[]): readonly string[] {
  const allowed = (from: Observation['from']) => {
    const one = observations.find((other) => other.kind === 'request' && other.from === from);
    if (one === undefined) return undefined;
    const headers = new HeaderList(one.response.headers);
    return {
      value: headers.get('access-control-allow-origin'),
      vary: headers.lists('vary', 'origin'),
    };
  };
  const [page, nobody] = [allowed('page'), allowed('nobody')];
  if (page === undefined || nobody === undefined || page.value === nobody.value || nobody.vary) {
    return [];
  }
  return [
    'the page gets a cached copy. Without `Origin` the response has no Access-Control-Allow-Origin and no `Vary: Origin`, so a copy that `<img>` or a link loaded without `crossorigin` is used again and blocked. Send `Vary: Origin`, or the header always; empty the cache, and set `crossorigin` wherever the page uses this URL',
  ];
}

function noResponse(pasted: readonly CorsCheckId[]): readonly string[] {
  if (!pasted.includes('NETWORK')) return [];
  return [
    'the browser got no response: an extension or tracking protection blocked the request, the page was left while it was running, it is mixed content, or the certificate is not trusted there. Try a private window without extensions',
  ];
}

/** Bodies are not sent, and a server may fail on one. */
function unknownBody({ method, methodKnown }: CheckRequest): readonly string[] {
  if (methodKnown === false || !/^(?:POST|PUT|PATCH)$/.test(method)) return [];
  return [
    `the server fails on the body, which is not sent here, and its error (500) lacks the headers: see its log`,
  ];
}

function missing({ methodKnown, headers, credentials }: CheckRequest): readonly string[] {
  return [
    ...(methodKnown === false ? ['`--method POST`'] : []),
    ...(headers.length === 0 ? ["`--header 'authorization: …'`"] : []),
    ...(credentials ? [] : ['`--credentials`']),
  ];
}

/** What an element can do without CORS, and what never. */
function elementWords({ element }: CheckRequest): string | null {
  switch (element) {
    case undefined:
      return null;
    case 'font':
      return 'Fonts always need CORS, of the server or CDN that has them.';
    case 'script':
      return 'A `<script>` needs CORS for `crossorigin` and `type="module"` only: drop the attribute where the page does not need it, or let the server or CDN send the header.';
    default:
      return `The ${element} needs CORS for its \`crossorigin\` attribute, or since the page reads it (canvas, WebGL, \`cssRules\`): drop the attribute where the page only shows it.`;
  }
}

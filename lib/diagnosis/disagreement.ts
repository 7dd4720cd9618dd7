import { HeaderList } from '../browser/http/header-list.js';
import type { CorsCheckId, Simulation } from '../browser/index.js';
import type { CheckRequest } from './check-request.js';
import type { Observation } from './probe.js';

/**
 * What could explain that a browser blocked a request which the server allows now, the best supported
 * first; null where the two agree.
 */
export function disagreement(
  { pasted, url, method, methodKnown, headers, credentials, origin }: CheckRequest,
  { failedCheck, steps }: Simulation,
  observations: readonly Observation[],
): string | null {
  if (pasted === undefined || failedCheck !== null) return null;
  if (pasted.includes('LNA')) {
    return (
      'The message is about Local Network Access, not about the headers of this server: the page ' +
      'needs to be served over https and the user has to allow it access to the local network. No response header grants it.'
    );
  }
  const status = steps.findLast(({ kind }) => kind === 'request')?.response?.status ?? 0;
  const explanations = [
    ...wrongMethod(observations, status, method, methodKnown !== false),
    ...cachedCopy(observations),
    ...noResponse(pasted),
    ...(methodKnown === false
      ? [
          `the page used another method or a body: the message does not name it, and ${method} was tried. If a POST fails with an error (500), the error may lack the headers that other responses have: see the log of the server, and add \`--method POST\``,
        ]
      : []),
    ...(headers.length === 0
      ? ["the page sets a header, such as authorization: add `--header 'authorization: …'`"]
      : []),
    ...(credentials ? [] : ['the page sends cookies: add `--credentials`']),
    ...(new URL(url).hostname === 'localhost' || origin === 'null'
      ? []
      : ['it has been mended since, or only some of several servers have the change']),
  ];
  return `The browser blocked it, but the server allows this request. In order of evidence: ${explanations
    .map((text, index) => `(${index + 1}) ${text}`)
    .join('; ')}.`;
}

function wrongMethod(
  observations: readonly Observation[],
  status: number,
  method: string,
  isKnown: boolean,
): readonly string[] {
  if (isKnown || (status !== 405 && status !== 404)) return [];
  const answer = observations.find(({ kind, from }) => kind === 'request' && from === 'page');
  const allow = new HeaderList(answer?.response.headers ?? []).get('allow');
  const others = (allow ?? 'POST')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => !/^(?:GET|HEAD|OPTIONS)$/.test(name) && /^[A-Z]+$/.test(name));
  const [other = 'POST'] = others;
  return [
    `${method} is answered with status ${status}, so the page used another method: add \`--method ${other}\`. If the preflight passes, the ${other} itself probably fails (500), and its error lacks the headers: look at the exception in the log of the server`,
  ];
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
    'a cached copy: without `Origin` the response has no Access-Control-Allow-Origin and no `Vary: Origin`, so a copy that `<img>` or a link loaded without `crossorigin` is reused and blocked. Send `Vary: Origin`, or the header always; empty the cache, and set `crossorigin` wherever the page uses this URL',
  ];
}

function noResponse(pasted: readonly CorsCheckId[]): readonly string[] {
  if (!pasted.includes('NETWORK')) return [];
  return [
    'the browser got no response: an extension or tracking protection blocked the request, the page was left while it was running, it is mixed content, or the certificate is not trusted there. Try a private window without extensions',
  ];
}

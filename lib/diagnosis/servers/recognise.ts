import { HeaderList } from '../../browser/http/header-list.js';
import { printable, shortened } from '../../text/escape.js';
import type { Observation } from '../probe.js';
import type { ErrorPage, Sign } from './server.js';
import { SERVER_NAMES, type ServerName, serverKind } from './servers.js';

/** A kind of server that a response gave away. */
export interface Sighting {
  readonly server: ServerName;
  /** By what, as a sentence names it. Safe to print. */
  readonly sign: string;
}

/** What answered: an application, and what stands in front of it. */
export interface Sightings {
  readonly application: Sighting | null;
  readonly proxy: Sighting | null;
}

/** What responses betray of the kind of server: its name, its headers, its address, its error pages. */
export function recognise(observations: readonly Observation[]): Sightings {
  const first = (isProxy: boolean) => {
    for (const server of SERVER_NAMES) {
      const { signs = [], isProxy: is = false } = serverKind(server);
      if (is !== isProxy) continue;
      for (const sign of signs) {
        for (const observation of observations) {
          const words = wordsFor(sign, observation);
          if (words !== null) return { server, sign: words };
        }
      }
    }
    return null;
  };
  return { application: first(false), proxy: first(true) };
}

function wordsFor(sign: Sign, observation: Observation): string | null {
  const { request, response } = observation;
  if ('url' in sign) return sign.url.test(request.url) ? 'the address' : null;
  if ('header' in sign) {
    const value = new HeaderList(response.headers)
      .values(sign.header)
      .find((one) => sign.value.test(one));
    if (value === undefined) return null;
    // The value of a cookie is nobody's business.
    return sign.header === 'set-cookie'
      ? `the cookie \`${printable(shortened(value.split('=')[0] ?? '', 60))}\``
      : `\`${TITLES[sign.header] ?? sign.header}: ${printable(shortened(value, 60))}\``;
  }
  return hasPage(sign, observation) ? `its page for status ${response.status}` : null;
}

const TITLES: Readonly<Record<string, string>> = {
  server: 'Server',
  via: 'Via',
  'x-powered-by': 'X-Powered-By',
  'cache-control': 'Cache-Control',
  'x-runtime': 'X-Runtime',
  vary: 'Vary',
};

/** Whether a response is an error page of a framework's own. By its length: bodies are not read. */
export function hasPage(sign: ErrorPage, { request, response }: Observation): boolean {
  const headers = new HeaderList(response.headers);
  if (response.status !== sign.status || !sign.type.test(headers.get('content-type') ?? '')) {
    return false;
  }
  if (sign.varies === true && !headers.lists('vary', 'origin')) return false;
  const { pathname, search } = new URL(request.url);
  const page = sign.page(request.method, pathname + search);
  return headers.get('content-length') === String(page.length);
}

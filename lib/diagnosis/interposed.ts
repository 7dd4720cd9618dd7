import { HeaderList } from '../browser/http/header-list.js';
import type { Simulation } from '../browser/index.js';
import { printable } from '../text/escape.js';
import { airPlay } from './lookalikes/network-errors.js';

interface Interposed {
  readonly header: string;
  readonly value: RegExp;
  readonly words: (value: string) => string;
}

const CHALLENGE =
  'challenged the request as it does bots, and no page that calls `fetch()` can answer that: exempt the path of the API from the challenge, OPTIONS included.';

/** What answers in place of the server, and says so in a header. */
const INTERPOSED: readonly Interposed[] = [
  { header: 'server', value: /^AirTunes/, words: () => `${airPlay.cause} ${airPlay.fix}` },
  {
    header: 'ngrok-error-code',
    value: /^ERR_NGROK_6024$/,
    words: () =>
      'ngrok answered with its own page for browsers, and the server was not reached. Send the header `ngrok-skip-browser-warning` with any value in the page, and let the server allow it.',
  },
  {
    header: 'ngrok-error-code',
    value: /^ERR_NGROK_\d+$/,
    words: (value) =>
      `ngrok answered itself (\`${printable(value)}\`), and the server was not reached: is the tunnel open, and does the server run at the port that it leads to?`,
  },
  { header: 'cf-mitigated', value: /^challenge$/, words: () => `Cloudflare ${CHALLENGE}` },
  { header: 'x-vercel-mitigated', value: /^challenge$/, words: () => `Vercel ${CHALLENGE}` },
];

/** What answered a blocked request in place of the server, as sentences; null where nothing did. */
export function interposedOf({ failedCheck, steps }: Simulation): string | null {
  if (failedCheck === null) return null;
  const headers = new HeaderList(steps.at(-1)?.response?.headers ?? []);
  for (const { header, value, words } of INTERPOSED) {
    const found = headers.get(header);
    if (found !== null && value.test(found)) return words(found);
  }
  return null;
}

import { hostAddressSpace } from '../browser/http/address-space.js';
import { isSameSiteHost } from '../browser/http/sites.js';
import type { CorsCheckId, Simulation } from '../browser/index.js';
import { printable } from '../text/escape.js';
import type { CheckRequest } from './check-request.js';
import type { Warning } from './warnings.js';

/** What the owner of a server decides: who may read it. */
const DECIDED: readonly CorsCheckId[] = [
  'ACAO_MISSING',
  'ACAO_MISMATCH',
  'ACAO_WILDCARD_CREDENTIALS',
];

/** What helps where the server, of another site than the page, is somebody else's. */
export async function otherServer(
  { url, origin }: CheckRequest,
  { failedCheck }: Simulation,
): Promise<readonly Warning[]> {
  if (failedCheck === null || !DECIDED.includes(failedCheck) || !URL.canParse(origin)) return [];
  const { hostname } = new URL(url);
  if ((hostAddressSpace(hostname) ?? 'public') !== 'public') return [];
  if (await isSameSiteHost(hostname, new URL(origin).hostname)) return [];
  return [
    {
      id: 'OTHER_SERVER',
      level: 'note',
      sentence: `If ${printable(hostname)} is somebody else's server, ${ONLY_THEY}`,
    },
  ];
}

/** What helps there, as the end of a sentence. */
export const ONLY_THEY =
  'only they can allow the page: request it from your own server instead, and let the page request that ' +
  '(in development, the proxy of Vite, Angular or webpack). ' +
  'Public CORS proxies see all that passes, keys included.';

import type { HeaderLines, Send } from '../browser/http-exchange.js';
import { nodeSend } from '../network/node-send.js';
import type { CheckArguments } from './check-arguments.js';

/**
 * What browsers add to every such request, as far as a server may decide by it. `Sec-Fetch-Site`
 * is not among it: whether two hosts are of one site, only the public suffix list knows.
 */
const BROWSER_HEADERS: HeaderLines = [
  ['User-Agent', 'Mozilla/5.0 (compatible; nestjs-cors check)'],
  ['Accept-Encoding', 'gzip, deflate, br'],
  ['Sec-Fetch-Dest', 'empty'],
  ['Sec-Fetch-Mode', 'cors'],
];

/** The network as `check` uses it: what leaves it looks like a browser's. */
export function browserLikeSend({
  timeout,
  insecure,
}: Pick<CheckArguments, 'timeout' | 'insecure'>): Send {
  return nodeSend({ timeout, insecure, headers: BROWSER_HEADERS });
}

import type { Automaton } from '../../policy/origins/automaton.js';
import { buildAutomaton } from './determinize.js';
import { intersect, subtract, unite } from './languages.js';

/**
 * What a browser can send as `Origin`, in parts: each has its own question. They are built by
 * taking away, which is cheaper than to say it in one expression.
 *
 * @see https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin
 */

const PORT = '(?::(?:[1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5]))?';
const BYTE = '(?:\\d|[1-9]\\d|1\\d\\d|2[0-4]\\d|25[0-5])';
const ADDRESS = `${BYTE}(?:\\.${BYTE}){3}|\\[[0-9a-f]*:[0-9a-f:]+\\]`;

/** Browsers leave it out. */
const DEFAULT_PORTS = build('http:[^]*:80|https:[^]*:443');

/** The origins of pages whose host is of some form. */
function webOrigins(host: string): Automaton {
  return subtract(build(`https?:\\/\\/(?:${host})${PORT}`), DEFAULT_PORTS);
}

function build(source: string): Automaton {
  return buildAutomaton({ source: `^(?:${source})$`, flags: '' });
}

/** This very machine, so that nobody sits on the wire between; see `isLoopbackHost`. */
const LOOPBACK = build(
  'https?:\\/\\/(?:(?:[a-z0-9._-]+\\.)?localhost\\.?|127\\.[\\d.]+|\\[::1\\])(?::\\d+)?',
);
/** Browsers take a host that ends in a number for an IPv4 address. */
const NUMBERS = build('https?:\\/\\/(?:[a-z0-9._-]*\\.)?(?:\\d+|0x[0-9a-f]*)\\.?(?::\\d+)?');
/** Whoever is on the same network: link-local addresses, too. */
const PRIVATE_ADDRESSES = build(
  'https?:\\/\\/(?:10|192\\.168|169\\.254|172\\.(?:1[6-9]|2\\d|3[01])|\\[f(?:[cd][0-9a-f]|e[89ab])[0-9a-f]:)[^]+',
);
const NAMES = subtract(webOrigins('(?:[a-z0-9_-]+\\.)*[a-z0-9_-]+\\.?'), NUMBERS);
const ADDRESSES = webOrigins(ADDRESS);
const WEB_ORIGINS = unite(NAMES, ADDRESSES);

/** Pages under names that somebody has registered, or can. */
export const NAMED_ORIGINS = subtract(NAMES, LOOPBACK);

/** Pages at addresses that mean the same machine everywhere. */
export const PUBLIC_ADDRESSES = subtract(subtract(ADDRESSES, LOOPBACK), PRIVATE_ADDRESSES);

/** Pages that come over a network in the clear. */
export const INSECURE_ORIGINS = subtract(intersect(WEB_ORIGINS, build('http:[^]*')), LOOPBACK);

/** Application shells and extensions: `capacitor://localhost`, `chrome-extension://…`. */
export const SHELL_ORIGINS = subtract(
  build(`[a-z][a-z0-9+.-]*:\\/\\/(?:[A-Za-z0-9._-]+|\\[[0-9a-f]*:[0-9a-f:]+\\])${PORT}`),
  // Pages of these are `null`, or there are none.
  build('(?:about|blob|data|file|filesystem|ftp|https?|javascript|wss?):[^]*'),
);

/** All of them, but `null`. */
export const SENDABLE_ORIGINS = unite(WEB_ORIGINS, SHELL_ORIGINS);

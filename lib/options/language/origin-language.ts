import type { Automaton } from '../../policy/origins/automaton.js';
import {
  type OriginPattern,
  type OriginReason,
  parseOrigin,
} from '../../policy/origins/parse-origin.js';
import { buildAutomaton } from './build-automaton.js';
import { findShortest, intersect, isEmpty, pickInsecure, subtract, unite } from './languages.js';

/** No browser sends a longer one that is read. */
const MAX_LENGTH = 512;

/** A language of which no browser sends anything. */
export interface Dead {
  /** What it matches instead; nothing, perhaps. */
  readonly matches?: string;
  /** Why that is not an origin, if it has a name. */
  readonly fault?: OriginReason;
}

/** What a language matches if no browser sends any of it. */
export function findDead(language: Automaton): Dead | undefined {
  const sendable = findShortest(intersect(language, SENDABLE_ORIGINS));
  if (sendable !== undefined && sendable.length <= MAX_LENGTH) return undefined;
  const matches = findShortest(language);
  if (matches === undefined) return {};
  const parsed = parseOrigin(matches);
  return { matches, ...(typeof parsed === 'string' && { fault: parsed }) };
}

/** An origin of a language whose pages come over a network in the clear, if it has one. */
export function findInsecure(language: Automaton): string | undefined {
  return pickInsecure(intersect(language, INSECURE_ORIGINS));
}

/** An origin that the one language has and the other has not, if there is one. */
export function findNewlyAllowed(before: Automaton, after: Automaton): string | undefined {
  const added = subtract(intersect(after, SENDABLE_ORIGINS), before);
  return isEmpty(added) ? undefined : findShortest(added);
}

/** The language of an exact origin or a pattern. */
export function languageOfPattern({ scheme, host, subdomains, port }: OriginPattern): Automaton {
  const labels = subdomains ? '(?:[a-z0-9_-]+\\.)+' : '';
  // Within the first label, `*` stands for at least one character.
  const name = escape(host).replaceAll('*', '[a-z0-9-]+');
  const ports = port === '*' ? '(?::\\d+)?' : port && `:${port}`;
  return buildAutomaton({ source: `^${escape(scheme)}://${labels}${name}${ports}$`, flags: '' });
}

function escape(text: string): string {
  return text.replace(/[.+[\]/]/g, '\\$&');
}

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
  'https?:\\/\\/(?:(?:10|192\\.168|169\\.254|172\\.(?:1[6-9]|2\\d|3[01]))\\.|\\[f(?:[cd][0-9a-f]|e[89ab])[0-9a-f]:)[^]+',
);
const NAMES = subtract(webOrigins('(?:[a-z0-9_-]+\\.)*[a-z0-9_-]+\\.?'), NUMBERS);
const ADDRESSES = webOrigins(ADDRESS);
const WEB_ORIGINS = unite(NAMES, ADDRESSES);

/** Pages under names that somebody has registered, or can. */
export const NAMED_ORIGINS = subtract(NAMES, LOOPBACK);

/** Pages at addresses that mean the same machine everywhere. */
export const PUBLIC_ADDRESSES = subtract(subtract(ADDRESSES, LOOPBACK), PRIVATE_ADDRESSES);

/** Pages that come over a network in the clear. */
const INSECURE_ORIGINS = subtract(intersect(WEB_ORIGINS, build('http:[^]*')), LOOPBACK);

/** Application shells and extensions: `capacitor://localhost`, `chrome-extension://…`. */
export const SHELL_ORIGINS = subtract(
  build(`[a-z][a-z0-9+.-]*:\\/\\/(?:[A-Za-z0-9._-]+|\\[[0-9a-f]*:[0-9a-f:]+\\])${PORT}`),
  // Pages of these are `null`, or there are none.
  build('(?:about|blob|data|file|filesystem|ftp|https?|javascript|wss?):[^]*'),
);

/** All of them, but `null`. */
const SENDABLE_ORIGINS = unite(WEB_ORIGINS, SHELL_ORIGINS);

/** The labels of names have at most 63 bytes. */
const LABEL = '[a-z0-9_-]{1,63}';

/**
 * What a browser can send, with names as the DNS has them: two languages are the same where they differ
 * only in names that cannot exist. It is built where it is asked for, since few ask.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4
 */
export function reachableOrigins(): Automaton {
  const names = build(`https?:\\/\\/(?:${LABEL}\\.)*${LABEL}\\.?(?::\\d+)?`);
  return unite(unite(intersect(NAMES, names), ADDRESSES), SHELL_ORIGINS);
}

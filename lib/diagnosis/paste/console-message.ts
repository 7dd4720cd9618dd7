import { type CorsCheckId, type IdentifiedMessage, identifyMessage } from '../../browser/index.js';
import { readErrorKey } from './error-keys.js';
import { httpUrl, originOf, tokenOf, valueFor } from './facts.js';
import { readLocalised } from './localised.js';
import type { Paste } from './paste.js';

/** Reads what was copied from a browser's console; null when it is not about CORS. */
export function readConsole(text: string): Paste | null {
  const known = identifyMessage(text);
  const isCors = known?.checks.every((check) => !LOOK_ALIKES.includes(check)) === true;
  const identified = isCors ? known : (readErrorKey(text) ?? readLocalised(text));
  if (identified === null) return null;
  const { browser, checks, at, values } = identified;
  const origin = originIn(identified, text);
  const url = urlIn(values, text, origin);
  const line = networkLine(text, url);
  const element = /^downloadable font:/m.test(text)
    ? 'font'
    : ELEMENTS.exec(values['kind'] ?? '')?.[0];
  // Elements request with GET.
  const method =
    tokenOf(values['method']) ?? line?.method ?? (element === undefined ? undefined : 'GET');
  const status = line?.status ?? statusOf(values['status']);
  const header = tokenOf(values['header']);
  return {
    form: 'console',
    identified,
    browser,
    ...(/\bSEC7\d{3}\b/.test(text) && { writer: 'Internet Explorer or an early Edge' }),
    ...(element !== undefined && { element }),
    ...(url !== undefined && { url }),
    ...(origin !== undefined && { origin }),
    ...(method !== undefined && { method }),
    ...(status !== undefined && { status }),
    // The message does not say which value it had; any that needs a preflight will do.
    headers: header === undefined ? [] : [[header, valueFor(header)]],
    ...(checks.some(needsCredentials) && { credentials: true }),
    forcePreflight:
      values['method'] === undefined &&
      header === undefined &&
      at.every((stage) => stage === 'preflight'),
  };
}

/** What elements load, in the words of Chromium: not `fetch` and `XMLHttpRequest`. */
const ELEMENTS = /^(?:script|image|font|CSS stylesheet|video|audio|track|resource)$/;

/** The code or configuration of a server has the same words, and is not a message. */
const SERVER_SIDE =
  /\badd_header\b|setHeader\(|\bcors\(|enableCors\(|\bHeader (?:always )?set\b|addCorsMappings|CORSConfiguration|CORSMiddleware|CORS_ALLOW/;

/** Whether a text is what a server is configured with. */
export function isServerSide(text: string): boolean {
  return SERVER_SIDE.test(text);
}

/**
 * Reads a line that names CORS in words that are not known: the address and the page in it are enough
 * for a check. Null where it has neither.
 */
export function readUnknownMessage(text: string): Paste | null {
  if (!/\bCORS\b|Cross-Origin Resource Sharing|Access-Control-|cross-origin/i.test(text))
    return null;
  if (isServerSide(text)) return null;
  const origin = originIn({ values: {} }, text);
  const url = urlIn({}, text, origin);
  if (url === undefined && origin === undefined) return null;
  return {
    form: 'console',
    ...(url !== undefined && { url }),
    ...(origin !== undefined && { origin }),
    headers: [],
    // Cut off before its reason.
    ...(/response (?:to|for) preflight/i.test(text) && { forcePreflight: true }),
  };
}

/** What the browsers' model knows, but no CORS header changes: `lookalikes.ts` says what does. */
const LOOK_ALIKES: readonly CorsCheckId[] = ['MIXED_CONTENT', 'CORP', 'ORB'];

/** How the frames of all years name the URL; the first one that a redirect began with comes first. */
const URLS: readonly RegExp[] = [
  /\bRedirect from ['‘"]?(https?:\/\/[^\s'’"]+)['’"]? to/,
  /redirected from ['‘"]?(https?:\/\/[^\s'’")]+)/,
  /\bat ['‘"]?(https?:\/\/[^\s'’"]+)['’"]? (?:\(redirected|from origin)/,
  /\bcannot load (https?:\/\/\S+)/,
  /\bFailed to load (https?:\/\/\S+):/,
  /\bXMLHttpRequest for (https?:\/\/\S+)/,
  // Not a bare origin, which is mostly that of the page.
  /(https?:\/\/[^\s'’"/)]+\/[^\s'’")]*)/,
];

function urlIn(
  values: IdentifiedMessage['values'],
  text: string,
  page: string | undefined,
): string | undefined {
  const from = /redirected from '?([^')]+)/.exec(values['redirected'] ?? '')?.[1];
  const said = httpUrl(from ?? values['url']);
  if (said !== undefined) return said;
  for (const pattern of URLS) {
    const found = httpUrl(pattern.exec(text)?.[1]?.replace(/[.:,;)]+$/, ''));
    if (found !== undefined && found !== page) return found;
  }
  return undefined;
}

function originIn({ values }: Pick<IdentifiedMessage, 'values'>, text: string): string | undefined {
  const named =
    /\bOrigin ['‘"]?([a-z][a-z0-9+.-]*:\/\/[^\s'’"]+|null)['’"]? is (?:therefore )?not allowed/.exec(
      text,
    )?.[1];
  const from = /\bfrom origin ['‘"]?([a-z][a-z0-9+.-]*:\/\/[^\s'’"]+|null)/.exec(text)?.[1];
  return (
    originOf(values['pageOrigin']) ??
    originOf(values['origin']) ??
    originOf(named) ??
    originOf(from)
  );
}

/** The line of the failed request beside the message: `POST <url> net::ERR_FAILED 502`. */
function networkLine(
  text: string,
  url: string | undefined,
): { readonly method?: string; readonly status?: number } | null {
  if (url === undefined) return null;
  const lines = text.matchAll(
    /(?:\b|XHR)(GET|HEAD|POST|PUT|PATCH|DELETE)\s{0,9}(https?:\/\/[^\s'"]{1,2000})(?:[^\n]{0,40}?(?:net::ERR_FAILED |\[HTTP\/[\d.]{1,3} )(\d{3}))?/g,
  );
  for (const [, method, at, status] of lines) {
    const code = statusOf(status);
    if (at === url && method !== undefined)
      return { method, ...(code !== undefined && { status: code }) };
  }
  return null;
}

function statusOf(value: string | undefined): number | undefined {
  const status = Number(/^\d{3}/.exec(value ?? '')?.[0] ?? 0);
  return status === 0 ? undefined : status;
}

function needsCredentials(check: CorsCheckId): boolean {
  return check === 'ACAO_WILDCARD_CREDENTIALS' || check === 'ACAC_NOT_TRUE';
}

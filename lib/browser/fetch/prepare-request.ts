import { isForbiddenMethod, isSafelistedMethod, normalizeMethod } from '../../fetch/methods.js';
import { isToken } from '../../fetch/tokens.js';
import { printable } from '../../text/escape.js';
import type { Browser, Journal } from '../browser.js';
import { trimHttpWhitespace } from '../http/header-list.js';
import type { HeaderLines } from '../http/http-exchange.js';
import { isForbiddenRequestHeader, isSafelistedRequestHeader } from '../http/request-headers.js';
import { parsePageOrigin, parseUrl } from '../http/urls.js';
import type { SimulateOptions } from '../simulate-options.js';
import type { Dialect } from '../simulation.js';
import type { FetchRequest, RequestMode } from './fetch-request.js';

/** The request that `fetch()` makes of its arguments, or why it throws instead. */
interface PreparedRequest {
  readonly request: FetchRequest;
  readonly refusal: string | null;
}

/**
 * Does what the constructor of `Request` does.
 *
 * @throws TypeError when `pageOrigin` or `url` cannot be read
 * @see https://fetch.spec.whatwg.org/#dom-request
 */
export function prepareRequest(
  options: SimulateOptions,
  browser: Pick<Browser, 'dialect' | 'journal'>,
): PreparedRequest {
  const pageOrigin = parsePageOrigin(options.pageOrigin);
  const url = parseUrl(options.url, pageOrigin);
  const mode = options.mode ?? 'cors';
  const method = normalizeMethod(options.method ?? 'GET');
  const headers = pageHeaders(options.headers ?? [], mode, browser);
  const request: FetchRequest = {
    pageOrigin,
    url,
    mode,
    method,
    headers: headers.lines,
    redirect: options.redirect ?? 'follow',
    credentials: credentialsMode(options.credentials ?? 'same-origin'),
    forcePreflight: options.forcePreflight ?? false,
    visited: [],
    tainting: 'basic',
  };
  return { request, refusal: methodRefusal(method, mode) ?? urlRefusal(url) ?? headers.refusal };
}

function credentialsMode(
  credentials: NonNullable<SimulateOptions['credentials']>,
): FetchRequest['credentials'] {
  if (typeof credentials === 'string') return credentials;
  return credentials ? 'include' : 'same-origin';
}

function methodRefusal(method: string, mode: RequestMode): string | null {
  if (!isToken(method)) return `\`${printable(method)}\` is no method`;
  if (isForbiddenMethod(method)) return `browsers never send \`${method}\` for a page`;
  if (mode === 'no-cors' && !isSafelistedMethod(method)) {
    return `\`mode: 'no-cors'\` takes GET, HEAD and POST only, not \`${method}\``;
  }
  return null;
}

function urlRefusal(url: URL): string | null {
  return url.username === '' && url.password === ''
    ? null
    : 'the URL of a request must not contain a user name or password';
}

/** The headers that a page really sets, or why `fetch()` throws instead. */
interface PageHeaders {
  readonly lines: HeaderLines;
  readonly refusal: string | null;
}

/**
 * Does what `Headers` does with the headers of a request: normalises values, refuses what is no
 * header, drops what a page may not set. Values of one name become one, as every browser sends
 * them.
 *
 * @see https://fetch.spec.whatwg.org/#concept-headers-append
 */
export function pageHeaders(
  given: NonNullable<SimulateOptions['headers']>,
  mode: RequestMode,
  { dialect, journal }: Pick<Browser, 'dialect' | 'journal'>,
): PageHeaders {
  const byName = new Map<string, readonly [string, string]>();
  for (const [name, raw] of pairs(given)) {
    const value = trimHttpWhitespace(raw);
    const refusal = headerRefusal(name, value);
    if (refusal !== null) return { lines: [], refusal };
    const dropped = whyDropped(name, value, dialect);
    if (dropped !== null) {
      journal.find('HEADER_DROPPED', dropped, [name]);
      continue;
    }
    const earlier = byName.get(name.toLowerCase());
    byName.set(
      name.toLowerCase(),
      earlier === undefined ? [name, value] : [earlier[0], `${earlier[1]}, ${value}`],
    );
  }
  const lines = [...byName.values()];
  return { lines: mode === 'no-cors' ? keepSafelisted(lines, journal) : lines, refusal: null };
}

function whyDropped(name: string, value: string, dialect: Dialect): string | null {
  if (isForbiddenRequestHeader(name, value)) {
    return `Browsers drop \`${name}\`: a page may not set it, so no server needs to allow it.`;
  }
  // https://crbug.com/571722
  return dialect === 'chromium' && name.toLowerCase() === 'user-agent'
    ? `Chromium drops \`${name}\` and sends its own; other browsers let a page set it, and ask the server first.`
    : null;
}

function pairs(given: NonNullable<SimulateOptions['headers']>): HeaderLines {
  if (isLines(given)) return given;
  return Object.entries(given).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((single) => [name, single] as const),
  );
}

function isLines(given: NonNullable<SimulateOptions['headers']>): given is HeaderLines {
  return Array.isArray(given);
}

function headerRefusal(name: string, value: string): string | null {
  if (!isToken(name)) return `\`${printable(name)}\` is no header name`;
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if (code === 0x00 || code === 0x0a || code === 0x0d || code > 0xff) {
      return `the value of \`${name}\` contains \`${printable(value.charAt(index))}\``;
    }
  }
  return null;
}

/** @see https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header */
function keepSafelisted(lines: HeaderLines, journal: Journal): HeaderLines {
  return lines.filter(([name, value]) => {
    const kept = name.toLowerCase() !== 'range' && isSafelistedRequestHeader(name, value);
    if (!kept) {
      journal.find(
        'HEADER_DROPPED',
        `Browsers drop \`${name}\` in \`mode: 'no-cors'\`: only safelisted headers are sent.`,
        [name],
      );
    }
    return kept;
  });
}

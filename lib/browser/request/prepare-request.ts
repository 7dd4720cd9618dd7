import { isForbiddenMethod, isSafelistedMethod, normalizeMethod } from '../../fetch/methods.js';
import { isToken } from '../../fetch/tokens.js';
import { printable } from '../../text/escape.js';
import type { Browser } from '../browser.js';
import type { SimulateOptions } from '../simulate-options.js';
import type { FetchRequest, RequestMode } from './fetch-request.js';
import { pageHeaders } from './page-headers.js';
import { parsePageOrigin } from './parse-page-origin.js';
import { parseUrl } from './parse-url.js';

/** The request that `fetch()` makes of its arguments, or why it throws instead. */
export interface PreparedRequest {
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

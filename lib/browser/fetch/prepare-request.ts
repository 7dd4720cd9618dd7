import { isForbiddenMethod, isSafelistedMethod, normalizeMethod } from '../../fetch/methods.js';
import { isToken } from '../../fetch/tokens.js';
import { printable } from '../../text/escape.js';
import type { AddressSpace } from '../http/address-space.js';
import { trimHttpWhitespace } from '../http/header-list.js';
import type { HeaderLines, Send } from '../http/http-exchange.js';
import { isForbiddenRequestHeader, isSafelistedRequestHeader } from '../http/request-headers.js';
import { parsePageOrigin, parseUrl } from '../http/urls.js';
import type { BrowserName } from '../simulation.js';
import {
  changes,
  type CredentialsMode,
  type Destination,
  type EmbedderPolicy,
  type FetchRequest,
  type RedirectMode,
  type RequestMode,
} from './fetch-request.js';
import type { PreflightCache } from './preflight-cache.js';
import type { AddressSpaces, Journal, UserAgent } from './user-agent.js';

/** What a page does, and in which browser: the arguments of `fetch()`, and a network. */
export interface SimulateOptions {
  /** The serialised origin of the page, such as `https://app.example.com`; `null` when opaque. */
  readonly pageOrigin: string;
  /** Absolute, or relative to the page's origin. */
  readonly url: string;
  /** @default 'GET' */
  readonly method?: string;
  /** The headers that the page sets, as pairs or as an object; an array is several values. */
  readonly headers?: HeaderLines | Readonly<Record<string, string | readonly string[]>>;
  /**
   * The credentials mode; `true` and `false` are `withCredentials` of an XMLHttpRequest.
   *
   * @default 'same-origin'
   */
  readonly credentials?: CredentialsMode | boolean;
  /** @default 'cors' */
  readonly mode?: RequestMode;
  /** @default 'follow' */
  readonly redirect?: RedirectMode;
  /**
   * What the response is for: `image` is an `<img>`, `style` a style sheet, and so on; the empty
   * string is `fetch()`. Elements without `crossorigin` have `mode: 'no-cors'`, fonts `cors`.
   *
   * @default ''
   * @see https://fetch.spec.whatwg.org/#concept-request-destination
   */
  readonly destination?: Destination;
  /**
   * The Cross-Origin-Embedder-Policy that the page was served with: what it may embed that has no
   * Cross-Origin-Resource-Policy.
   *
   * @default 'unsafe-none'
   * @see https://html.spec.whatwg.org/multipage/browsers.html#coep
   */
  readonly embedderPolicy?: EmbedderPolicy;
  /**
   * Whether an http URL that an https page requests is blocked, or only a finding: for an application
   * behind a proxy with TLS, which is requested over http here.
   *
   * @default 'block'
   * @see https://w3c.github.io/webappsec-mixed-content/#should-block-fetch
   */
  readonly mixedContent?: 'block' | 'note';
  /**
   * Where the page and the servers are. With it, Chromium and Firefox ask the user before a page of
   * the public internet reaches a local address: the verdict `needs-permission`.
   *
   * @default nothing is known of addresses, and nobody is asked
   * @example
   * addressSpaces: { page: 'public', target: 'loopback' }
   * @see https://wicg.github.io/local-network-access/
   */
  readonly addressSpaces?: AddressSpaces;
  /**
   * What the user has said to the browser's prompt for the local network; `prompt`: nothing yet.
   * Refused, the request is blocked; it matters only with `addressSpaces`.
   *
   * @default 'prompt'
   */
  readonly localNetworkPermission?: 'granted' | 'denied' | 'prompt';
  /**
   * Where the page says that the server is, as in `fetch(url, { targetAddressSpace: 'local' })`.
   * Chromium then lets an https page request http, and blocks the request if it is not true.
   *
   * @see https://wicg.github.io/local-network-access/#fetch-api
   */
  readonly targetAddressSpace?: AddressSpace;
  /** @default 'chromium' */
  readonly browser?: BrowserName;
  /** Sends one request and follows no redirect. A rejection stands for a network error. */
  readonly send: Send;
  /**
   * Whether a preflight is needed in any case, as with upload listeners on an
   * XMLHttpRequest and with streamed bodies.
   *
   * @default false
   */
  readonly forcePreflight?: boolean;
  /** Share it between calls, so that later ones can skip the preflight. */
  readonly preflightCache?: PreflightCache;
}

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
  userAgent: Pick<UserAgent, 'browser' | 'journal'>,
): PreparedRequest {
  const pageOrigin = parsePageOrigin(options.pageOrigin);
  const url = parseUrl(options.url, pageOrigin);
  const mode = options.mode ?? 'cors';
  const method = normalizeMethod(options.method ?? 'GET');
  const headers = pageHeaders(options.headers ?? [], mode, userAgent);
  const request: FetchRequest = {
    pageOrigin,
    url,
    mode,
    method,
    headers: headers.lines,
    firstHeaders: headers.lines,
    redirect: options.redirect ?? 'follow',
    destination: options.destination ?? '',
    embedderPolicy: options.embedderPolicy ?? 'unsafe-none',
    targetSpace: claimedSpace(options.targetAddressSpace),
    credentials: credentialsMode(options.credentials ?? 'same-origin'),
    forcePreflight: options.forcePreflight ?? false,
    visited: [],
    tainting: 'basic',
    preflighted: false,
    beganWithOrigin: changes(method),
  };
  return { request, refusal: methodRefusal(method, mode) ?? urlRefusal(url) ?? headers.refusal };
}

/** `public` says nothing. */
function claimedSpace(space: AddressSpace = 'public'): FetchRequest['targetSpace'] {
  return space === 'public' ? null : space;
}

function credentialsMode(
  credentials: NonNullable<SimulateOptions['credentials']>,
): FetchRequest['credentials'] {
  if (typeof credentials === 'string') return credentials;
  return credentials ? 'include' : 'same-origin';
}

function methodRefusal(method: string, mode: RequestMode): string | null {
  if (!isToken(method)) return `\`${printable(method)}\` is not a method`;
  if (isForbiddenMethod(method)) return `browsers never send \`${method}\` for a page`;
  if (mode === 'no-cors' && !isSafelistedMethod(method)) {
    return `\`mode: 'no-cors'\` allows only GET, HEAD and POST, not \`${method}\``;
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
 * Does what `Headers` does with the headers of a request: normalises values, refuses what is
 * not a header, drops what a page may not set. Values of one name are joined, as every browser
 * sends them.
 *
 * @see https://fetch.spec.whatwg.org/#concept-headers-append
 */
export function pageHeaders(
  given: NonNullable<SimulateOptions['headers']>,
  mode: RequestMode,
  { browser, journal }: Pick<UserAgent, 'browser' | 'journal'>,
): PageHeaders {
  const byName = new Map<string, readonly [string, string]>();
  for (const [name, raw] of pairs(given)) {
    const value = trimHttpWhitespace(raw);
    const refusal = headerRefusal(name, value);
    if (refusal !== null) return { lines: [], refusal };
    const dropped = whyDropped(name, value, browser);
    if (dropped !== null) {
      journal.note('HEADER_DROPPED', dropped, [name]);
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

function whyDropped(name: string, value: string, browser: BrowserName): string | null {
  if (isForbiddenRequestHeader(name, value)) {
    return `Browsers drop \`${name}\`: a page may not set it, so no server needs to allow it.`;
  }
  // https://crbug.com/571722
  return browser === 'chromium' && name.toLowerCase() === 'user-agent'
    ? `Chromium drops \`${name}\` and sends its own; other browsers let a page set it, and send a preflight for it.`
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
  if (!isToken(name)) return `\`${printable(name)}\` is not a header name`;
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
      journal.note(
        'HEADER_DROPPED',
        `Browsers drop \`${name}\` in \`mode: 'no-cors'\`: only safelisted headers are sent.`,
        [name],
      );
    }
    return kept;
  });
}

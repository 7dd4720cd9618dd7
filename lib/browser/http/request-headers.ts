import { isForbiddenRequestHeaderName } from '../../fetch/header-names.js';
import { isForbiddenMethod } from '../../fetch/methods.js';
import { isToken } from '../../fetch/tokens.js';
import type { BrowserName } from '../simulation.js';
import { trimHttpWhitespace } from './header-list.js';
import type { HeaderLines } from './http-exchange.js';

/** Of a safelisted header's value. */
const MAX_VALUE_BYTES = 128;

/**
 * Whether a page may set a request header, with this value, without a preflight.
 * Client hints and `Last-Event-ID` are not safelisted.
 *
 * @see https://fetch.spec.whatwg.org/#cors-safelisted-request-header
 */
export function isSafelistedRequestHeader(name: string, value: string): boolean {
  // Header values are byte strings here: one character is one byte.
  if (value.length > MAX_VALUE_BYTES) return false;
  switch (name.toLowerCase()) {
    case 'accept':
      return !hasUnsafeByte(value);
    case 'accept-language':
    case 'content-language':
      return isLanguageValue(value);
    case 'content-type':
      return !hasUnsafeByte(value) && isFormType(mimeEssence(value));
    case 'range':
      return isSafelistedRange(value);
    default:
      return false;
  }
}

/** The types that an HTML form can send without a preflight. */
function isFormType(essence: string | null): boolean {
  return (
    essence === 'application/x-www-form-urlencoded' ||
    essence === 'multipart/form-data' ||
    essence === 'text/plain'
  );
}

/** @see https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte */
function hasUnsafeByte(value: string): boolean {
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if ((code < 0x20 && code !== 0x09) || code === 0x7f) return true;
    if ('"():<>?@[\\]{}'.includes(value.charAt(index))) return true;
  }
  return false;
}

function isLanguageValue(value: string): boolean {
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    const isDigit = code >= 0x30 && code <= 0x39;
    const isLetter = (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
    if (!isDigit && !isLetter && !' *,-.;='.includes(value.charAt(index))) return false;
  }
  return true;
}

/**
 * Whether a request header is one that browsers silently drop when a page sets it.
 *
 * @see https://fetch.spec.whatwg.org/#forbidden-request-header
 */
export function isForbiddenRequestHeader(name: string, value: string): boolean {
  if (isForbiddenRequestHeaderName(name)) return true;
  switch (name.toLowerCase()) {
    case 'x-http-method':
    case 'x-http-method-override':
    case 'x-method-override':
      return splitOutsideQuotes(value).some(isForbiddenMethod);
    default:
      return false;
  }
}

/** @see https://fetch.spec.whatwg.org/#header-value-get-decode-and-split */
function splitOutsideQuotes(value: string): readonly string[] {
  const members: string[] = [];
  let member = '';
  let quoted = false;
  for (let index = 0; index < value.length; index += 1) {
    const character = value.charAt(index);
    if (character === ',' && !quoted) {
      members.push(member);
      member = '';
      continue;
    }
    member += character;
    if (character === '"') quoted = !quoted;
    if (character === '\\' && quoted) {
      index += 1;
      member += value.charAt(index);
    }
  }
  return [...members, member].map(trimHttpWhitespace);
}

const DIGIT_ZERO = 0x30;
const DIGIT_NINE = 0x39;

/**
 * Whether a `Range` value is safelisted: `bytes=<start>-` or `bytes=<start>-<end>` without
 * whitespace, the start given and not after the end. `bytes=-500` is a valid range, but browsers
 * never sent it on their own.
 *
 * @see https://fetch.spec.whatwg.org/#simple-range-header-value
 */
export function isSafelistedRange(value: string): boolean {
  if (!value.startsWith('bytes=')) return false;
  const dash = endOfDigits(value, 6);
  if (dash === 6 || value.charAt(dash) !== '-') return false;
  const end = endOfDigits(value, dash + 1);
  if (end !== value.length) return false;
  return end === dash + 1 || isAtMost(value.slice(6, dash), value.slice(dash + 1));
}

function endOfDigits(value: string, start: number): number {
  let index = start;
  for (; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if (code < DIGIT_ZERO || code > DIGIT_NINE) break;
  }
  return index;
}

/** Decimal numbers of any length: up to 128 digits do not fit a JavaScript number. */
function isAtMost(a: string, b: string): boolean {
  return BigInt(a) <= BigInt(b);
}

/**
 * The essence (`type/subtype`, lower-cased) of a MIME type, or null when it does not parse.
 * Parameters are not looked at: no parameter makes parsing fail.
 *
 * @see https://mimesniff.spec.whatwg.org/#parse-a-mime-type
 */
export function mimeEssence(value: string): string | null {
  const trimmed = trimHttpWhitespace(value);
  const slash = trimmed.indexOf('/');
  if (slash === -1) return null;
  const semicolon = trimmed.indexOf(';', slash);
  const type = trimmed.slice(0, slash);
  const rest = trimmed.slice(slash + 1, semicolon === -1 ? undefined : semicolon);
  const subtype = trimHttpWhitespace(rest);
  // Only the end may be padded: `text/ plain` does not parse.
  if (!rest.startsWith(subtype)) return null;
  return isToken(type) && isToken(subtype) ? `${type}/${subtype}`.toLowerCase() : null;
}

/**
 * Whether Chromium lets a page set a header, with this value, without a preflight,
 * although the standard and every other browser require one: the older client hints, and what its
 * own interventions add (`IsCorsSafelistedHeader` in its `cors.cc`).
 */
function isChromiumClientHint(name: string, value: string): boolean {
  if (value.length > MAX_VALUE_BYTES) return false;
  switch (name.toLowerCase()) {
    case 'device-memory':
    case 'downlink':
    case 'dpr':
      return /^\d+(?:\.\d+)?$/.test(value);
    case 'rtt':
    case 'viewport-width':
    case 'width':
      return /^\d+$/.test(value);
    case 'ect':
      return ['slow-2g', '2g', '3g', '4g'].includes(value);
    case 'save-data':
      return value.toLowerCase() === 'on';
    case 'intervention':
      return true;
    default:
      return false;
  }
}

const MAX_SAFELISTED_BYTES = 1024;

/**
 * The names of the request headers that a server must allow: lower-cased, each once, sorted, as
 * they stand in `Access-Control-Request-Headers`.
 *
 * @see https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names
 */
export function unsafeRequestHeaderNames(
  headers: HeaderLines,
  browser: BrowserName,
): readonly string[] {
  const unsafe = new Set<string>();
  const safelisted = new Set<string>();
  let safelistedBytes = 0;
  for (const [name, value] of headers) {
    if (
      isSafelistedRequestHeader(name, value) ||
      (browser === 'chromium' && isChromiumClientHint(name, value))
    ) {
      safelisted.add(name.toLowerCase());
      safelistedBytes += value.length;
    } else {
      unsafe.add(name.toLowerCase());
    }
  }
  const names = safelistedBytes > MAX_SAFELISTED_BYTES ? [...unsafe, ...safelisted] : [...unsafe];
  return [...new Set(names)].toSorted();
}

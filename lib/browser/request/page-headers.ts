import { isToken } from '../../fetch/tokens.js';
import { printable } from '../../text/escape.js';
import type { Browser } from '../browser.js';
import type { Dialect } from '../dialect.js';
import type { HeaderLines } from '../http-exchange.js';
import type { Journal } from '../journal.js';
import { trimHttpWhitespace } from '../response/trim-http-whitespace.js';
import type { SimulateOptions } from '../simulate-options.js';
import type { RequestMode } from './fetch-request.js';
import { isForbiddenRequestHeader } from './forbidden-request-header.js';
import { isSafelistedRequestHeader } from './safelisted-request-header.js';

/** The headers that a page really sets, or why `fetch()` throws instead. */
export interface PageHeaders {
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

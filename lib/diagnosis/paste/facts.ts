import type { HeaderLines } from '../../browser/index.js';
import { isForbiddenRequestHeader } from '../../browser/http/request-headers.js';
import { isSerializedOrigin } from '../../fetch/origins.js';
import { isToken } from '../../fetch/tokens.js';

/** What every form of paste is read into: values that are what they should be, or nothing. */
export function tokenOf(value: string | undefined): string | undefined {
  return value !== undefined && isToken(value) ? value : undefined;
}

export function httpUrl(value: string | undefined): string | undefined {
  return value !== undefined && /^https?:\/\//i.test(value) && URL.canParse(value)
    ? value
    : undefined;
}

/** Also from an address, which proxies and people write in place of an origin. */
export function originOf(value: string | undefined): string | undefined {
  if (value === undefined || isSerializedOrigin(value)) return value;
  const url = httpUrl(value);
  return url === undefined ? undefined : new URL(url).origin;
}

/** The facts that stand in a request: those of the page, where it is a preflight. */
export interface RequestFacts {
  readonly origin?: string;
  readonly method?: string;
  readonly credentials?: true;
  readonly headers: HeaderLines;
  readonly forcePreflight?: true;
}

/** Headers that browsers and the developer tools add, and that no page needs to set. */
const ADDED =
  /^(?:accept|accept-language|user-agent|cache-control|pragma|priority|if-.*|x-client-data|upgrade-insecure-requests)$/i;

/** Reads a request: who sent it, with what, and which of its headers the page set. */
export function readRequest(method: string | undefined, lines: HeaderLines): RequestFacts {
  const find = (name: string) => lines.find(([other]) => other.toLowerCase() === name)?.[1];
  const origin = originOf(find('origin')) ?? originOf(httpUrl(find('referer')));
  const page = origin === undefined ? {} : { origin };
  const asked = tokenOf(find('access-control-request-method'));
  // No page sends OPTIONS itself: it is a preflight, even where its headers were not copied.
  if (method?.toUpperCase() === 'OPTIONS' || (method === undefined && asked !== undefined)) {
    const names = (find('access-control-request-headers') ?? '').split(',');
    return {
      ...page,
      ...(asked !== undefined && { method: asked }),
      headers: names
        .map((name) => name.trim())
        .filter(isToken)
        .map((name) => [name, valueFor(name)] as const),
      forcePreflight: true,
    };
  }
  return {
    ...page,
    ...(method !== undefined && { method }),
    ...(find('cookie') !== undefined && { credentials: true as const }),
    headers: lines.filter(
      ([name, value]) =>
        isToken(name) && !ADDED.test(name) && !isForbiddenRequestHeader(name, value),
    ),
  };
}

/** Messages and preflights do not name values; any that needs a preflight will do. */
export function valueFor(header: string): string {
  return header.toLowerCase() === 'content-type' ? 'application/json' : '"1"';
}

/** `name: value`; null when it is not a header. HTTP/2 has names such as `:method`. */
export function headerOf(line: string): readonly [string, string] | null {
  const colon = line.indexOf(':', 1);
  if (colon < 1) return null;
  const name = line.slice(0, colon).trim();
  return isToken(name.replace(/^:/, '')) ? [name, line.slice(colon + 1).trim()] : null;
}

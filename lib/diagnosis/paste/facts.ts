import type { HeaderLines } from '../../browser/index.js';
import { isForbiddenRequestHeader } from '../../browser/http/request-headers.js';
import { isSerializedOrigin } from '../../fetch/origins.js';
import { isToken } from '../../fetch/tokens.js';

/** What every form of paste is read into: values that are what they should be, or nothing. */
export function tokenOf(value: string | undefined): string | undefined {
  return value !== undefined && isToken(value) ? value : undefined;
}

export function httpUrl(value: string | undefined): string | undefined {
  return value !== undefined && /^https?:\/\//.test(value) && URL.canParse(value)
    ? value
    : undefined;
}

export function originOf(value: string | undefined): string | undefined {
  return value !== undefined && isSerializedOrigin(value) ? value : undefined;
}

/** The facts that stand in request headers. */
export interface RequestHeaderFacts {
  readonly origin?: string;
  readonly credentials?: true;
  readonly headers: HeaderLines;
}

/** Headers that browsers and the developer tools add, and that no page needs to set. */
const ADDED =
  /^(?:accept|accept-language|user-agent|cache-control|pragma|priority|if-.*|x-client-data|upgrade-insecure-requests)$/i;

/** Reads the headers of a request: who sent it, with what, and which of them the page set. */
export function readRequestHeaders(lines: HeaderLines): RequestHeaderFacts {
  const find = (name: string) => lines.find(([other]) => other.toLowerCase() === name)?.[1];
  const referrer = httpUrl(find('referer'));
  const origin =
    originOf(find('origin')) ?? (referrer === undefined ? undefined : new URL(referrer).origin);
  return {
    ...(origin !== undefined && { origin }),
    ...(find('cookie') !== undefined && { credentials: true as const }),
    headers: lines.filter(
      ([name, value]) =>
        isToken(name) && !ADDED.test(name) && !isForbiddenRequestHeader(name, value),
    ),
  };
}

/** `name: value`; null when it is not a header. HTTP/2 has names such as `:method`. */
export function headerOf(line: string): readonly [string, string] | null {
  const colon = line.indexOf(':', 1);
  if (colon < 1) return null;
  const name = line.slice(0, colon).trim();
  return isToken(name) ? [name, line.slice(colon + 1).trim()] : null;
}

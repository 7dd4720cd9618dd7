import { isToken } from '../../fetch/tokens.js';
import { loggable } from '../../text/escape.js';
import type { HeaderLines } from './http-exchange.js';

/** A list header such as `Access-Control-Allow-Methods`, read by its grammar. */
interface TokenList {
  readonly members: readonly string[];
  /** The first member that is not a token: it makes the whole header invalid. */
  readonly invalid: string | null;
}

/**
 * The headers of a response, read as the Fetch standard reads them.
 *
 * @see https://fetch.spec.whatwg.org/#concept-header-list
 */
export class HeaderList {
  private readonly lines: HeaderLines;

  constructor(lines: HeaderLines) {
    this.lines = lines.map(([name, value]) => [name.toLowerCase(), trimHttpWhitespace(value)]);
  }

  /** The values of all lines of a name. */
  values(name: string): readonly string[] {
    const lower = name.toLowerCase();
    return this.lines.filter(([other]) => other === lower).map(([, value]) => value);
  }

  /**
   * All lines of a name as one value, or null when there is none. Two equal lines give `a, a`:
   * that is why a header set twice fails the CORS check.
   *
   * @see https://fetch.spec.whatwg.org/#concept-header-list-get
   */
  get(name: string): string | null {
    const values = this.values(name);
    return values.length === 0 ? null : values.join(', ');
  }

  /**
   * A list of tokens; empty members are skipped. Null when the header is missing.
   *
   * @see https://fetch.spec.whatwg.org/#extract-header-list-values
   */
  tokens(name: string): TokenList | null {
    const values = this.values(name);
    if (values.length === 0) return null;
    const members = values
      .flatMap((value) => value.split(','))
      .map(trimHttpWhitespace)
      .filter((member) => member !== '');
    return { members, invalid: members.find((member) => !isToken(member)) ?? null };
  }

  /** Whether a list has a token, in whatever letter case. */
  lists(name: string, token: string): boolean {
    const lower = token.toLowerCase();
    return this.tokens(name)?.members.some((member) => member.toLowerCase() === lower) ?? false;
  }

  /** The names, lower-cased, each once and sorted, as `Headers` gives them to a page. */
  names(): readonly string[] {
    return [...new Set(this.lines.map(([name]) => name))].toSorted();
  }
}

/**
 * A header value without leading and trailing HTTP whitespace: tab, line feed, carriage return
 * and space, and nothing else.
 *
 * @see https://fetch.spec.whatwg.org/#concept-header-value-normalize
 */
export function trimHttpWhitespace(value: string): string {
  let start = 0;
  let end = value.length;
  while (start < end && isWhitespace(value.charCodeAt(start))) start += 1;
  while (end > start && isWhitespace(value.charCodeAt(end - 1))) end -= 1;
  return value.slice(start, end);
}

function isWhitespace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}

const MAX_LENGTH = 300;
const MAX_LINES = 20;

/**
 * The header lines of a response that matter to CORS, one string each. Safe to print: nothing but
 * printable ASCII, and no more than a person would read.
 */
export function printableHeaders(headers: HeaderLines): readonly string[] {
  const lines = headers.filter(([name]) => matters(name.toLowerCase()));
  const shown = lines
    .slice(0, MAX_LINES)
    .map(([name, value]) => loggable(`${name}: ${value}`, MAX_LENGTH));
  return lines.length > MAX_LINES
    ? [...shown, `... ${lines.length - MAX_LINES} more lines`]
    : shown;
}

function matters(name: string): boolean {
  return (
    name.startsWith('access-control-') ||
    name === 'vary' ||
    name === 'location' ||
    name === 'www-authenticate'
  );
}

import { isDecodable, upTo } from '../../policy/paths/normalize-path.js';

/** The options of Fastify's router that decide how far it reads. */
interface ReadingOptions {
  readonly caseSensitive?: boolean;
  readonly ignoreDuplicateSlashes?: boolean;
  readonly maxParamLength?: number;
  readonly useSemicolonDelimiter?: boolean;
}

/**
 * How far into a path the routes of a table reach. find-my-way decodes a path as a whole, and again for
 * each method. But without a wildcard a route matches nothing longer than its text and its parameters
 * may be, and a wildcard takes whatever follows: of a long path the first part decides, if any does.
 */
export class RouteReach {
  /** How many characters of a decoded path matter. */
  private longest = 0;
  private hasWildcard = false;
  private readonly maxParamLength: number;

  constructor(private readonly options: ReadingOptions) {
    // find-my-way's own default.
    this.maxParamLength = options.maxParamLength || 100;
  }

  /** @param path that of a route, as it was registered */
  add(path: string): void {
    const parameters = path.split(':').length - 1;
    // Some letters are two in lower case. The router may ignore a slash at the end: the character
    // behind it says whether it is the end.
    const length = path.toLowerCase().length + 2 + parameters * this.maxParamLength;
    this.longest = Math.max(this.longest, length);
    this.hasWildcard ||= path.endsWith('*');
  }

  /**
   * As much of the path of a target as the router has to read, once for all methods; undefined: no
   * route serves it.
   */
  pathOf(target: string): string | undefined {
    const path = this.wholePathOf(target);
    if (path === undefined) return undefined;
    // Decoded, no path is longer.
    const end = path.length <= this.longest ? undefined : this.endIn(path);
    if (end !== undefined && !this.hasWildcard) return undefined;
    if (path.includes('%') && !canDecode(path)) return undefined;
    if (end === undefined) return path;
    const first = path.slice(0, end);
    // The lower case of a final sigma depends on what follows.
    const isFolded = this.options.caseSensitive === false && /%ce%a3|\u03a3/i.test(first);
    return isFolded ? path : first;
  }

  /** Without query, and with single slashes where the router makes them so. */
  private wholePathOf(target: string): string | undefined {
    const { useSemicolonDelimiter = false, ignoreDuplicateSlashes = false } = this.options;
    const pathAndQuery = pathAndQueryOf(target);
    if (pathAndQuery === undefined) return undefined;
    const beforeQuery = upTo(upTo(pathAndQuery, '?'), '#');
    const path = useSemicolonDelimiter ? upTo(beforeQuery, ';') : beforeQuery;
    return ignoreDuplicateSlashes ? path.replace(/\/{2,}/g, '/') : path;
  }

  /** Where more characters follow than matter; undefined: there are no more. */
  private endIn(path: string): number | undefined {
    let characters = 0;
    for (let index = 0; index < path.length;) {
      const isEscape = path.charCodeAt(index) === PERCENT;
      // The bytes of one character stay together.
      if (!isEscape || !continues(path.charCodeAt(index + 1))) {
        if (characters === this.longest) return index;
        characters += 1;
      }
      index += isEscape ? 3 : 1;
    }
    return undefined;
  }
}

/** An error costs as much as to look at this many characters. */
const AN_ERROR = 1000;

/** Where it cannot, find-my-way throws and catches an error for each method. */
function canDecode(path: string): boolean {
  if (path.length <= AN_ERROR) return isDecodable(path);
  try {
    decodeURI(path);
    return true;
  } catch {
    return false;
  }
}

const PERCENT = 0x25;

/** Whether a byte, by its first digit, is one more of a character that began before. */
function continues(digit: number): boolean {
  return digit === 0x38 || digit === 0x39 || (digit & 0xdf) === 0x41 || (digit & 0xdf) === 0x42;
}

/** As find-my-way has it, which parses an absolute target again for each method. */
function pathAndQueryOf(target: string): string | undefined {
  if (!isRoutableTarget(target)) return undefined;
  if (target.startsWith('/')) return target;
  const authority = target.indexOf('://') + 3;
  const path = target.indexOf('/', authority);
  const query = target.indexOf('?', authority);
  if (path === authority || query === authority) return undefined;
  if (target.includes('#', authority) || !URL.canParse(target)) return undefined;
  if (path !== -1) return target.slice(path);
  return query === -1 ? '/' : `/${target.slice(query)}`;
}

/**
 * Whether Nest lets Fastify's router serve a request target: a path, or an absolute-form target of
 * `http` or `https` whose path the router reads in the same way. find-my-way would take any other
 * (`*users`) for a path, by skipping its first character; Nest's adapter answers 404.
 *
 * @see https://github.com/nestjs/nest/blob/master/packages/platform-fastify/adapters/fastify-adapter.ts
 * (`isRoutableRequestTarget`)
 */
export function isRoutableTarget(target: string): boolean {
  if (target.startsWith('/')) return true;
  const schemeEnd = target.indexOf('://');
  if (schemeEnd === -1) return false;
  const scheme = target.slice(0, schemeEnd).toLowerCase();
  if (scheme !== 'http' && scheme !== 'https') return false;
  // A query ends the authority: a later slash does not begin a path.
  const path = target.indexOf('/', schemeEnd + 3);
  const query = target.indexOf('?', schemeEnd + 3);
  return query === -1 || path === -1 || path < query;
}

import { parse, pathToRegexp, type Token } from 'path-to-regexp';

/** How Express's router reads paths: `case sensitive routing` and `strict routing`. */
export interface ExpressPathOptions {
  readonly caseSensitive: boolean;
  readonly strict: boolean;
}

/** What a registered path says about a request path. */
type PathVerdict = 'match' | 'miss' | 'malformed';

/** A path as it was registered on Express, compiled as the router compiles it. */
export class ExpressPathPattern {
  /** Made on first use: an application of a thousand routes starts in half the time. */
  private expressions: readonly RegExp[] | undefined;

  private constructor(
    /** The one path that it matches; the pattern has parameters or alternatives where absent. */
    readonly exact: string | undefined,
    /** Whole leading segments that all paths it matches begin with; empty: they share none. */
    readonly prefix: string,
    private readonly paths: readonly (string | RegExp)[],
    private readonly options: ExpressPathOptions,
  ) {}

  /** @throws {TypeError} where path-to-regexp cannot read the path: so does the router, at boot */
  static compile(
    path: string | RegExp | readonly (string | RegExp)[],
    options: ExpressPathOptions,
  ): ExpressPathPattern {
    if (typeof path !== 'string') {
      const paths = path instanceof RegExp ? [path] : path;
      const pattern = new ExpressPathPattern(undefined, '', paths, options);
      pattern.compiled();
      return pattern;
    }
    const { tokens } = parse(loosened(path, options));
    // Without the `u` flag, a RegExp folds case by rules of its own beyond ASCII: ask the RegExp.
    const isIndexable = options.caseSensitive || isAscii(path);
    if (isIndexable && tokens.every((token) => token.type === 'text')) {
      const exact = tokens.map((token) => token.value).join('');
      return new ExpressPathPattern(exact, '', [], options);
    }
    const prefix = isIndexable ? sharedPrefix(tokens) : '';
    const pattern = new ExpressPathPattern(undefined, prefix, [path], options);
    // Paths that may fail to compile fail now; the others are compiled when they are first tested.
    if (!isPlain(tokens)) pattern.compiled();
    return pattern;
  }

  /**
   * `malformed`: the path matches, and a parameter has no valid percent-encoding. The router answers
   * 400 then, and looks at no later route, even if this route is for another method.
   */
  test(path: string): PathVerdict {
    for (const expression of this.compiled()) {
      expression.lastIndex = 0;
      const match = expression.exec(path);
      if (match === null) continue;
      // A path without a percent sign has nothing that could fail to decode.
      return !path.includes('%') || match.every((value, index) => index === 0 || isDecodable(value))
        ? 'match'
        : 'malformed';
    }
    return 'miss';
  }

  private compiled(): readonly RegExp[] {
    this.expressions ??= this.paths.map((path) => expressionOf(path, this.options));
    return this.expressions;
  }
}

function expressionOf(path: string | RegExp, options: ExpressPathOptions): RegExp {
  // A copy: the `lastIndex` of a RegExp with `g` or `y` is state that it shares with the router.
  if (path instanceof RegExp) return new RegExp(path);
  return pathToRegexp(loosened(path, options), {
    sensitive: options.caseSensitive,
    trailing: !options.strict,
  }).regexp;
}

/** Whether parameters are all apart, and none is optional: such a path can always be compiled. */
function isPlain(tokens: readonly Token[]): boolean {
  return tokens.every((token, index) => {
    if (token.type === 'group') return false;
    return token.type === 'text' || index === 0 || tokens[index - 1]?.type === 'text';
  });
}

/** As the router does, so that `/users/` and `/users` are one path unless routing is strict. */
function loosened(path: string, { strict }: ExpressPathOptions): string {
  return strict || path === '/' ? path : path.replace(/\/+$/, '');
}

function isDecodable(value: string | undefined): boolean {
  // Groups that took no part in the match are absent.
  if (value === undefined || !value.includes('%')) return true;
  try {
    decodeURIComponent(value);
    return true;
  } catch {
    return false;
  }
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

/**
 * The whole leading segments that every path matched by these tokens begins with: `/api/users` of
 * `/api/users/:id`, of `/api/users{/:id}` and of `/api/users/*rest`; empty where they share none.
 */
export function sharedPrefix(tokens: readonly Token[]): string {
  let text = '';
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'text') {
      text += token.value;
    } else {
      const isWhole = startsSegment(tokens.slice(index));
      const prefix = isWhole ? text : text.slice(0, Math.max(text.lastIndexOf('/'), 0));
      return prefix.startsWith('/') ? prefix : '';
    }
  }
  return text;
}

/** Whether whatever these tokens match is nothing, or begins with a slash. */
function startsSegment(tokens: readonly Token[]): boolean {
  for (const token of tokens) {
    if (token.type === 'text') return token.value.startsWith('/');
    if (token.type !== 'group') return false;
    const [first] = token.tokens;
    if (first?.type !== 'text' || !first.value.startsWith('/')) return false;
  }
  return true;
}

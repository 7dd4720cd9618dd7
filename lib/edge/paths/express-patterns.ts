import { parse, pathToRegexp, TokenData, type Token } from 'path-to-regexp';
import { ANY, EMPTY, literal, type PathPattern, type PathSegment } from './path-pattern.js';
import { EVERYTHING, nameless, REST, type RoutePatterns } from './route-patterns.js';

/** More ways than Express itself takes. */
const MOST_WAYS = 256;

/** A path as Express has it. */
export function expressPatterns(path: string, strict: boolean): RoutePatterns {
  const loosened = strict || path === '/' ? path : path.replace(/\/+$/, '');
  let sequences: readonly (readonly FlatToken[])[];
  try {
    sequences = flatten(parse(loosened).tokens);
  } catch {
    return { patterns: [], isExact: true, beside: [] };
  }
  if (sequences.length > MOST_WAYS) return EVERYTHING;
  let isExact = true;
  const patterns = sequences.flatMap((tokens) => {
    const [first] = tokens;
    // Without a slash it matches nothing that is requested.
    if (first === undefined) return [[EMPTY]];
    if (first.type !== 'text' || !first.value.startsWith('/')) {
      isExact = false;
      return [REST];
    }
    const read = expressSegments(tokens);
    isExact &&= read.isExact;
    // Nobody can request it as it is written, and Express decodes nothing.
    if (read.pattern.some((one) => one.kind === 'literal' && UNSENT.test(one.text))) return [];
    const ends = read.pattern.at(-1)?.kind === 'rest' || strict;
    return ends ? [read.pattern] : [read.pattern, [...read.pattern, EMPTY]];
  });
  return { patterns, isExact, beside: [] };
}

/** What ends a line of a request. */
const UNSENT = /[^!-~\u0080-\uffff]/;

type FlatToken = Exclude<Token, { type: 'group' }>;

function flatten(tokens: readonly Token[]): readonly (readonly FlatToken[])[] {
  let ways: readonly (readonly FlatToken[])[] = [[]];
  for (const token of tokens) {
    if (token.type === 'group') {
      const inside = flatten(token.tokens);
      ways = ways.flatMap((way) => [...inside.map((more) => [...way, ...more]), way]);
    } else ways = ways.map((way) => [...way, token]);
    if (ways.length > MOST_WAYS) return ways;
  }
  return ways;
}

/** A whole path, cut at its slashes. */
function expressSegments(tokens: readonly FlatToken[]): { pattern: PathPattern; isExact: boolean } {
  const segments: FlatToken[][] = [];
  for (const token of tokens) {
    if (token.type !== 'text') {
      segments.at(-1)?.push(token);
      continue;
    }
    const [before = '', ...later] = token.value.split('/');
    if (before !== '') segments.at(-1)?.push({ type: 'text', value: before });
    for (const value of later) segments.push(value === '' ? [] : [{ type: 'text', value }]);
  }
  const pattern: PathSegment[] = [];
  for (const [index, segment] of segments.entries()) {
    const [first] = segment;
    const isAlone = segment.length === 1;
    if (segment.some(({ type }) => type === 'wildcard')) {
      const isOnly = tokens.filter(({ type }) => type === 'wildcard').length === 1;
      // A wildcard beside text, or a second one: from here on anything may be.
      if (!isAlone || !isOnly) {
        return { pattern: [...pattern, { kind: 'rest', filled: false }], isExact: false };
      }
      pattern.push({ kind: 'rest', filled: true });
    } else if (first === undefined) pattern.push(EMPTY);
    else if (isAlone && first.type === 'text') pattern.push(literal(first.value));
    else if (isAlone && hasOwnSegment(segments, index)) pattern.push(ANY);
    else pattern.push(mixedOf(segment));
  }
  return { pattern, isExact: true };
}

function hasOwnSegment(segments: readonly (readonly FlatToken[])[], index: number): boolean {
  return segments[index]?.length === 1;
}

/** A segment of parameters and text, as Express itself makes an expression of it. */
function mixedOf(tokens: readonly FlatToken[]): PathSegment {
  const { source } = pathToRegexp(new TokenData([{ type: 'text', value: '/' }, ...tokens]), {
    trailing: false,
  }).regexp;
  const inner = source
    .replace(/^\^\(\?:\\?\//, '')
    .replace(/\)\$$/, '')
    .replaceAll('\\/', '/')
    .replace(/(\\.)|\((?!\?)/g, (_, escaped?: string) => escaped ?? '(?:');
  const written = tokens
    .map((token) => (token.type === 'text' ? token.value : `:${token.name}`))
    .join('');
  const withValues = (values: readonly string[]) => {
    let next = 0;
    return tokens
      .map((token) =>
        token.type === 'text' ? token.value : (values[next++ % values.length] ?? ''),
      )
      .join('');
  };
  return {
    kind: 'any',
    empty: false,
    rules: [
      {
        written: nameless(written),
        source: inner,
        looksAround: inner.includes('(?!'),
        implied: undefined,
        measured: undefined,
        characters: tokens.map((token) => (token.type === 'text' ? token.value : '')).join(''),
        samples: [withValues(['x7q', 'x8q']), withValues(['7', '8']), withValues(['~'])],
      },
    ],
  };
}

import { parse, pathToRegexp, TokenData, type Token } from 'path-to-regexp';
import { escapeExpression } from '../expression.js';
import { printRegExp } from '../print-regexp.js';
import {
  ANY,
  ANY_OR_EMPTY,
  EMPTY,
  literal,
  type PathPattern,
  type PathSegment,
} from './path-pattern.js';

/** A path of a route as patterns. */
export interface RoutePatterns {
  /** The paths that the router gives to the route, at least. */
  readonly patterns: readonly PathPattern[];
  /** Whether it gets no others. */
  readonly isExact: boolean;
  /** Paths of which the router does something else than with those beside them: none is given to it. */
  readonly beside: readonly PathPattern[];
}

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

const REST: PathPattern = [{ kind: 'rest', filled: false }];
const EVERYTHING: RoutePatterns = { patterns: [REST], isExact: false, beside: [] };

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
        characters: tokens.map((token) => (token.type === 'text' ? token.value : '')).join(''),
        samples: [withValues(['x7q', 'x8q']), withValues(['7', '8']), withValues(['~'])],
      },
    ],
  };
}

/** Names of parameters make no difference. */
function nameless(written: string): string {
  return written.replace(/:\w+/g, ':any');
}

/** How Fastify reads the end of a path. */
export interface FastifyPathOptions {
  readonly ignoreTrailingSlash: boolean;
  readonly ignoreDuplicateSlashes: boolean;
}

/** A path as Fastify has it. */
export function fastifyPatterns(path: string, options: FastifyPathOptions): RoutePatterns {
  const optional = /(\/:[^/()]*?)\?(\/?)/.exec(path);
  const written =
    optional === null
      ? [path]
      : [
          path.replace(optional[0], `${optional[1]}${optional[2]}`),
          path.replace(optional[0], optional[2] ?? '') || '/',
        ];
  const all = written.map((one) => fastifyPattern(one, options));
  return {
    patterns: all.flatMap(({ patterns }) => patterns),
    isExact: all.every(({ isExact }) => isExact),
    beside: all.flatMap(({ beside }) => beside),
  };
}

function fastifyPattern(path: string, options: FastifyPathOptions): RoutePatterns {
  let whole = options.ignoreDuplicateSlashes ? path.replace(/\/{2,}/g, '/') : path;
  if (options.ignoreTrailingSlash && whole.length > 1) whole = whole.replace(/\/$/, '');
  if (whole === '*') whole = '/*';
  if (!whole.startsWith('/')) return EVERYTHING;
  const pattern: PathSegment[] = [];
  /** The same, where parameters may be empty: the router takes it, and Nest's adapter turns it away. */
  const beside: PathSegment[] = [];
  let isExact = true;
  for (const part of splitFastify(whole.slice(1))) {
    if (part.endsWith('*')) {
      const isAlone = part === '*';
      const rest: PathSegment = { kind: 'rest', filled: isAlone && options.ignoreTrailingSlash };
      return {
        patterns: [[...pattern, rest]],
        isExact: isAlone && isExact,
        beside: [[...beside, rest]],
      };
    }
    const read = hasParameter(part) ? fastifySegment(part) : literalSegments(part);
    isExact &&= read !== undefined;
    pattern.push(read?.filled ?? ANY);
    beside.push(read?.empty ?? ANY_OR_EMPTY);
  }
  const isLoose = options.ignoreTrailingSlash;
  return {
    patterns: isLoose ? [pattern, [...pattern, EMPTY]] : [pattern],
    isExact,
    beside: isLoose ? [beside, [...beside, EMPTY]] : [beside],
  };
}

interface FastifySegment {
  readonly filled: PathSegment;
  readonly empty: PathSegment;
}

function literalSegments(part: string): FastifySegment {
  const segment = literal(part.replaceAll('::', ':'));
  return { filled: segment, empty: segment };
}

/** At slashes outside of parentheses. */
function splitFastify(path: string): readonly string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const character of path) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === '/' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}

function hasParameter(part: string): boolean {
  return part.replaceAll('::', '').includes(':');
}

const ALL_CHARACTERS = Array.from({ length: 95 }, (_, index) =>
  String.fromCharCode(32 + index),
).join('');

/**
 * A segment with parameters, as find-my-way makes an expression of it; undefined: not in the
 * dialect of the edge.
 */
function fastifySegment(part: string): FastifySegment | undefined {
  if (/^:\w+$/.test(part)) return { filled: ANY, empty: ANY_OR_EMPTY };
  const first = part.replaceAll('::', '\u0001').indexOf(':');
  const start = part.slice(0, first);
  const pieces: { expression: string | undefined; text: string }[] = [];
  const PIECE = /:[^-.(:]*(\((?:[^()]|\([^()]*\))*\))?((?:[^:]|::)*)/gy;
  PIECE.lastIndex = first;
  for (let match = PIECE.exec(part); match !== null; match = PIECE.exec(part)) {
    pieces.push({ expression: match[1], text: (match[2] ?? '').replaceAll('::', ':') });
    if (PIECE.lastIndex === part.length) break;
  }
  if (pieces.length === 0) return undefined;
  const sourceOf = (isFilled: boolean): string | undefined => {
    let source = escapeExpression(start.replaceAll('::', ':'));
    let before: string | undefined;
    for (const { expression, text } of pieces) {
      if (expression !== undefined) {
        const written = expression.slice(1, -1).replace(/^\^/, '').replace(/\$$/, '');
        const printed = printRegExp({ source: `^(?:${written})$`, flags: '' });
        if (printed === undefined || printed.looksAround) return undefined;
        source += `(?:${printed.source.slice(1, -1)})`;
      } else if (before === undefined) source += isFilled ? '[^/]+' : '[^/]*';
      else {
        const rest =
          before.length === 1
            ? `[^/${before.replace(/[\^\]\\-]/g, '\\$&')}]`
            : `(?:(?!${escapeExpression(before)})[^/])`;
        source += `(?:${escapeExpression(before)}|${rest}${isFilled ? '+' : '*'})`;
      }
      source += escapeExpression(text);
      before = expression === undefined ? text : undefined;
    }
    return source;
  };
  const [filled, empty] = [sourceOf(true), sourceOf(false)];
  if (filled === undefined || empty === undefined) return undefined;
  const samplesOf = (values: readonly string[]) =>
    start + pieces.map(({ text }, index) => `${values[index % values.length]}${text}`).join('');
  const written = nameless(part);
  const texts = start + pieces.map(({ text }) => text).join('');
  const hasExpression = pieces.some(({ expression }) => expression !== undefined);
  const characters = hasExpression ? ALL_CHARACTERS : texts;
  const rule = (source: string, name: string, samples: readonly string[]): PathSegment => ({
    kind: 'any',
    empty: false,
    rules: [{ written: name, source, looksAround: source.includes('(?!'), samples, characters }],
  });
  return {
    filled: rule(filled, written, [
      samplesOf(['x7q', 'x8q']),
      samplesOf(['7', '8']),
      samplesOf(['a']),
      samplesOf(['00000000-0000-4000-8000-000000000000']),
      samplesOf(['2024-01-01']),
    ]),
    empty: rule(empty, `${written}, perhaps empty`, [
      samplesOf(['', 'x7q']),
      samplesOf(['x7q', '']),
      samplesOf(['']),
    ]),
  };
}

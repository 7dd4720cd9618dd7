import { escapeExpression, matcherOf } from '../expression.js';
import { printRegExp } from '../print-regexp.js';
import {
  ANY,
  ANY_OR_EMPTY,
  EMPTY,
  ESCAPED_UNIT,
  literal,
  type PathSegment,
  type SegmentRule,
  UNIT,
} from './path-pattern.js';
import { spelledSource } from './spelled-text.js';
import { EVERYTHING, nameless, type RoutePatterns } from './route-patterns.js';

/** How Fastify reads the end of a path. */
export interface FastifyPathOptions {
  readonly ignoreTrailingSlash: boolean;
  readonly ignoreDuplicateSlashes: boolean;
  /** How long a parameter may be, if that is measured. */
  readonly longest: number | undefined;
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
      // The root keeps its slash: `/*` takes it, when `/a/*` takes no `/a/`.
      const isTrimmed = options.ignoreTrailingSlash && pattern.length > 0;
      const rest: PathSegment = { kind: 'rest', filled: isAlone && isTrimmed };
      return {
        patterns: [[...pattern, rest]],
        isExact: isAlone && isExact,
        beside: [[...beside, rest]],
      };
    }
    const read = hasParameter(part) ? fastifySegment(part, options.longest) : literalSegments(part);
    isExact &&= read !== undefined;
    pattern.push(read?.filled ?? WHATEVER);
    beside.push(read?.empty ?? WHATEVER);
  }
  const isLoose = options.ignoreTrailingSlash;
  return {
    patterns: isLoose ? [pattern, [...pattern, EMPTY]] : [pattern],
    isExact,
    beside: isLoose ? [beside, [...beside, EMPTY]] : [beside],
  };
}

/** A segment that cannot be said: also one that is longer than a parameter may be. */
const WHATEVER: PathSegment = {
  kind: 'any',
  empty: false,
  rules: [
    {
      written: ':any, of any length',
      source: '[^/]*',
      measured: undefined,
      looksAround: false,
      implied: undefined,
      samples: [],
      characters: '',
    },
  ],
};

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

/** A character of a parameter, but for one. */
function unitWithout(character: string, most: number | undefined): string {
  const escaped = character.replace(/[\^\]\\-]/g, '\\$&');
  return most === undefined ? `[^/${escaped}]` : `(?:[^/%${escaped}]|${ESCAPED_UNIT})`;
}

/**
 * A segment with parameters, as find-my-way makes an expression of it; undefined: not in the
 * dialect of the edge.
 */
function fastifySegment(part: string, longest: number | undefined): FastifySegment | undefined {
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
  const texts = start + pieces.map(({ text }) => text).join('');
  const hasExpression = pieces.some(({ expression }) => expression !== undefined);
  const isWhole = pieces.length === 1 && texts === '';
  // Where the parameter of an expression ends, only the expression knows.
  if (hasExpression && longest !== undefined && !isWhole) return undefined;
  const sourceOf = (isFilled: boolean, most: number | undefined): string | undefined => {
    const many = isFilled ? '+' : '*';
    const count = most === undefined ? many : `{${isFilled ? 1 : 0},${most}}`;
    const unit = most === undefined ? '[^/]' : UNIT;
    let source = spelledSource(start.replaceAll('::', ':'));
    let before: string | undefined;
    for (const { expression, text } of pieces) {
      if (expression !== undefined) {
        const written = expression.slice(1, -1).replace(/^\^/, '').replace(/\$$/, '');
        const printed = printRegExp({ source: `^(?:${written})$`, flags: '' });
        // Nest's adapter turns away what is empty, whatever the expression takes.
        if (printed === undefined || printed.looksAround || matcherOf(printed)(''))
          return undefined;
        const ahead = most === undefined ? '' : `(?=${UNIT}{1,${most}}(?:/|$))`;
        source += `${ahead}(?:${printed.source.slice(1, -1)})`;
      } else if (before === undefined) source += unit + count;
      else {
        const spelled = spelledSource(before);
        const isPlain = before.length === 1 && spelled === escapeExpression(before);
        const rest = isPlain ? unitWithout(before, most) : `(?:(?!${spelled})${unit})`;
        source += `(?:${spelled}|${rest}${count})`;
      }
      source += spelledSource(text);
      before = expression === undefined ? text : undefined;
    }
    return source;
  };
  const [filled, empty] = [sourceOf(true, undefined), sourceOf(false, undefined)];
  if (filled === undefined || empty === undefined) return undefined;
  const samplesOf = (values: readonly string[]) =>
    encodeURI(
      start + pieces.map(({ text }, index) => `${values[index % values.length]}${text}`).join(''),
    );
  const written = nameless(part);
  const characters = hasExpression ? ALL_CHARACTERS : texts;
  const looser = filled === empty ? undefined : `${written}, perhaps empty`;
  const rule = (
    isFilled: boolean,
    source: string,
    implied: string | undefined,
    samples: readonly string[],
  ): PathSegment => {
    const measured = longest === undefined ? undefined : sourceOf(isFilled, longest);
    const only: SegmentRule = {
      written: isFilled ? written : `${written}, perhaps empty`,
      source,
      measured: measured === undefined ? undefined : { source: measured, count: pieces.length },
      looksAround: /\(\?[!=]/.test(measured ?? source),
      implied,
      samples,
      characters,
    };
    return { kind: 'any', empty: false, rules: [only] };
  };
  const own = rule(true, filled, looser, [
    samplesOf(['x7q', 'x8q']),
    samplesOf(['7', '8']),
    samplesOf(['a']),
    samplesOf(['00000000-0000-4000-8000-000000000000']),
    samplesOf(['2024-01-01']),
  ]);
  // No expression takes what is empty.
  if (looser === undefined) return { filled: own, empty: own };
  return {
    filled: own,
    empty: rule(false, empty, undefined, [
      samplesOf(['', 'x7q']),
      samplesOf(['x7q', '']),
      samplesOf(['']),
    ]),
  };
}

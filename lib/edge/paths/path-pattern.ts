import { printable } from '../../text/escape.js';
import { escapeExpression, type Expression, expression } from '../expression.js';
import { decodedSource, inAnyCase, UNRESERVED } from './spelled-text.js';

/** Paths, segment by segment. */
export type PathPattern = readonly PathSegment[];

export type PathSegment =
  /** A text; empty: two slashes follow each other, or one is the last character. */
  | { readonly kind: 'literal'; readonly text: string; readonly folds: boolean }
  /** A segment that all of these rules hold for; without rules, perhaps an empty one. */
  | { readonly kind: 'any'; readonly rules: readonly SegmentRule[]; readonly empty: boolean }
  /** One or more segments; not a single empty one, where `filled`. */
  | { readonly kind: 'rest'; readonly filled: boolean };

/** What a segment looks like that has parameters and text, or an expression for its parameter. */
export interface SegmentRule {
  /** As it is written: `:a-:b`. */
  readonly written: string;
  /** Not anchored. */
  readonly source: string;
  /** The same with parameters as long as they may be, and how many of them there are. */
  readonly measured: { readonly source: string; readonly count: number } | undefined;
  readonly looksAround: boolean;
  /** Segments that it holds for. */
  readonly samples: readonly string[];
  /** As a rule is written that holds wherever this one does; undefined: none is known. */
  readonly implied: string | undefined;
  /** The characters that it asks for by name, or all that it may ask for. */
  readonly characters: string;
}

export function literal(text: string, folds = false): PathSegment {
  return { kind: 'literal', text, folds };
}

export const ANY: PathSegment = { kind: 'any', rules: [], empty: false };
export const ANY_OR_EMPTY: PathSegment = { ...ANY, empty: true };
export const EMPTY: PathSegment = literal('');

/** How the segments of a router's paths are read, and said. */
export interface SegmentReading {
  readonly caseSensitive: boolean;
  /** How long a parameter may be, of a decoded path; undefined: as long as it likes. */
  readonly longest: number | undefined;
  /** A text of a route as requests have it: browsers encode some characters. */
  readonly spell: (text: string) => string;
  /** Whether the escape of a character that browsers do not encode stands for it. */
  readonly escapes?: boolean;
}

/** One name for each pattern. */
export function keyOf(pattern: PathPattern): string {
  return pattern.map(segmentKey).join('/');
}

function segmentKey(segment: PathSegment): string {
  switch (segment.kind) {
    case 'literal':
      return segment.folds ? `~${lowerCase(segment.text)}` : `=${segment.text}`;
    case 'any':
      return `:${segment.rules.map(({ written }) => written).join('&')}${segment.empty ? '?' : ''}`;
    case 'rest':
      return segment.filled ? '**' : '*';
  }
}

/** As people write paths. */
export function shown(pattern: PathPattern): string {
  const parts = pattern.map((segment) => {
    if (segment.kind === 'literal') return segment.text;
    if (segment.kind === 'rest') return '*';
    return segment.rules.map(({ written }) => written).join(' and ') || ':any';
  });
  return printable(`/${parts.join('/')}`);
}

/** Of letters in ASCII alone, as routers have it. */
export function lowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** The literal segments that all paths begin with, in lower case, as requests have them. */
export function prefixOf(
  pattern: PathPattern,
  { spell }: Pick<SegmentReading, 'spell'>,
): readonly string[] {
  const end = pattern.findIndex(({ kind }) => kind !== 'literal');
  const segments = end === -1 ? pattern : pattern.slice(0, end);
  return segments.map((one) => (one.kind === 'literal' ? spell(one.text).toLowerCase() : ''));
}

/** The segments that a look-up finds all paths by, whose letter case makes no difference to it. */
export function sharedPrefix(pattern: PathPattern, reading: SegmentReading): readonly string[] {
  const end = pattern.findIndex((segment) => !isFound(segment, reading));
  return prefixOf(end === -1 ? pattern : pattern.slice(0, end), reading);
}

/** Whether a table finds a segment, whatever its letter case. */
export function isFound(segment: PathSegment, { caseSensitive, spell }: SegmentReading): boolean {
  if (segment.kind !== 'literal' || segment.text === '') return false;
  if (spell(segment.text) !== segment.text) return false;
  // An escape in a key may come as the character itself.
  if (segment.folds && segment.text.includes('%')) return false;
  return !caseSensitive || (!segment.folds && segment.text === lowerCase(segment.text));
}

/** More pieces than any application has, and none beyond; each is a region of its own. */
export const MOST_PIECES = 64;

/** The paths that both patterns have: as several patterns, where rests are cut in several ways. */
export function intersection(
  one: PathPattern,
  other: PathPattern,
  reading: SegmentReading,
): readonly PathPattern[] {
  const found = new Map<string, PathPattern>();
  unify(one, other, [], reading, (pattern) => {
    if (found.size < MOST_PIECES) found.set(keyOf(pattern), pattern);
  });
  return [...found.values()];
}

function unify(
  one: PathPattern,
  other: PathPattern,
  before: PathPattern,
  reading: SegmentReading,
  add: (pattern: PathPattern) => void,
): void {
  const [x, ...oneRest] = one;
  const [y, ...otherRest] = other;
  if (x === undefined || y === undefined) {
    if (x === y) add(before);
    return;
  }
  if (x.kind === 'rest' && y.kind === 'rest') {
    const both: PathSegment = { kind: 'rest', filled: x.filled || y.filled };
    unify(oneRest, otherRest, [...before, both], reading, add);
    if (otherRest.length > 0) unify([LATER, ...oneRest], otherRest, [...before, y], reading, add);
    if (oneRest.length > 0) unify(oneRest, [LATER, ...otherRest], [...before, x], reading, add);
    return;
  }
  if (x.kind === 'rest') {
    const isEmpty = y.kind === 'literal' && y.text === '';
    // What is left of it may be empty: a slash is part of it by then.
    unify([LATER, ...oneRest], otherRest, [...before, y], reading, add);
    const last = x.filled && y.kind === 'any' ? { ...y, empty: false } : y;
    if (!(isEmpty && x.filled)) unify(oneRest, otherRest, [...before, last], reading, add);
    return;
  }
  if (y.kind === 'rest') return unify(other, one, before, reading, add);
  const segment = unifySegments(x, y, reading);
  if (segment !== undefined) unify(oneRest, otherRest, [...before, segment], reading, add);
}

const LATER: PathSegment = { kind: 'rest', filled: false };

function unifySegments(
  x: Exclude<PathSegment, { kind: 'rest' }>,
  y: Exclude<PathSegment, { kind: 'rest' }>,
  reading: SegmentReading,
): PathSegment | undefined {
  if (x.kind === 'any' && y.kind === 'any') {
    const rules = new Map([...x.rules, ...y.rules].map((rule) => [rule.written, rule]));
    for (const { implied } of rules.values()) {
      if (implied !== undefined) rules.delete(implied);
    }
    const sorted = [...rules.values()].toSorted((a, b) => (a.written < b.written ? -1 : 1));
    return { kind: 'any', rules: sorted, empty: x.empty && y.empty };
  }
  if (x.kind === 'any') return unifySegments(y, x, reading);
  if (y.kind === 'any') {
    const matches = segmentMatcher(y, reading);
    return matches(reading.spell(x.text)) ? x : undefined;
  }
  if (!x.folds && !y.folds) return x.text === y.text ? x : undefined;
  if (lowerCase(x.text) !== lowerCase(y.text)) return undefined;
  return x.folds ? y : x;
}

function segmentMatcher(segment: PathSegment, reading: SegmentReading) {
  const regexp = new RegExp(
    `^${segmentSource(segment, reading)}$`,
    reading.caseSensitive ? '' : 'i',
  );
  return (text: string) => regexp.test(text);
}

/**
 * A pattern as an expression for whole paths.
 *
 * @param slash whether one slash more at the end makes no difference
 */
export function pathExpression(
  pattern: PathPattern,
  reading: SegmentReading,
  slash = false,
): Expression {
  const measured = isTooLarge(pattern, reading) ? { ...reading, longest: undefined } : reading;
  const source = pattern.map((segment) => `/${segmentSource(segment, measured)}`).join('');
  const looksAround = pattern.some(
    (segment) =>
      segment.kind === 'any' &&
      (segment.rules.length > 1 || segment.rules.some((rule) => rule.looksAround)),
  );
  return expression(`^${source}${slash ? '/?' : ''}$`, {
    ignoreCase: !reading.caseSensitive,
    looksAround,
  });
}

/** A pattern for all paths of another one, and perhaps more, that looks neither ahead nor behind. */
export function withoutLooking(pattern: PathPattern): PathPattern {
  return pattern.map((segment) => {
    if (segment.kind !== 'any') return segment;
    const { rules } = segment;
    const looks = rules.length > 1 || rules.some(({ looksAround }) => looksAround);
    return looks ? { ...segment, rules: [] } : segment;
  });
}

/** One character of a decoded path: a parameter is measured in these. What cannot be decoded is not asked about. */
export const ESCAPED_UNIT = '%[^89ABab].(?:%[89ABab].)*';
export const UNIT = `(?:[^/%]|${ESCAPED_UNIT})`;

/** Longer parameters are not measured: each character of the limit makes an expression longer. */
export const LONGEST_MEASURED = 100;
/** PCRE has room for 64 KB in an expression: four parameters that may be as long as Fastify lets them be. */
const MOST_MEASURED = 4;

function countMeasured(segment: PathSegment): number {
  if (segment.kind !== 'any') return 0;
  const counts = segment.rules.map(({ measured }) => measured?.count ?? 0);
  return counts.length === 0 ? 1 : counts.reduce((sum, count) => sum + count, 0);
}

/** Whether more parameters would have to be measured than an expression can say. */
export function isTooLarge(pattern: PathPattern, { longest }: SegmentReading): boolean {
  if (longest === undefined) return false;
  return pattern.reduce((sum, segment) => sum + countMeasured(segment), 0) > MOST_MEASURED;
}

function segmentSource(segment: PathSegment, reading: SegmentReading): string {
  switch (segment.kind) {
    case 'literal':
      return literalSource(segment, reading);
    case 'rest':
      return segment.filled ? '.+' : '.*';
    case 'any': {
      const { longest } = reading;
      const sources = segment.rules.map(({ source, measured }) =>
        longest === undefined ? source : (measured?.source ?? source),
      );
      if (sources.length === 1) return sources.join('');
      const ahead = sources.map((source) => `(?=${source}(?:/|$))`).join('');
      const isMeasured = longest !== undefined && sources.length === 0;
      if (isMeasured) return `${UNIT}{${segment.empty ? 0 : 1},${longest}}`;
      return `${ahead}[^/]${segment.empty ? '*' : '+'}`;
    }
  }
}

function literalSource(
  { text, folds: isKey }: Extract<PathSegment, { kind: 'literal' }>,
  { spell, escapes, caseSensitive }: SegmentReading,
): string {
  const folds = isKey && caseSensitive;
  const spelled = spell(text);
  // Who decodes takes the escape and the character for the same.
  const decodes = isKey || spell === encodeURI;
  const sources = Array.from(spelled.matchAll(/%[\da-f]{2}|./gis), ([character]) => {
    if (character.length === 3) return decodes ? decodedSource(character) : inAnyCase(character);
    const itself = folds ? inAnyCase(character) : escapeExpression(character);
    if (escapes !== true || !UNRESERVED.test(character)) return itself;
    const cases =
      caseSensitive && !folds
        ? [character]
        : new Set([character.toLowerCase(), character.toUpperCase()]);
    const codes = Array.from(cases, (each) => `|%${inAnyCase(each.charCodeAt(0).toString(16))}`);
    return `(?:${itself}${codes.join('')})`;
  });
  return sources.join('');
}

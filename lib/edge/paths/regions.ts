import { matcherOf } from '../expression.js';
import {
  ANY,
  EMPTY,
  intersection,
  keyOf,
  literal,
  lowerCase,
  MOST_PIECES,
  type PathPattern,
  pathExpression,
  prefixOf,
  sharedPrefix,
  type SegmentReading,
} from './path-pattern.js';

/** Paths that the same patterns match: all of a pattern but those of the regions within it. */
export interface Region {
  readonly key: string;
  readonly pattern: PathPattern;
  /** A path of it; undefined: none was found, and perhaps there is none. */
  readonly sample: string | undefined;
  /** Whether the pattern matches a path, those of the regions within it included. */
  readonly matches: (path: string) => boolean;
}

/** Beyond these, paths overlap in more ways than a configuration should say, or anybody should wait for. */
const MOST_REGIONS = 50_000;
const MOST_COMPARISONS = 5_000_000;

/**
 * The regions of some patterns, closed under intersection, the most specific first: of those that match
 * a path, the first is its region.
 *
 * @returns undefined where there are too many
 */
export function regionsOf(
  patterns: readonly PathPattern[],
  reading: SegmentReading,
): readonly Region[] | undefined {
  const index = new PatternIndex(reading);
  const waiting = patterns.map((pattern) => (reading.caseSensitive ? pattern : inOneCase(pattern)));
  let comparisons = 0;
  for (let pattern = waiting.pop(); pattern !== undefined; pattern = waiting.pop()) {
    if (index.has(pattern)) continue;
    for (const other of index.compatible(pattern)) {
      comparisons += 1;
      if (comparisons > MOST_COMPARISONS) return undefined;
      const pieces = intersection(pattern, other, reading);
      if (pieces.length === MOST_PIECES) return undefined;
      for (const both of pieces) {
        if (!index.has(both)) waiting.push(both);
      }
    }
    index.add(pattern);
    if (index.size > MOST_REGIONS) return undefined;
  }
  return index.regions();
}

/** Where letter case makes no difference, plain texts differ by nothing. */
function inOneCase(pattern: PathPattern): PathPattern {
  return pattern.map((segment) =>
    segment.kind === 'literal' && /^[\w.~-]*$/.test(segment.text)
      ? literal(lowerCase(segment.text))
      : segment,
  );
}

interface Indexed {
  readonly key: string;
  readonly pattern: PathPattern;
  readonly matches: (path: string) => boolean;
}

/** Patterns by the literal segments that they begin with: few have to be compared with each other. */
class PatternIndex {
  private readonly all = new Map<string, Indexed>();
  private readonly at = new Map<string, Indexed[]>();
  private readonly below = new Map<string, Indexed[]>();

  constructor(private readonly reading: SegmentReading) {}

  get size(): number {
    return this.all.size;
  }

  has(pattern: PathPattern): boolean {
    return this.all.has(keyOf(pattern));
  }

  add(pattern: PathPattern): void {
    const key = keyOf(pattern);
    const indexed = { key, pattern, matches: matcherOf(pathExpression(pattern, this.reading)) };
    this.all.set(key, indexed);
    const prefixes = prefixesOf(prefixOf(pattern, this.reading));
    append(this.at, prefixes.at(-1) ?? '', indexed);
    for (const prefix of prefixes.slice(0, -1)) append(this.below, prefix, indexed);
  }

  /** Those that may have paths in common with a pattern. */
  *compatible(pattern: PathPattern): Iterable<PathPattern> {
    const prefixes = prefixesOf(prefixOf(pattern, this.reading));
    for (const prefix of prefixes) {
      for (const { pattern: other } of this.at.get(prefix) ?? []) yield other;
    }
    for (const { pattern: other } of this.below.get(prefixes.at(-1) ?? '') ?? []) yield other;
  }

  /** Those that match a path. */
  private matching(path: string): readonly Indexed[] {
    const segments = path.toLowerCase().split('/').slice(1);
    return prefixesOf(segments).flatMap((prefix) =>
      (this.at.get(prefix) ?? []).filter(({ matches }) => matches(path)),
    );
  }

  regions(): readonly Region[] {
    const parts = [...this.all.values()].filter((one) => !this.isCovered(one));
    const found = parts.map((one) => {
      const sample = this.sampleOf(one);
      const around = sample === undefined ? this.countAround(one) : this.matching(sample).length;
      return { ...one, sample, around };
    });
    // What lies within another has a prefix that is as long, and is matched by more patterns.
    const depth = ({ pattern }: Indexed) => sharedPrefix(pattern, this.reading).length;
    found.sort((a, b) => depth(b) - depth(a) || b.around - a.around || (a.key < b.key ? -1 : 1));
    return found.map(({ key, pattern, sample, matches }) => ({ key, pattern, sample, matches }));
  }

  /** A path that is in no region within; if there is any, one that everybody reads in one way. */
  private sampleOf(one: Indexed): string | undefined {
    let odd: string | undefined;
    for (let variant = 0; variant < VARIANTS + one.pattern.length; variant += 1) {
      const path = samplePath(one.pattern, variant, this.reading);
      if (!one.matches(path)) continue;
      const isInside = this.matching(path).every(
        (other) => other === one || this.contains(other.pattern, one),
      );
      if (isInside && !path.includes('//')) return path;
      if (isInside) odd ??= path;
    }
    return odd;
  }

  /** Whether nothing is left of a pattern: with and without a text for a parameter, there are others. */
  private isCovered({ pattern }: Indexed): boolean {
    return pattern.some((segment, position) => {
      if (segment.kind !== 'any' || !segment.empty) return false;
      return [ANY, EMPTY].every((part) => this.has(pattern.with(position, part)));
    });
  }

  /** As many patterns match all paths of it. */
  private countAround(one: Indexed): number {
    const others = prefixesOf(prefixOf(one.pattern, this.reading)).flatMap(
      (prefix) => this.at.get(prefix) ?? [],
    );
    return others.filter((other) => this.contains(other.pattern, one)).length;
  }

  private contains(outer: PathPattern, inner: Indexed): boolean {
    return intersection(inner.pattern, outer, this.reading).some(
      (both) => keyOf(both) === inner.key,
    );
  }
}

/** `''`, `/a`, `/a/b`. */
function prefixesOf(segments: readonly string[]): readonly string[] {
  let prefix = '';
  return ['', ...segments.map((segment) => (prefix += `/${segment}`))];
}

function append(map: Map<string, Indexed[]>, key: string, value: Indexed): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** Values that nobody writes in a path of a route, and some that expressions want. */
const VALUES = ['x7q', 'x8q', '7', '~7q', 'Q.7', '00000000-0000-4000-8000-000000000000', 'a', '_'];
const RESTS = ['x7q/x8q', 'x9q', 'x7q/x8q/x9q/x6q', '~/7', '/', '', 'x7q/', '//x7q'];
const VARIANTS = 24;

function samplePath(pattern: PathPattern, variant: number, { spell }: SegmentReading): string {
  const segments = pattern.map((segment, position) => {
    // Later variants differ from segment to segment; in the last ones, one alone may be empty.
    const isEmpty = variant - VARIANTS === position;
    const turn = variant < 8 ? variant : variant * (position + 3) + position;
    switch (segment.kind) {
      case 'literal':
        return spell(segment.text);
      case 'rest':
        return RESTS[turn % RESTS.length] ?? '';
      case 'any': {
        const own = segment.rules.flatMap(({ samples }) => samples);
        if (variant >= VARIANTS) return isEmpty && segment.empty ? '' : (own[0] ?? VALUES[0] ?? '');
        const values = [...(segment.empty ? [''] : []), ...own, ...VALUES];
        return values[turn % values.length] ?? '';
      }
    }
  });
  return `/${segments.join('/')}`;
}

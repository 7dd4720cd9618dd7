import { groupBy } from '../../policy-file/group-by.js';
import { PolicyFileError } from '../../policy-file/read-policy-file.js';
import type { CorsPolicyFile, PolicyFileRoute } from '../../policy-file/policy-file.js';
import { type Expression, expression, matcherOf, moreThan } from '../expression.js';
import {
  charactersOf,
  DOUBLE_SLASH,
  needlessEscapes,
  otherCases,
  UNDECODABLE,
} from '../paths/odd-paths.js';
import {
  EMPTY,
  literal,
  LONGEST_MEASURED,
  type PathPattern,
  pathExpression,
  prefixOf,
  type SegmentReading,
} from '../paths/path-pattern.js';
import { PrefixIndex } from '../paths/prefix-index.js';
import { type Region, regionsOf } from '../paths/regions.js';
import { expressPatterns } from '../paths/express-patterns.js';
import { fastifyPatterns } from '../paths/fastify-patterns.js';
import type { RoutePatterns } from '../paths/route-patterns.js';
import type { PathReading } from '../tables.js';

/** The paths of an application, as its platform's router reads them. */
export interface PathSpace {
  readonly reading: PathReading;
  readonly segments: SegmentReading;
  /** The most specific first. */
  readonly regions: readonly Region[];
  /** Paths with escapes that no browser makes, which the router decodes; undefined: it does not. */
  readonly escapes: Expression | undefined;
  /** Paths that the router reads otherwise than they are written, whatever serves them. */
  readonly guarded: readonly GuardedPaths[];
  /** The routes that a path may be of, as far as it can be said. */
  readonly routesAt: (path: string) => readonly PolicyFileRoute[];
  /** Whether the path of a route is more than can be said: then it is among `routesAt` of others, too. */
  readonly isVague: (route: PolicyFileRoute) => boolean;
}

/** Paths that are not compared with any region. */
export interface GuardedPaths {
  readonly comment: string;
  readonly path: Expression;
  /** Whether all of them have an escape. */
  readonly hasEscape: boolean;
  /**
   * What the router makes of them: nothing that is served, or another path. Uncertain: the router and
   * the keys of `paths` read them in two ways.
   */
  readonly meaning: 'not served' | 'another path' | 'uncertain';
}

/** @throws PolicyFileError where paths overlap in too many ways */
export function pathSpaceOf(file: CorsPolicyFile): PathSpace {
  const router = file.platform?.router ?? {};
  const isFastify = file.platform?.name === 'fastify';
  const caseSensitive = isFastify
    ? router['caseSensitive'] !== false
    : router['caseSensitive'] === true;
  const longest = isFastify ? longestParameter(router['maxParamLength']) : undefined;
  const segments: SegmentReading = {
    caseSensitive,
    longest: longest !== undefined && longest <= LONGEST_MEASURED ? longest : undefined,
    spell: isFastify ? encodeURI : (text) => text,
  };
  const isLoose = isFastify ? router['ignoreTrailingSlash'] === true : router['strict'] !== true;
  const joinsSlashes = isFastify && router['ignoreDuplicateSlashes'] === true;
  const read = (path: string): RoutePatterns =>
    isFastify
      ? fastifyPatterns(path, {
          ignoreTrailingSlash: isLoose,
          ignoreDuplicateSlashes: joinsSlashes,
          longest: segments.longest,
        })
      : expressPatterns(path, !isLoose);

  const byPath = new Map<string, RoutePatterns>();
  for (const { path } of file.routes) if (!byPath.has(path)) byPath.set(path, read(path));
  const ofRoutes = [...byPath.values()].flatMap(({ patterns, beside }) => [...patterns, ...beside]);
  const ofKeys = Object.keys(file.paths).flatMap((key) =>
    keyPatterns(key, isFastify ? (text) => text : encodeURI),
  );
  const regions = regionsOf([...ofRoutes, ...ofKeys], segments);
  if (regions === undefined) {
    throw new PolicyFileError(
      'Expected paths that overlap in fewer ways than a configuration can say. Write wildcards and parameters beside text in fewer routes, or let the application answer.',
    );
  }

  const { texts, rules } = charactersOf(ofRoutes);
  const needless = isFastify ? needlessEscapes(rules) : undefined;
  const guarded: GuardedPaths[] = [
    {
      comment: 'what cannot be decoded',
      path: UNDECODABLE,
      hasEscape: true,
      meaning: 'not served',
    },
  ];
  if (needless !== undefined) {
    const comment = 'escapes that no browser makes, which Fastify decodes first';
    guarded.push({ comment, path: needless, hasEscape: true, meaning: 'another path' });
  }
  const letters = isFastify && !caseSensitive ? otherCases(texts) : undefined;
  if (letters !== undefined) {
    const comment = 'letters that Fastify takes for those of a route';
    guarded.push({ comment, path: letters, hasEscape: true, meaning: 'another path' });
  }
  if (joinsSlashes) {
    const comment = 'several slashes in a row, which Fastify takes for one';
    guarded.push({ comment, path: DOUBLE_SLASH, hasEscape: false, meaning: 'another path' });
  }

  // The router ends a path there, whatever else serves files does not.
  const endsAtSemicolons = router['useSemicolonDelimiter'] === true;
  const hasKeys = Object.keys(file.paths).length > 0;
  if (endsAtSemicolons && hasKeys) {
    const comment = 'paths with a semicolon, where Fastify ends them';
    guarded.push({ comment, path: expression(';'), hasEscape: false, meaning: 'uncertain' });
  }
  if (longest !== undefined && longest > LONGEST_MEASURED) {
    const comment = 'segments that may be longer than a parameter of Fastify';
    const path = expression(`/${moreThan(longest, '[^/]')}`);
    guarded.push({ comment, path, hasEscape: false, meaning: 'another path' });
  }

  const index = new PrefixIndex<{ path: string; matches: (target: string) => boolean }>();
  for (const [path, { patterns }] of byPath) {
    for (const pattern of patterns) {
      const matches = matcherOf(pathExpression(pattern, segments));
      index.add(prefixOf(pattern, segments), { path, matches });
    }
  }
  const routesOf = groupBy(file.routes, ({ path }) => path);
  /** Each place is asked about many methods. */
  const routesAt = new Map<string, readonly PolicyFileRoute[]>();
  const find = (target: string) => {
    const paths = new Set<string>();
    for (const { path, matches } of index.candidates(target)) if (matches(target)) paths.add(path);
    return [...paths].flatMap((path) => routesOf.get(path) ?? []);
  };
  return {
    reading: {
      caseSensitive,
      delimiters: endsAtSemicolons && !hasKeys ? '?#;' : '?#',
    },
    segments,
    regions,
    guarded,
    escapes: isFastify ? needlessEscapes(texts) : undefined,
    routesAt(target) {
      const known = routesAt.get(target) ?? find(target);
      routesAt.set(target, known);
      return known;
    },
    isVague: ({ path }) => byPath.get(path)?.isExact === false,
  };
}

function longestParameter(written: boolean | number | undefined): number {
  return typeof written === 'number' && written > 0 ? written : LONGEST_MEASURED;
}

/** A key of `paths`: letter case and a slash at the end make no difference, on any platform. */
function keyPatterns(key: string, spell: (text: string) => string): readonly PathPattern[] {
  const isBelow = key.endsWith('/*');
  const segments = (isBelow ? key.slice(0, -2) : key)
    .split('/')
    .filter((text) => text !== '')
    .map((text) => literal(spell(text), true));
  if (segments.length === 0) {
    return isBelow ? [[EMPTY], [{ kind: 'rest', filled: false }]] : [[EMPTY]];
  }
  const itself = [segments, [...segments, EMPTY]];
  return isBelow ? [...itself, [...segments, { kind: 'rest', filled: false }]] : itself;
}

import { matcherOf } from '../expression.js';
import type { CorsPolicyFile } from '../../policy-file/policy-file.js';
import { PolicyModel } from '../../policy-file/policy-model.js';
import { CLIMBING, oddPaths } from '../paths/odd-paths.js';
import {
  EMPTY,
  keyOf,
  type PathPattern,
  pathExpression,
  prefixOf,
  shown,
  sharedPrefix,
  withoutLooking,
} from '../paths/path-pattern.js';
import { PrefixIndex } from '../paths/prefix-index.js';
import type { Region } from '../paths/regions.js';
import type { CellsByMethod, EdgeTables, Guard, Place, PlaceCells } from '../tables.js';
import { CellTable } from './cell-table.js';
import { checkTables } from './check-tables.js';
import { type Delegation, Delegations } from './delegations.js';
import { OriginRules } from './origin-rules.js';
import { type PathSpace, pathSpaceOf } from './path-space.js';
import { PlaceReader } from './place-reader.js';

/** A policy as an edge can have it. */
export interface EdgePlan {
  /** SHA-256 of the policy file, in hexadecimal. */
  readonly digest: string;
  /** How many routes the application has. */
  readonly routes: number;
  readonly tables: EdgeTables;
  /** The one that the edge serves; undefined: any. */
  readonly host: string | undefined;
  /** What is left to the application. */
  readonly delegated: readonly Delegation[];
}

export interface EdgePlanOptions {
  readonly digest: string;
  /** Of the target: `nginx`. */
  readonly title: string;
  /** Whether its expressions look ahead and behind. */
  readonly looksAround: boolean;
  /** How long its expressions may be. Default: as long as they like. */
  readonly longestExpression?: number | undefined;
  /** What the application is mounted below, such as `/api`; empty: nothing. */
  readonly basePath: string;
  /** Whether preflights are answered; otherwise places differ by their responses alone. Default: true. */
  readonly preflights?: boolean;
  /** The host that the edge serves; undefined: routes of hosts are left to the application. */
  readonly host: string | undefined;
}

/**
 * Asks the application, as its policy file has it, about every region of paths, every method and every
 * combination of origin rules that may hold.
 *
 * @throws PolicyFileError where the file is of an application that serves no HTTP
 */
export async function planEdge(file: CorsPolicyFile, options: EdgePlanOptions): Promise<EdgePlan> {
  const rules = new OriginRules(options);
  const model = await PolicyModel.of(file, (origins, place) => rules.ruleFor(origins, place));
  const space = pathSpaceOf(file);
  const cells = new CellTable(options.preflights ?? true);
  const delegations = new Delegations(file, options.title);
  const reader = new PlaceReader({ file, model, rules, space, cells, delegations, ...options });
  const elsewhere = reader.elsewhere();
  // What is said of more paths than it is about is left to the application.
  const sayable = (region: Region): Region =>
    options.looksAround ? region : { ...region, pattern: withoutLooking(region.pattern) };
  const places = joinSlashes(
    withoutRepetition(
      space.regions.map((region) => ({ region: sayable(region), ...reader.at(region) })),
      elsewhere,
      space,
    ),
    space,
  );
  const keys = Object.keys(file.paths);
  const hasKeys = keys.length > 0;
  const tables: EdgeTables = {
    basePath: options.basePath,
    reading: space.reading,
    guards: guardsOf(space, reader, hasKeys),
    odd: hasKeys ? oddPaths(keys) : undefined,
    escapes: space.escapes,
    places,
    elsewhere,
    cells: cells.cells,
    rules: rules.table,
    answers: cells.answers,
  };
  checkTables(tables);
  const { digest, host } = options;
  return { digest, routes: file.routes.length, delegated: delegations.all, host, tables };
}

function guardsOf(space: PathSpace, reader: PlaceReader, hasKeys: boolean): readonly Guard[] {
  const refused = reader.refused();
  const guards = space.guarded.map(({ comment, path, hasEscape, meaning }) => {
    // Where `paths` has keys, an escape that cannot be decoded is read in several ways.
    const isRefused = meaning === 'another path' || hasKeys;
    return {
      comment: isRefused ? `${comment}: refused` : `${comment}: no route serves it`,
      path,
      hasEscape,
      cells: isRefused ? refused : reader.undecodable(),
    };
  });
  if (!hasKeys) return guards;
  const comment = 'segments that lead up, which no browser sends: refused';
  return [...guards, { comment, path: CLIMBING, hasEscape: false, cells: refused }];
}

interface ReadRegion extends PlaceCells {
  readonly region: Region;
}

/** Without the regions that say what the next one says that their paths are in as well. */
function withoutRepetition(
  read: readonly ReadRegion[],
  elsewhere: PlaceCells,
  space: PathSpace,
): readonly ReadRegion[] {
  const kept: ReadRegion[] = [];
  const index = new PrefixIndex<Matching>();
  for (const [position, one] of [...read.entries()].toReversed()) {
    const { sample, pattern } = one.region;
    const next = sample === undefined ? undefined : firstMatching(index, sample);
    if (sample !== undefined && isSame(one, next?.one ?? elsewhere)) continue;
    kept.push(one);
    index.add(prefixOf(pattern, space.segments), matchingOf(one, position, space));
  }
  return kept.toReversed();
}

interface Matching {
  readonly one: ReadRegion;
  readonly position: number;
  readonly matches: (path: string) => boolean;
}

function matchingOf(one: ReadRegion, position: number, { segments }: PathSpace): Matching {
  return { one, position, matches: matcherOf(pathExpression(one.region.pattern, segments)) };
}

/** The first in the order of the table. */
function firstMatching(index: PrefixIndex<Matching>, path: string): Matching | undefined {
  let first: Matching | undefined;
  for (const each of index.candidates(path)) {
    if ((first === undefined || each.position < first.position) && each.matches(path)) first = each;
  }
  return first;
}

function isSame(one: PlaceCells, other: PlaceCells): boolean {
  return contentOf(one) === contentOf(other);
}

function contentOf({ cells, oddCells }: PlaceCells): string {
  const list = ({ byMethod, other }: CellsByMethod) => [...byMethod].concat([['', other]]);
  return JSON.stringify([list(cells), oddCells === undefined ? [] : list(oddCells)]);
}

/** A path and the same with a slash at its end are one place, where the same holds. */
function joinSlashes(read: readonly ReadRegion[], space: PathSpace): readonly Place[] {
  const positions = new Map(read.map(({ region }, index) => [region.key, index]));
  const partners = new Map<number, number>();
  const index = new PrefixIndex<Matching>();
  read.forEach((one, position) => {
    index.add(prefixOf(one.region.pattern, space.segments), matchingOf(one, position, space));
  });
  for (const [plain, one] of read.entries()) {
    const slashed = positions.get(`${one.region.key}/${keyOf([EMPTY])}`);
    const other = slashed === undefined ? undefined : read[slashed];
    if (slashed === undefined || other === undefined || !isSame(one, other)) continue;
    const [first, last] = [Math.min(plain, slashed), Math.max(plain, slashed)];
    const sample = read[first]?.region.sample ?? '';
    // At the place of the later one, nothing in between may take what is of the earlier one.
    const isFree = Array.from(index.candidates(sample)).every(
      ({ position, matches }) => position <= first || position >= last || !matches(sample),
    );
    if (isFree) partners.set(first, -1).set(last, plain);
  }
  return read.flatMap((one, position) => {
    const partner = partners.get(position);
    if (partner === -1) return [];
    const { region } = partner === undefined ? one : (read[partner] ?? one);
    return [placeOf(one, region.pattern, partner !== undefined, space)];
  });
}

function isEmpty(segment: PathPattern[number] | undefined): boolean {
  return segment?.kind === 'literal' && segment.text === '';
}

function placeOf(
  { cells, oddCells }: PlaceCells,
  pattern: PathPattern,
  slash: boolean,
  { segments, escapes }: PathSpace,
): Place {
  const prefix = sharedPrefix(pattern, segments);
  const path = prefix.map((text) => `/${text}`).join('');
  const isPlain = prefix.length === pattern.length;
  const isRoot = pattern.length === 1 && isEmpty(pattern[0]);
  const written = isRoot ? '/' : isPlain ? path : undefined;
  const literals = written === undefined ? undefined : [written, ...(slash ? [`${written}/`] : [])];
  return {
    comment: shown(pattern),
    literals,
    prefix: path,
    path: pathExpression(pattern, segments, slash),
    escapedPath: escapes && pathExpression(pattern, { ...segments, escapes: true }, slash),
    cells,
    oddCells,
  };
}

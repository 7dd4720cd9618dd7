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
  const keys = Object.keys(file.paths);
  const hasKeys = keys.length > 0;
  const odd = hasKeys ? oddPaths(keys) : undefined;
  const parts = { file, model, rules, space, odd, cells, delegations };
  const reader = new PlaceReader({ ...parts, ...options });
  const elsewhere = reader.elsewhere();
  // What is said of more paths than it is about is left to the application.
  const sayable = (region: Region): Region =>
    options.looksAround ? region : withoutLookingAround(region, space);
  const read = space.regions.map((region, position) => ({
    region,
    written: sayable(region),
    position,
    isSettled: reader.isSettled(region),
    ...reader.at(region),
  }));
  const places = joinSlashes(withoutRepetition(read, elsewhere, space), space);
  const tables: EdgeTables = {
    basePath: options.basePath,
    reading: space.reading,
    guards: guardsOf(space, reader, hasKeys),
    odd,
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
  const guards = space.guarded.map(({ comment, path, hasEscape, meaning }): Guard => {
    if (meaning === 'uncertain') {
      const left = `${comment}: left to the application`;
      return { comment: left, path, hasEscape, cells: reader.leftAside(comment) };
    }
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

function withoutLookingAround(region: Region, { segments }: PathSpace): Region {
  if (!pathExpression(region.pattern, segments).looksAround) return region;
  const pattern = withoutLooking(region.pattern);
  return { ...region, pattern, matches: matcherOf(pathExpression(pattern, segments)) };
}

interface ReadRegion extends PlaceCells {
  readonly region: Region;
  /** As the target says it, which may be of more paths. */
  readonly written: Region;
  /** In the order of the table. */
  readonly position: number;
  /** Whether its paths are of a key of `paths` alone, which nobody decodes before. */
  readonly isSettled: boolean;
}

/** Without the regions that say what the next one says that their paths are in as well. */
function withoutRepetition(
  read: readonly ReadRegion[],
  elsewhere: PlaceCells,
  { segments }: PathSpace,
): readonly ReadRegion[] {
  const kept: ReadRegion[] = [];
  const index = new PrefixIndex<ReadRegion>();
  for (const one of read.toReversed()) {
    const { sample, pattern } = one.region;
    // One of more paths than its own stands for a path alone, not for all that are with it.
    const nexts =
      sample === undefined
        ? []
        : [
            firstMatching(index, sample, ({ region }) => region),
            firstMatching(index, sample, ({ written }) => written),
          ];
    if (nexts.length > 0 && nexts.every((next) => isSame(one, next ?? elsewhere))) continue;
    kept.push(one);
    index.add(prefixOf(pattern, segments), one);
  }
  return kept.toReversed();
}

function firstMatching(
  index: PrefixIndex<ReadRegion>,
  path: string,
  regionOf: (one: ReadRegion) => Region,
): ReadRegion | undefined {
  let first: ReadRegion | undefined;
  for (const one of index.candidates(path)) {
    const isEarlier = first === undefined || one.position < first.position;
    if (isEarlier && regionOf(one).matches(path)) first = one;
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
  const byKey = new Map(read.map((one) => [one.region.key, one]));
  const index = new PrefixIndex<ReadRegion>();
  for (const one of read) index.add(prefixOf(one.region.pattern, space.segments), one);
  const earlier = new Set<ReadRegion>();
  /** The paths without a slash, at the place of the later of both. */
  const joined = new Map<ReadRegion, ReadRegion>();
  const isJoined = (one: ReadRegion) => earlier.has(one) || joined.has(one);
  for (const plain of read) {
    const slashed = byKey.get(`${plain.region.key}/${keyOf([EMPTY])}`);
    if (slashed === undefined || !isSame(plain, slashed)) continue;
    // `/a` and `/a/` are joined, then `/a//` is on its own.
    if (isJoined(plain) || isJoined(slashed)) continue;
    const isInOrder = plain.position < slashed.position;
    const [first, last] = isInOrder ? [plain, slashed] : [slashed, plain];
    const sample = first.region.sample ?? '';
    // At the place of the later one, nothing in between may take what is of the earlier one.
    const isFree = Array.from(index.candidates(sample)).every(
      ({ position, written }) =>
        position <= first.position || position >= last.position || !written.matches(sample),
    );
    if (!isFree) continue;
    earlier.add(first);
    joined.set(last, plain);
  }
  return read.flatMap((one) => {
    if (earlier.has(one)) return [];
    const plain = joined.get(one);
    return [placeOf(one, (plain ?? one).written.pattern, plain !== undefined, space)];
  });
}

function isEmpty(segment: PathPattern[number] | undefined): boolean {
  return segment?.kind === 'literal' && segment.text === '';
}

function placeOf(
  { cells, oddCells, isSettled }: ReadRegion,
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
    escapedPath:
      escapes && !isSettled
        ? pathExpression(pattern, { ...segments, escapes: true }, slash)
        : undefined,
    cells,
    oddCells,
  };
}

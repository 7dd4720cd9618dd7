import type { EdgeMode } from '../edge-target.js';
import { escapeExpression } from '../expression.js';
import { groupBy } from '../../policy-file/group-by.js';
import type { CellsByMethod, EdgeTables, Place } from '../tables.js';
import { type MapRow, type NginxMap, quoted, regexpKey } from './map.js';

/** What is not below the base path: nothing is touched there. */
const OUTSIDE = 'outside';

/** Method and path → cell. */
export function placeMaps(tables: EdgeTables, mode: EdgeMode): readonly NginxMap[] {
  const isAnswer = mode === 'answer';
  return [
    pathMap(tables),
    ...requestMaps(),
    ...(isAnswer ? methodMaps() : []),
    ...guardMaps(tables),
    ...lookupMaps(tables),
    ...cellMaps(tables, isAnswer ? '$cors_method' : '$request_method'),
  ];
}

function pathMap({ basePath, reading }: EdgeTables): NginxMap {
  const delimiters = reading.delimiters.replace(/[\\\]^-]/g, '\\$&');
  const base = escapeExpression(basePath);
  return {
    comment:
      basePath === ''
        ? 'The path as it was sent: nginx decodes $uri, and the application does not.'
        : `The path below ${basePath}, as it was sent: nginx decodes $uri.`,
    source: '$request_uri',
    name: '$cors_path',
    otherwise: '""',
    rows: [[quoted(`~^${base}(/[^${delimiters}]*)`), '$1']],
  };
}

function requestMaps(): readonly NginxMap[] {
  return [
    {
      comment: 'A preflight is OPTIONS with both headers.',
      source: '$request_method',
      name: '$cors_preflight',
      otherwise: '0',
      rows: [['OPTIONS', '$cors_options']],
    },
    {
      comment: 'Of OPTIONS, whether it has an origin.',
      source: '$http_origin',
      name: '$cors_options',
      otherwise: '$cors_asks',
      rows: [['""', '0']],
    },
    {
      comment: 'And whether it asks for a method.',
      source: '$http_access_control_request_method',
      name: '$cors_asks',
      otherwise: '1',
      rows: [['""', '0']],
    },
  ];
}

function methodMaps(): readonly NginxMap[] {
  return [
    {
      comment: 'The method of the request that a preflight is for, or of the request itself.',
      source: '$cors_preflight',
      name: '$cors_method',
      otherwise: '$request_method',
      rows: [['1', '$cors_asked_method']],
    },
    {
      comment: 'Maps ignore letter case, methods do not: `get` is not GET.',
      source: '$http_access_control_request_method',
      name: '$cors_asked_method',
      otherwise: '"-"',
      rows: [['"~^[^a-z ]+$"', '$http_access_control_request_method']],
    },
  ];
}

function guardMaps({ guards, elsewhere, basePath }: EdgeTables): readonly NginxMap[] {
  return guards.flatMap(({ comment, path, hasEscape, cells }, index): readonly NginxMap[] => {
    const next = `$cors_place_${index + 1}`;
    const name = index === 0 ? '$cors_place' : `$cors_place_${index}`;
    const isElsewhere = elsewhere.oddCells === undefined && isSame(cells, elsewhere.cells);
    const place = isElsewhere ? '""' : `guard${index}`;
    const outside: readonly MapRow[] = basePath !== '' && index === 0 ? [['""', OUTSIDE]] : [];
    const map = { comment: capitalised(comment), source: '$cors_path', otherwise: next };
    const row: MapRow = [regexpKey(path), place];
    if (!hasEscape) return [{ ...map, name, rows: [...outside, row] }];
    const escaped = `${name}_with_escapes`;
    return [
      { ...map, comment: 'Few paths have an escape.', name, rows: [...outside, ['"~%"', escaped]] },
      { ...map, name: escaped, rows: [row] },
    ];
  });
}

function isSame(one: CellsByMethod, other: CellsByMethod): boolean {
  const contents = [one, other].map(({ byMethod, other: any }) =>
    JSON.stringify([...byMethod, any]),
  );
  return contents[0] === contents[1];
}

function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** Literal paths by hash; others by the segments that they begin with, the longest first. */
function lookupMaps({ places, guards, reading, escapes }: EdgeTables): readonly NginxMap[] {
  const entry = guards.length === 0 ? '$cors_place' : `$cors_place_${guards.length}`;
  const first = escapes === undefined ? entry : '$cors_place_as_written';
  const named = places.map((place, index) => ({ place, id: `p${index}` }));
  const literals = named.filter(({ place }) => place.literals !== undefined);
  const others = named.filter(({ place }) => place.literals === undefined);
  const depths = [...new Set(others.map(({ place }) => depthOf(place)))].toSorted((a, b) => b - a);
  const nameAt = (depth: number | undefined) =>
    depth === undefined
      ? '""'
      : depth === 0
        ? '$cors_place_by_pattern'
        : `$cors_place_below_${depth}`;
  // A table that ignores letter case must not see what has some.
  const literalSource = reading.caseSensitive ? '$cors_lower_path' : '$cors_path';
  const maps: NginxMap[] = [];
  if (escapes !== undefined) {
    maps.push(
      {
        comment: 'Escapes that no browser makes: Fastify decodes them before it looks for a route.',
        source: '$cors_path',
        name: entry,
        otherwise: first,
        rows: [[regexpKey(escapes), '$cors_place_escaped']],
      },
      {
        comment: 'All paths once more, with any of their characters escaped.',
        source: '$cors_path',
        name: '$cors_place_escaped',
        otherwise: '""',
        rows: named.flatMap(({ place, id }): MapRow[] =>
          place.escapedPath === undefined ? [] : [[regexpKey(place.escapedPath), id]],
        ),
      },
    );
  }
  if (reading.caseSensitive) {
    maps.push({
      comment: 'Maps ignore letter case, routes do not: capital letters are looked for elsewhere.',
      source: '$cors_path',
      name: '$cors_lower_path',
      otherwise: '$cors_path',
      rows: [['"~[A-Z]"', '""']],
    });
  }
  maps.push({
    comment: 'Paths without parameters.',
    source: literalSource,
    name: first,
    otherwise: nameAt(depths[0]),
    rows: literals.flatMap(({ place, id }) =>
      (place.literals ?? []).map((text): MapRow => [quoted(text), id]),
    ),
  });
  for (const [index, depth] of depths.entries()) {
    const here = others.filter(({ place }) => depthOf(place) === depth);
    const next = nameAt(depths[index + 1]);
    if (depth === 0) {
      maps.push(patternMap('Paths with parameters.', nameAt(0), '""', here));
      continue;
    }
    const segment = reading.caseSensitive ? '[^/A-Z]' : '[^/]';
    maps.push({
      comment: `What a path begins with: ${depth} ${depth === 1 ? 'segment' : 'segments'}.`,
      source: '$cors_path',
      name: `$cors_start_${depth}`,
      otherwise: '""',
      rows: [[quoted(`~^((?:/${segment}+){${depth}})(?:/|$)`), '$1']],
    });
    const byPrefix = groupBy(here, ({ place }) => place.prefix);
    maps.push({
      comment: `Paths with parameters, by their first ${depth === 1 ? 'segment' : `${depth} segments`}.`,
      source: `$cors_start_${depth}`,
      name: nameAt(depth),
      otherwise: next,
      rows: Array.from(byPrefix, ([prefix, [one]]): MapRow => [
        quoted(prefix),
        `$cors_place_from_${one?.id ?? ''}`,
      ]),
    });
    for (const [prefix, group] of byPrefix) {
      const name = `$cors_place_from_${group[0]?.id ?? ''}`;
      maps.push(patternMap(`Below ${prefix}.`, name, next, group));
    }
  }
  return maps;
}

interface NamedPlace {
  readonly place: Place;
  readonly id: string;
}

function patternMap(
  comment: string,
  name: string,
  otherwise: string,
  places: readonly NamedPlace[],
): NginxMap {
  const rows = places.map(({ place, id }): MapRow => [regexpKey(place.path), id, place.comment]);
  return { comment, source: '$cors_path', name, otherwise, rows };
}

function depthOf({ prefix }: Place): number {
  return prefix.split('/').length - 1;
}

function cellMaps(
  { places, guards, elsewhere, odd, cells, basePath }: EdgeTables,
  methodVariable: string,
): readonly NginxMap[] {
  const untouched = cells.find(
    ({ preflight, response, malformed }) => !preflight && !response && !malformed,
  );
  const all: { readonly key: string; readonly cells: CellsByMethod }[] = [
    ...guards.flatMap(({ cells: ofGuard }, index) =>
      isSame(ofGuard, elsewhere.cells)
        ? []
        : withOdd(`guard${index}`, { cells: ofGuard, oddCells: undefined }, odd !== undefined),
    ),
    ...places.flatMap((place, index) => withOdd(`p${index}`, place, odd !== undefined)),
    ...withOdd('', elsewhere, odd !== undefined),
  ];
  const byMethod = all.flatMap(({ key, cells: { byMethod: rows } }) =>
    Array.from(rows, ([method, cell]): MapRow => [quoted(`${key} ${method}`), cell]),
  );
  const otherwise = all
    .filter(({ key, cells: { other } }) => key !== '' && other !== elsewhere.cells.other)
    .map(({ key, cells: { other } }): MapRow => [quoted(key), other]);
  const outside: readonly MapRow[] =
    basePath === '' ? [] : [[OUTSIDE, untouched?.id ?? '""', 'not of this application']];
  const place = odd === undefined ? '$cors_place' : '$cors_place$cors_odd';
  const maps: NginxMap[] = [];
  if (odd !== undefined) {
    maps.push({
      comment: 'Paths that servers read in several ways.',
      source: '$cors_path',
      name: '$cors_odd',
      otherwise: '""',
      rows: [[regexpKey(odd), '"!"']],
    });
  }
  maps.push(
    {
      comment: 'What holds there for a method.',
      source: `"${place} ${methodVariable}"`,
      name: '$cors_cell',
      otherwise: '$cors_cell_of_any_method',
      rows: byMethod,
    },
    {
      comment: 'What holds there for any other method.',
      source: odd === undefined ? '$cors_place' : `"${place}"`,
      name: '$cors_cell_of_any_method',
      otherwise: elsewhere.cells.other,
      rows: [...outside, ...otherwise],
    },
  );
  return maps;
}

function withOdd(
  key: string,
  { cells, oddCells }: Pick<Place, 'cells' | 'oddCells'>,
  isOdd: boolean,
) {
  return isOdd
    ? [
        { key, cells },
        { key: `${key}!`, cells: oddCells ?? cells },
      ]
    : [{ key, cells }];
}

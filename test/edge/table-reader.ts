import { matcherOf } from '../../lib/edge/expression.js';
import type { CellsByMethod, EdgeTables } from '../../lib/edge/tables.js';
import type { ReplayedRequest } from './replay.js';

/** Whether the edge leaves a request to the application: what the tables of a plan have no answer to. */
export function delegationIn(tables: EdgeTables): (request: ReplayedRequest) => boolean {
  const guards = tables.guards.map((guard) => ({ ...guard, matches: matcherOf(guard.path) }));
  const places = tables.places.map((place) => ({ ...place, matches: matcherOf(place.path) }));
  const isOdd = tables.odd && matcherOf(tables.odd);
  const cells = new Map(tables.cells.map((cell) => [cell.id, cell]));
  const ends = new RegExp(`[${tables.reading.delimiters}].*`);

  const cellsAt = (path: string): CellsByMethod => {
    const guard = guards.find(({ matches, isNegated }) => matches(path) !== isNegated);
    if (guard !== undefined) return guard.cells;
    const place = places.find(({ matches }) => matches(path)) ?? tables.elsewhere;
    return (isOdd?.(path) === true ? place.oddCells : undefined) ?? place.cells;
  };
  return ({ method, target, headers }) => {
    const { byMethod, other } = cellsAt(target.replace(ends, ''));
    const asked = headers['access-control-request-method'];
    const isPreflight = method === 'OPTIONS' && headers['origin'] !== undefined && asked !== undefined;
    const cell = cells.get(byMethod.get(isPreflight ? String(asked) : method) ?? other);
    return (isPreflight ? cell?.preflight : cell?.response) === undefined;
  };
}

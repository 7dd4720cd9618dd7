import { matcherOf } from '../../lib/edge/expression.js';
import {
  DEFAULT_PORT,
  OVERLONG_HOST,
  SERIALIZED_ORIGIN,
  UPPER_CASE_HOST,
} from '../../lib/edge/origins/origin-expressions.js';
import {
  READABLE_HEADERS,
  TOO_MANY_EMPTY,
  TOO_MANY_NAMES,
} from '../../lib/edge/origins/header-list.js';
import type { CellsByMethod, Decision, EdgeTables } from '../../lib/edge/tables.js';

/** A request as an edge reads it. */
export interface EdgeRequest {
  /** In a preflight, the requested one. */
  readonly method: string;
  readonly target: string;
  readonly origin?: string;
  readonly requestHeaders?: string;
}

/** What the tables say of a request; `untouched`: what the application sends. */
export type TableAnswer =
  'untouched' | { readonly status?: number; readonly cors: Readonly<Record<string, string>> };

/** Reads the tables of an edge as each of its configurations does. */
export class TableReader {
  private readonly guards;
  private readonly places;
  private readonly isOdd;
  private readonly isEscaped;
  private readonly rules;
  private readonly cells;
  private readonly answers;

  constructor(private readonly tables: EdgeTables) {
    this.guards = tables.guards.map((guard) => ({ guard, matches: matcherOf(guard.path) }));
    this.places = tables.places.map((place) => ({
      place,
      matches: matcherOf(place.path),
      matchesEscaped: place.escapedPath && matcherOf(place.escapedPath),
    }));
    this.isEscaped = tables.escapes === undefined ? () => false : matcherOf(tables.escapes);
    this.isOdd = tables.odd === undefined ? () => false : matcherOf(tables.odd);
    this.rules = tables.rules.map(({ exact, expressions }) => {
      const listed = new Set(exact);
      const matchers = expressions.map(({ origin }) => matcherOf(origin));
      return (origin: string) => listed.has(origin) || matchers.some((match) => match(origin));
    });
    this.cells = new Map(tables.cells.map((cell) => [cell.id, cell]));
    this.answers = new Map(tables.answers.map((answer) => [answer.id, answer]));
  }

  response(request: EdgeRequest): TableAnswer {
    const cell = this.cellOf(request);
    return this.answerTo(cell?.response, request);
  }

  preflight(request: EdgeRequest & { readonly origin: string }): TableAnswer {
    const cell = this.cellOf(request);
    if (cell?.preflight === undefined) return 'untouched';
    const { origin, requestHeaders = '' } = request;
    const isMalformed =
      origin.length > 512 ||
      requestHeaders.length > 8192 ||
      !matches(READABLE_HEADERS, requestHeaders) ||
      matches(TOO_MANY_NAMES, requestHeaders) ||
      matches(TOO_MANY_EMPTY, requestHeaders);
    return isMalformed
      ? this.said(cell.malformed ?? '', request)
      : this.answerTo(cell.preflight, request);
  }

  /** Whether preflights and responses of a request are left to the application. */
  isDelegated(request: EdgeRequest): boolean {
    const cell = this.cellOf(request);
    return cell?.preflight === undefined && cell?.response === undefined;
  }

  /** Whether a path is refused, since the router reads it as another one. */
  isRefused({ target }: EdgeRequest): boolean {
    return this.guardOf(this.pathOf(target))?.comment.endsWith(': refused') === true;
  }

  /** Whether servers read a path in several ways. */
  isOddPath({ target }: EdgeRequest): boolean {
    return this.isOdd(this.pathOf(target));
  }

  private pathOf(target: string): string {
    const { basePath, reading } = this.tables;
    const rest = target.slice(basePath.length);
    const end = Array.from(rest).findIndex((character) => reading.delimiters.includes(character));
    return end === -1 ? rest : rest.slice(0, end);
  }

  private guardOf(path: string) {
    return this.guards.find(({ matches: match }) => match(path))?.guard;
  }

  private cellOf({ method, target }: EdgeRequest) {
    const { basePath, elsewhere } = this.tables;
    if (!target.startsWith(basePath)) return undefined;
    const path = this.pathOf(target);
    const idOf = ({ byMethod, other }: CellsByMethod) =>
      this.cells.get(byMethod.get(method) ?? other);
    const guard = this.guardOf(path);
    if (guard !== undefined) return idOf(guard.cells);
    const isEscaped = this.isEscaped(path);
    const { cells, oddCells } =
      this.places.find(({ matches: match, matchesEscaped }) =>
        isEscaped ? matchesEscaped?.(path) : match(path),
      )?.place ?? elsewhere;
    return idOf(oddCells !== undefined && this.isOdd(path) ? oddCells : cells);
  }

  private answerTo(decision: Decision | undefined, request: EdgeRequest): TableAnswer {
    if (decision === undefined) return 'untouched';
    const { origin = '' } = request;
    const isOrigin = isComparable(origin);
    const bits = decision.rules.map((rule) => Number(isOrigin && this.rules[rule]?.(origin)));
    return this.said(decision.answers.get(bits.join('')) ?? '', request);
  }

  private said(id: string, { method, origin = '', requestHeaders = '' }: EdgeRequest): TableAnswer {
    const answer = this.answers.get(id);
    if (answer === undefined) throw new Error(`No answer ${id}.`);
    const cors: Record<string, string> = {};
    const put = (name: string, value: string | undefined) => {
      if (value !== undefined && value !== '') cors[name] = value;
    };
    const originOf = (value: '*' | 'origin' | undefined) => (value === 'origin' ? origin : value);
    const isAnnounced =
      /^[\w!#$%&'*+.^`|~-]+$/.test(method) && !/^(?:CONNECT|TRACE|TRACK|\*)$/i.test(method);
    const names = requestHeaders
      .toLowerCase()
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && name !== '*');
    put('access-control-allow-origin', originOf(answer.allowOrigin));
    put('access-control-allow-credentials', answer.credentials ? 'true' : undefined);
    put('access-control-expose-headers', answer.exposeHeaders);
    put('timing-allow-origin', originOf(answer.timingAllowOrigin));
    const { allowMethods, allowHeaders } = answer;
    put(
      'access-control-allow-methods',
      [...allowMethods.names, ...(allowMethods.requested && isAnnounced ? [method] : [])].join(
        ', ',
      ),
    );
    put(
      'access-control-allow-headers',
      [...allowHeaders.names, ...(allowHeaders.requested ? names : [])].join(', '),
    );
    put('access-control-max-age', answer.maxAge?.toString());
    put('vary', answer.varyByOrigin ? 'Origin' : undefined);
    return { ...(answer.status !== undefined && { status: answer.status }), cors };
  }
}

function matches(expression: Parameters<typeof matcherOf>[0], text: string): boolean {
  return matcherOf(expression)(text);
}

function isComparable(origin: string): boolean {
  return (
    origin.length <= 512 &&
    matches(SERIALIZED_ORIGIN, origin) &&
    !matches(UPPER_CASE_HOST, origin) &&
    !matches(DEFAULT_PORT, origin) &&
    !matches(OVERLONG_HOST, origin)
  );
}

const LISTS = ['methods', 'headers'].flatMap((name) => [
  `access-control-allow-${name}`,
  `access-control-expose-${name}`,
]);

/** The same with lists in one order. */
export function sorted(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null || !('cors' in answer)) return answer;
  const cors = Object.fromEntries(
    Object.entries(answer.cors as Record<string, string>).map(([name, value]) => [
      name,
      LISTS.includes(name) ? [...new Set(value.split(', '))].toSorted().join(', ') : value,
    ]),
  );
  return { ...answer, cors };
}

import type { Decision, EdgeAnswer, EdgeOriginRule, EdgeTables, PlaceCells } from '../tables.js';

/** A policy with one list of origins, as servers have it that do not compute. */
export interface FlatPolicy {
  /** Undefined: any origin. */
  readonly origins: Pick<EdgeOriginRule, 'exact' | 'expressions'> | undefined;
  readonly credentials: boolean;
  readonly methods: readonly string[];
  /** `*`: any. */
  readonly headers: readonly string[] | '*';
  readonly exposed: readonly string[];
  readonly maxAge: number;
}

/** Methods with one policy at a place. */
export interface MethodsWithPolicy {
  readonly methods: readonly string[];
  /** Undefined: nothing is allowed. */
  readonly policy: FlatPolicy | undefined;
}

/** What cannot be said: each sentence once, with the places that it is about. */
export class Losses {
  private readonly byText = new Map<string, Set<string>>();

  add(text: string, place: string): void {
    const places = this.byText.get(text) ?? new Set<string>();
    this.byText.set(text, places.add(place));
  }

  get lines(): readonly string[] {
    return Array.from(this.byText, ([text, places]) => {
      const shown = [...places].slice(0, 3).join(', ');
      const more = places.size > 3 ? ` and ${places.size - 3} more` : '';
      return `- ${text}: ${shown}${more}.`;
    });
  }
}

/** What these servers are asked about. Of any other method, nothing is allowed. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Among the methods of a policy: any that is not named. */
export const ANY_OTHER = 'any other';

/** The policies at a place, by method: never more than the tables say, for any path of the place. */
export function policiesAt(
  { comment, cells, oddCells }: PlaceCells & { readonly comment: string },
  tables: EdgeTables,
  losses: Losses,
): readonly MethodsWithPolicy[] {
  const byPolicy = new Map<string, { methods: string[]; policy: FlatPolicy | undefined }>();
  const cellOf = ({ byMethod, other }: PlaceCells['cells'], method: string) =>
    byMethod.get(method) ?? other;
  for (const method of new Set([...METHODS, ...cells.byMethod.keys(), ANY_OTHER])) {
    const cell = cellOf(cells, method);
    const isCertain = oddCells === undefined || cellOf(oddCells, method) === cell;
    if (!isCertain) losses.add('nothing is allowed where no route serves a method', comment);
    const policy = isCertain ? flatPolicy(cell, method, comment, tables, losses) : undefined;
    const key = keyOf(policy, tables.rules);
    const known = byPolicy.get(key) ?? { methods: [], policy };
    known.methods.push(method);
    byPolicy.set(key, known);
  }
  return [...byPolicy.values()];
}

/** Lists of origins are told apart by their numbers: they are long, and asked about for each method. */
function keyOf(policy: FlatPolicy | undefined, rules: EdgeTables['rules']): string {
  if (policy === undefined) return '';
  const { origins, ...others } = policy;
  return JSON.stringify([rules.findIndex((rule) => rule === origins), others]);
}

function flatPolicy(
  id: string,
  method: string,
  place: string,
  { cells, answers, rules }: EdgeTables,
  losses: Losses,
): FlatPolicy | undefined {
  const cell = cells.find((one) => one.id === id);
  const { preflight, response } = cell ?? {};
  if (preflight === undefined || response === undefined) return undefined;
  const [rule, second] = response.rules;
  const before = answersWith(preflight, rule).map((one) =>
    answers.find(({ id: own }) => own === one),
  );
  const after = answers.find(({ id: own }) => own === answersWith(response, rule)[0]);
  const [first] = before;
  if (first?.allowOrigin === undefined || after?.allowOrigin === undefined) return undefined;
  const allowed = before.flatMap((one) => (one?.allowOrigin === undefined ? [] : [one]));
  if (second !== undefined || allowed.length < before.length) {
    losses.add('nothing is allowed where several lists of origins decide together', place);
    return undefined;
  }
  if (after.timingAllowOrigin !== undefined) losses.add('no resource timing is shown', place);
  const credentials = after.credentials && allowed.every((one) => one.credentials);
  const lists = allowed.map((one) => methodsOf(one, method));
  return {
    origins: rule === undefined ? undefined : rules[rule],
    credentials,
    // Whichever other list has the origin as well, no more than that is announced.
    methods: (lists[0] ?? []).filter((name) => lists.every((list) => list.includes(name))),
    headers: headersOf(first, credentials, place, losses),
    exposed: after.exposeHeaders?.split(', ') ?? [],
    maxAge: Math.min(...allowed.map((one) => one.maxAge ?? 0)),
  };
}

/** The answers where a rule holds, whichever others do; without a rule, all of them. */
function answersWith({ rules, answers }: Decision, rule: number | undefined): readonly string[] {
  const place = rule === undefined ? -1 : rules.indexOf(rule);
  return [...answers].flatMap(([digits, answer]) =>
    place === -1 || digits[place] === '1' ? [answer] : [],
  );
}

function methodsOf({ allowMethods: { names, requested } }: EdgeAnswer, method: string) {
  return [...new Set([...names, ...(requested ? [method] : [])])];
}

function headersOf(
  { allowHeaders: { names, requested } }: EdgeAnswer,
  credentials: boolean,
  place: string,
  losses: Losses,
): readonly string[] | '*' {
  if (!requested) return names;
  if (!credentials) {
    losses.add('`*` stands for any request header but Authorization', place);
    return '*';
  }
  losses.add(
    'with credentials, only request headers that `allowedHeaders` lists are allowed',
    place,
  );
  return names;
}

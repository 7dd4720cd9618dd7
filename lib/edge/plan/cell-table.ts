import type { PreflightDecision } from '../../policy/decide-preflight.js';
import type { CorsDecision } from '../../policy/decide-response.js';
import type { AnnouncedNames, Cell, Decision, EdgeAnswer } from '../tables.js';
import type { Branch } from './origin-rules.js';
import { SOME_ORIGIN } from './origin-rules.js';

/** A method that nobody has, and a request header: what is reflected is seen by them. */
export const SOME_METHOD = 'NESTJS-CORS-EDGE';
export const SOME_HEADER = 'x-nestjs-cors-edge';
/** What no list of names has. */
export const UNREADABLE_HEADERS = 'not a name';

/** What was found out about a place and a method. */
export interface Findings {
  readonly preflight: readonly Branch<PreflightDecision>[] | undefined;
  readonly malformed: PreflightDecision | undefined;
  /** Undefined: no header is touched. */
  readonly response: readonly Branch<CorsDecision>[] | undefined;
}

/** Cells and answers, each once. */
export class CellTable {
  private readonly byContent = new Map<string, Cell>();
  private readonly answersByContent = new Map<string, EdgeAnswer>();

  /** @param preflights whether they are answered */
  constructor(private readonly preflights: boolean) {}

  get cells(): readonly Cell[] {
    return [...this.byContent.values()];
  }

  get answers(): readonly EdgeAnswer[] {
    return [...this.answersByContent.values()];
  }

  /** The id of the cell in which nothing is touched. */
  get untouched(): string {
    return this.idOf({ preflight: undefined, malformed: undefined, response: undefined });
  }

  /**
   * @param method the requested one
   * @param asOther what is announced to a method that nobody names, at the same place
   */
  add({ preflight, malformed, response }: Findings, method: string, asOther?: Findings): string {
    const ofOther = asOther?.preflight;
    if (!this.preflights) {
      const only = response && this.responseOf(response);
      return this.idOf({ preflight: undefined, malformed: undefined, response: only });
    }
    return this.idOf({
      preflight:
        preflight &&
        this.decisionOf(preflight, (decision, holds) =>
          preflightAnswer(decision, method, otherDecision(ofOther, holds)),
        ),
      malformed: malformed && this.answerId(preflightAnswer(malformed, method, undefined)),
      response: response && this.responseOf(response),
    });
  }

  private responseOf(branches: readonly Branch<CorsDecision>[]): Decision | undefined {
    // `@Cors(false)`: the headers of the handler's own stay.
    if (branches.some(({ result }) => result.outcome === 'cors-disabled')) return undefined;
    return this.decisionOf(branches, responseAnswer);
  }

  private decisionOf<T>(
    branches: readonly Branch<T>[],
    answerOf: (result: T, holds: Branch<T>['holds']) => Omit<EdgeAnswer, 'id'>,
  ): Decision {
    const rules = [...new Set(branches.flatMap(({ holds }) => [...holds.keys()]))].toSorted(
      (a, b) => a - b,
    );
    const answers = new Map<string, string>();
    for (let bits = 0; bits < 1 << rules.length; bits += 1) {
      const digits = rules.map((_, index) => (bits >> index) & 1);
      const branch = branches.find(({ holds }) =>
        Array.from(holds).every(([rule, yes]) => digits[rules.indexOf(rule)] === Number(yes)),
      );
      if (branch === undefined) continue;
      answers.set(digits.join(''), this.answerId(answerOf(branch.result, branch.holds)));
    }
    return withoutIdleRules({ rules, answers });
  }

  private answerId(answer: Omit<EdgeAnswer, 'id'>): string {
    const key = JSON.stringify(answer);
    const known = this.answersByContent.get(key);
    if (known !== undefined) return known.id;
    const added = { id: `a${this.answersByContent.size}`, ...answer };
    this.answersByContent.set(key, added);
    return added.id;
  }

  private idOf(cell: Omit<Cell, 'id'>): string {
    const key = JSON.stringify([
      cell.preflight && [cell.preflight.rules, [...cell.preflight.answers]],
      cell.malformed,
      cell.response && [cell.response.rules, [...cell.response.answers]],
    ]);
    const known = this.byContent.get(key);
    if (known !== undefined) return known.id;
    const added = { id: `c${this.byContent.size}`, ...cell };
    this.byContent.set(key, added);
    return added.id;
  }
}

/** What a rule changes nothing about is not asked. */
function withoutIdleRules(decision: Decision): Decision {
  const { rules, answers } = decision;
  const idle = rules.findIndex((_, index) =>
    Array.from(answers).every(([bits, answer]) => {
      const other = `${bits.slice(0, index)}${bits[index] === '1' ? '0' : '1'}${bits.slice(index + 1)}`;
      return answers.get(other) === answer;
    }),
  );
  if (idle === -1) return decision;
  const less = new Map(
    Array.from(answers, ([bits, answer]) => [bits.slice(0, idle) + bits.slice(idle + 1), answer]),
  );
  return withoutIdleRules({ rules: rules.toSpliced(idle, 1), answers: less });
}

function otherDecision(
  branches: readonly Branch<PreflightDecision>[] | undefined,
  holds: ReadonlyMap<number, boolean>,
): PreflightDecision | undefined {
  return branches?.find((branch) =>
    Array.from(branch.holds).every(([rule, yes]) => (holds.get(rule) ?? yes) === yes),
  )?.result;
}

const NO_NAMES: AnnouncedNames = { names: [], requested: false };

function preflightAnswer(
  { status, headers }: PreflightDecision,
  method: string,
  other: PreflightDecision | undefined,
): Omit<EdgeAnswer, 'id'> {
  const sent = new Map(pairsOf(headers));
  const methods = membersOf(sent.get('Access-Control-Allow-Methods'));
  const asked = membersOf(sent.get('Access-Control-Allow-Headers'));
  const maxAge = sent.get('Access-Control-Max-Age');
  return {
    status,
    allowOrigin: originOf(sent.get('Access-Control-Allow-Origin')),
    credentials: sent.has('Access-Control-Allow-Credentials'),
    exposeHeaders: undefined,
    timingAllowOrigin: undefined,
    allowMethods: announced(methods, method, other),
    allowHeaders: {
      names: asked.filter((name) => name !== SOME_HEADER),
      requested: asked.includes(SOME_HEADER),
    },
    maxAge: maxAge === undefined ? undefined : Number(maxAge),
    varyByOrigin: sent.has('Vary'),
  };
}

/** In the words for any method, where they say the same: most methods then share one answer. */
function announced(
  methods: readonly string[],
  method: string,
  other: PreflightDecision | undefined,
): AnnouncedNames {
  const ofOther = membersOf(
    other && new Map(pairsOf(other.headers)).get('Access-Control-Allow-Methods'),
  );
  const mine = method === SOME_METHOD ? methods : ofOther;
  const named = mine.filter((name) => name !== SOME_METHOD);
  const requested = mine.includes(SOME_METHOD);
  const said = new Set([...named, ...(requested ? [method] : [])]);
  const isSame = said.size === methods.length && methods.every((name) => said.has(name));
  if (method === SOME_METHOD || isSame) return { names: named.toSorted(), requested };
  return { names: methods.toSorted(), requested: false };
}

function responseAnswer({ headers, varyByOrigin }: CorsDecision): Omit<EdgeAnswer, 'id'> {
  const sent = new Map(pairsOf(headers));
  return {
    status: undefined,
    allowOrigin: originOf(sent.get('Access-Control-Allow-Origin')),
    credentials: sent.has('Access-Control-Allow-Credentials'),
    exposeHeaders: sent.get('Access-Control-Expose-Headers'),
    timingAllowOrigin: originOf(sent.get('Timing-Allow-Origin')),
    allowMethods: NO_NAMES,
    allowHeaders: NO_NAMES,
    maxAge: undefined,
    varyByOrigin,
  };
}

function originOf(value: string | undefined): '*' | 'origin' | undefined {
  if (value === undefined || value === '*') return value;
  return value === SOME_ORIGIN ? 'origin' : undefined;
}

function pairsOf(headers: readonly string[]): [string, string][] {
  return Array.from({ length: headers.length / 2 }, (_, index) => [
    headers[2 * index] ?? '',
    headers[2 * index + 1] ?? '',
  ]);
}

function membersOf(list: string | undefined): readonly string[] {
  return list === undefined ? [] : list.split(', ');
}

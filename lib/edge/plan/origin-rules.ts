import type { ListedOrigins } from '../../policy-file/allowed-origins.js';
import type { ModelAnswer } from '../../policy-file/policy-model.js';
import type { OriginRule } from '../../policy/policy.js';
import type { WrittenRegExp } from '../../options/language/program.js';
import { printable, shortened } from '../../text/escape.js';
import type { Expression } from '../expression.js';
import { mayExplode } from '../origins/backtracking.js';
import { patternExpression, regexpExpression } from '../origins/origin-expressions.js';
import type { EdgeOriginRule, OriginExpression } from '../tables.js';
import type { DelegationCause } from './delegations.js';

/** The regular expressions of a server. */
interface Dialect {
  /** Whether they may look ahead and behind: those engines try one way after the other. */
  readonly looksAround: boolean;
  readonly longestExpression?: number | undefined;
}

const LONGEST_SHOWN = 300;

/** Whether a rule holds was asked, and nobody has said. */
class Undecided extends Error {
  constructor(readonly rule: number) {
    super('undecided');
  }
}

/** What was decided, for some origin rules that hold and some that do not. */
export interface Branch<T> {
  readonly holds: ReadonlyMap<number, boolean>;
  readonly result: T;
}

/** What is decided in all branches, or why it is left to the application. */
export function decisionsOf<T>(branches: readonly Branch<ModelAnswer<T>>[]): {
  readonly branches: readonly Branch<T>[];
  readonly cause?: DelegationCause;
} {
  const decided: Branch<T>[] = [];
  for (const { holds, result } of branches) {
    switch (result.kind) {
      case 'decided':
        decided.push({ holds, result: result.decision });
        break;
      case 'at run time':
        return { branches: [], cause: { kind: 'decided', by: result.by } };
      case 'left to the application':
        return { branches: [], cause: { kind: 'passed through' } };
      case 'by version':
        return { branches: [], cause: { kind: 'version' } };
    }
  }
  return { branches: decided };
}

/** How many rules a decision may depend on: each doubles its rows. */
export const MOST_RULES = 6;

/**
 * The lists of origins of a policy file, as rules that are asked by number. A decision that depends on
 * some is made once for each of their combinations.
 */
export class OriginRules {
  private readonly rules: EdgeOriginRule[] = [];
  private readonly unsayable = new Map<number, DelegationCause>();
  private readonly numbers = new Map<string, number>();
  private readonly models = new Map<number, OriginRule>();
  private holds: ReadonlyMap<number, boolean> = new Map();

  constructor(private readonly dialect: Dialect) {}

  /** A rule for the model: it asks whoever explores. */
  ruleFor(origins: ListedOrigins, declaredAt: string): OriginRule {
    const { exact, patterns, expressions } = origins;
    const members = [
      ...exact,
      ...patterns.map(({ text }) => text),
      ...expressions.map(({ text }) => text),
    ];
    const key = JSON.stringify(members.toSorted());
    const known = this.numbers.get(key);
    const number = known ?? this.rules.length;
    if (known === undefined) this.add(origins, declaredAt);
    this.numbers.set(key, number);
    const model = this.models.get(number) ?? {
      kind: 'listed',
      // An exact origin is an answer without a question.
      exact: new Set<string>(),
      matches: () => {
        const holds = this.holds.get(number);
        if (holds === undefined) throw new Undecided(number);
        return holds;
      },
    };
    this.models.set(number, model);
    return model;
  }

  private add({ exact, patterns, expressions }: ListedOrigins, declaredAt: string): void {
    const number = this.rules.length;
    const printed: OriginExpression[] = patterns.map(patternExpression);
    for (const written of expressions) {
      const said = regexpExpression(written);
      const kind = said === undefined ? 'expression' : this.faultOf(said.origin, written);
      if (said === undefined || kind !== undefined) {
        const text = shortened(written.text, LONGEST_SHOWN);
        this.unsayable.set(number, { kind: kind ?? 'expression', text });
      } else printed.push(said);
    }
    this.rules.push({ comment: printable(declaredAt), exact: [...exact], expressions: printed });
  }

  private faultOf({ source, looksAround }: Expression, written: WrittenRegExp) {
    const { dialect } = this;
    if (source.length > (dialect.longestExpression ?? Infinity)) return 'expression';
    if (!dialect.looksAround) return looksAround ? 'expression' : undefined;
    return mayExplode(written) ? 'time' : undefined;
  }

  get table(): readonly EdgeOriginRule[] {
    return this.rules;
  }

  /** What a RegExp of these rules cannot be said for. */
  unsayableOf(rules: Iterable<number>): DelegationCause | undefined {
    for (const rule of rules) {
      const cause = this.unsayable.get(rule);
      if (cause !== undefined) return cause;
    }
    return undefined;
  }

  /**
   * Makes a decision for all combinations of the rules that it asks about.
   *
   * @returns undefined where it asks about too many
   */
  explore<T>(decide: () => T): readonly Branch<T>[] | undefined {
    const branches: Branch<T>[] = [];
    const asked = new Set<number>();
    const waiting: ReadonlyMap<number, boolean>[] = [new Map()];
    for (let holds = waiting.pop(); holds !== undefined; holds = waiting.pop()) {
      this.holds = holds;
      try {
        branches.push({ holds, result: decide() });
      } catch (error) {
        if (!(error instanceof Undecided)) throw error;
        asked.add(error.rule);
        if (asked.size > MOST_RULES) return undefined;
        waiting.push(new Map(holds).set(error.rule, true), new Map(holds).set(error.rule, false));
      }
    }
    return branches;
  }
}

/** A serialised origin that a rule may hold for or not. */
export const SOME_ORIGIN = 'https://nestjs-cors-edge.invalid';

import type { Decision, EdgeTables } from './tables.js';

/** What is asked of a cell: a preflight, one that cannot be read, or a response to another request. */
export type Stage = 'preflight' | 'malformed' | 'response';

/** The tables of decisions, for servers that look up texts. */
export interface DecisionTexts {
  /** The sets of rules that decisions depend on, by what names them: `s1` has the rules 0 and 2. */
  readonly ruleSets: ReadonlyMap<string, readonly number[]>;
  /** `preflight c3`: its set of rules. A stage without any is not there. */
  readonly setOf: ReadonlyMap<string, string>;
  /** `preflight c3 10`: the answer, by whether the rules of the set hold. */
  readonly answers: ReadonlyMap<string, string>;
}

/** Writes decisions as texts that are looked up: no expression has to be tried for them. */
export function decisionTexts({ cells }: EdgeTables, separator: string): DecisionTexts {
  const names = new Map<string, string>();
  const ruleSets = new Map<string, readonly number[]>();
  const setOf = new Map<string, string>();
  const answers = new Map<string, string>();
  const add = (stage: Stage, cell: string, decision: Decision | undefined) => {
    if (decision === undefined) return;
    const { rules } = decision;
    const name = names.get(rules.join()) ?? `s${names.size}`;
    names.set(rules.join(), name);
    ruleSets.set(name, rules);
    setOf.set([stage, cell].join(separator), name);
    for (const [digits, answer] of decision.answers) {
      answers.set([stage, cell, digits].join(separator), answer);
    }
  };
  for (const { id, preflight, malformed, response } of cells) {
    add('preflight', id, preflight);
    add('response', id, response);
    if (malformed !== undefined) {
      add('malformed', id, { rules: [], answers: new Map([['', malformed]]) });
    }
  }
  return { ruleSets, setOf, answers };
}

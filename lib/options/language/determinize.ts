import type { Automaton } from '../../policy/origins/automaton.js';
import { type BuildLimits, limitsOf, Unsupported, WorkLimit } from './limits.js';
import { minimize } from './minimize.js';
import { compileProgram, type Program, type WrittenRegExp } from './program.js';
import { Threads } from './threads.js';

/**
 * Builds the automaton of an expression that matches whole texts only: it accepts what
 * `RegExp.prototype.test` accepts, if `^` and `$` hold every alternative.
 *
 * @throws Unsupported for what has none, or too large a one
 */
export function buildAutomaton(regexp: WrittenRegExp): Automaton {
  return minimize(determinize(compileProgram(regexp), limitsOf(regexp.source)));
}

/**
 * Runs all threads of a program side by side. A state is what they are at: the threads of each
 * look-behind, which follow the text from its start, and those of the expression itself.
 */
function determinize(program: Program, limits: BuildLimits): Automaton {
  const groups = groupCharacters(program.sets);
  const work = new WorkLimit(limits.work);
  const threads = new Threads(program, groups, work);
  const states: (readonly number[])[] = [[]];
  const numbers = new Map<string, number>();
  const numberOf = (state: readonly number[]) => {
    const key = state.join(' ');
    const number = numbers.get(key) ?? states.push(state) - 1;
    numbers.set(key, number);
    if (number > limits.states) throw new Unsupported('too-complex');
    return number;
  };

  numberOf(advance(program, (start, truths) => threads.begin(start, truths), threads));
  const next: number[] = groups.map(() => 0);
  for (let number = 1; number < states.length; number += 1) {
    const state = states[number] ?? [];
    for (let column = 0; column < groups.length; column += 1) {
      work.spend(1);
      const main = state.at(-1) ?? 0;
      const after = advance(
        program,
        (start, truths, index) =>
          index < program.behinds.length
            ? threads.step(state[index] ?? 0, column, truths, start)
            : threads.step(main, column, truths),
        threads,
      );
      next.push(threads.isEmpty(after.at(-1) ?? 0) ? 0 : numberOf(after));
    }
  }
  const classes = new Uint8Array(128);
  groups.forEach((characters, column) => {
    for (const character of characters) classes[character.charCodeAt(0)] = column;
  });
  return {
    classes,
    width: groups.length,
    next: Uint16Array.from(next),
    accepting: Uint8Array.from(states, (state) => Number(threads.isAccepted(state.at(-1) ?? -1))),
  };
}

/** The sets of a state: of each look-behind, inner ones first, since outer ones ask them; then the rest. */
function advance(
  { start, behinds }: Program,
  setOf: (start: number, truths: readonly boolean[], index: number) => number,
  threads: Threads,
): number[] {
  const truths: boolean[] = [];
  const sets = behinds.map((body, index) => {
    const set = setOf(body, truths, index);
    truths.push(threads.isAccepted(set));
    return set;
  });
  sets.push(setOf(start, truths, behinds.length));
  return sets;
}

/** The ASCII characters in groups: those of one are in the same sets. */
function groupCharacters(sets: readonly string[]): string[] {
  const groups = new Map<string, string>();
  for (let code = 0; code < 128; code += 1) {
    const character = String.fromCharCode(code);
    const key = sets.map((members) => Number(members.includes(character))).join('');
    groups.set(key, (groups.get(key) ?? '') + character);
  }
  return [...groups.values()];
}

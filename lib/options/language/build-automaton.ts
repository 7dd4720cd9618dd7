import { type Automaton, DEAD } from '../../policy/origins/automaton.js';
import { type BuildLimits, limitsOf, Unsupported, WorkLimit } from './limits.js';
import { minimize } from './minimize.js';
import { compileProgram, type Program, type WrittenRegExp } from './program.js';
import { Threads, type ThreadSet } from './threads.js';

/**
 * Builds the automaton of an expression that matches whole texts only: it accepts what
 * `RegExp.prototype.test` accepts, if `^` and `$` hold every alternative.
 *
 * @throws Unsupported for what has none, or too large a one
 */
export function buildAutomaton(regexp: WrittenRegExp): Automaton {
  return minimize(determinize(compileProgram(regexp), limitsOf(regexp.source)));
}

/** What all threads of a program are at. */
interface State {
  /** The threads of each look-behind, which follow the text from its start. */
  readonly behinds: readonly ThreadSet[];
  /** Those of the expression itself. */
  readonly main: ThreadSet;
}

/** Runs all threads of a program side by side. */
function determinize(program: Program, limits: BuildLimits): Automaton {
  const groups = groupCharacters(program.sets);
  const work = new WorkLimit(limits.work);
  const threads = new Threads(program, groups, work);
  // They are counted from `START`, which is 1: the dead state is none of them.
  const states: State[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (state: State) => {
    const key = [...state.behinds, state.main].map((set) => set.number).join(' ');
    const number = numbers.get(key) ?? states.push(state);
    numbers.set(key, number);
    if (number > limits.states) throw new Unsupported('too-complex');
    return number;
  };

  numberOf(advance(program, threads, (start, truths) => threads.begin(start, truths)));
  const next: number[] = groups.map(() => DEAD);
  // The iteration also meets those that are added meanwhile.
  for (const { behinds, main } of states) {
    for (let column = 0; column < groups.length; column += 1) {
      work.spend(1);
      const after = advance(program, threads, (start, truths, index) => {
        const behind = behinds[index];
        return behind === undefined
          ? threads.step(main, column, truths)
          : threads.step(behind, column, truths, start);
      });
      next.push(after.main.threads.length === 0 ? DEAD : numberOf(after));
    }
  }
  const classes = new Uint8Array(128);
  groups.forEach((characters, column) => {
    for (const character of characters) classes[character.charCodeAt(0)] = column;
  });
  const accepting = states.map(({ main }) => Number(threads.isAccepted(main)));
  return {
    classes,
    width: groups.length,
    next: Uint16Array.from(next),
    accepting: Uint8Array.from([0, ...accepting]),
  };
}

/** The sets of a state: of each look-behind, inner ones first, since outer ones ask them; then the rest. */
function advance(
  { start, behinds }: Program,
  threads: Threads,
  setOf: (start: number, truths: readonly boolean[], index: number) => ThreadSet,
): State {
  const truths: boolean[] = [];
  const sets = behinds.map((body, index) => {
    const set = setOf(body, truths, index);
    truths.push(threads.isAccepted(set));
    return set;
  });
  return { behinds: sets, main: setOf(start, truths, behinds.length) };
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

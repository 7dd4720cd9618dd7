import type { Automaton } from '../../policy/origins/automaton.js';
import type { Steps } from '../steps.js';
import { uniteInSteps } from './languages.js';
import { Unsupported } from './limits.js';

/** So many states one table may have: about a megabyte. */
const MAX_UNITED_STATES = 16_384;

/** Beginnings and ends that two share make fewer states than both have; this is for tiny ones. */
const SLACK = 64;

/**
 * Makes few automata of many: 1,000 expressions of the usual kind then cost one walk. Two stay apart
 * that together would have more states than on their own, so that the work is bounded.
 */
export function* uniteAll(automata: readonly Automaton[]): Steps<readonly Automaton[]> {
  const finished: Automaton[] = [];
  let round = automata;
  // In pairs, like a tournament: each state is copied but a logarithm of times.
  while (round.length > 1) {
    const winners: Automaton[] = [];
    let waiting: Automaton | undefined;
    for (const automaton of round) {
      if (waiting === undefined) {
        waiting = automaton;
        continue;
      }
      const united: Automaton | undefined = yield* uniteIfSmall(waiting, automaton);
      if (united === undefined) finished.push(waiting, automaton);
      else winners.push(united);
      waiting = undefined;
    }
    round = waiting === undefined ? winners : [...winners, waiting];
  }
  return [...finished, ...round];
}

function* uniteIfSmall(one: Automaton, other: Automaton): Steps<Automaton | undefined> {
  const sum = one.accepting.length + other.accepting.length + SLACK;
  try {
    const united = yield* uniteInSteps(one, other);
    return united.accepting.length <= Math.min(sum, MAX_UNITED_STATES) ? united : undefined;
  } catch (error) {
    if (error instanceof Unsupported) return undefined;
    throw error;
  }
}

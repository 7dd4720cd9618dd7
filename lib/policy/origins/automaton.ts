/**
 * A finite automaton over ASCII, as a table: what a RegExp becomes at boot, and any number of them
 * together. Its cost is one look-up for each character of the text, whatever the expression.
 *
 * Plain data. The arrays cannot be frozen; whoever builds them gives them away.
 */
export interface Automaton {
  /** For each of the 128 characters, its class: characters that no state tells apart share one. */
  readonly classes: Uint8Array;
  /** The number of classes, which is the length of a row of `next`. */
  readonly width: number;
  /** The next state, by state and class. */
  readonly next: Uint16Array;
  /** 1 for each state in which a text may end. */
  readonly accepting: Uint8Array;
}

/** The state from which no text is accepted. */
export const DEAD = 0;
/** The state in which every text begins. */
export const START = 1;
/** What a table of `Uint16Array` can hold. */
export const MAX_STATES = 0x1_0000;

/** Whether the automaton accepts the whole text. What is not ASCII is never accepted. */
export function accepts(automaton: Automaton, text: string): boolean {
  return automaton.accepting[walk(automaton, START, text)] === 1;
}

/** The state that a text leads to. */
export function walk({ classes, width, next }: Automaton, from: number, text: string): number {
  let state = from;
  for (let index = 0; index < text.length && state !== DEAD; index += 1) {
    const column = classes[text.charCodeAt(index)];
    state = column === undefined ? DEAD : (next[state * width + column] ?? DEAD);
  }
  return state;
}

import { type Automaton, DEAD, START, walk } from '../../policy/origins/automaton.js';
import type { WorkLimit } from './limits.js';

/** In an order in which a wildcard is found at a letter that shows. */
const LABEL = 'hijklmnopqrstuvwxyzabcdefg0123456789-_';
const HOST = `${LABEL}.`;

/** More names than that nobody has registered one by one. */
export const MAX_NAMES = 1000;

/** So many characters in one place are a wildcard; all the digits, decimal or hexadecimal, are not. */
export const WILDCARD = 17;

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
/** The lengths between which an expression for all names has them all. */
const SHORTEST_USUAL = 3;
const LONGEST_USUAL = 12;

const MAX_LABEL_LENGTH = 63;
const MAX_HOST_LENGTH = 253;

/** States that end in the same suffix of a host. */
export type Suffix = readonly number[];

/**
 * The hosts of a language, read from the right: that is how domains are delegated. The language
 * holds origins of http and https with names as hosts.
 */
export class HostLabels {
  /** For each state inside a host: by character, the states before it. */
  private readonly previous = new Map<number, Map<string, number[]>>();
  private readonly firsts: ReadonlySet<number>;

  constructor(
    private readonly origins: Automaton,
    private readonly work: WorkLimit,
  ) {
    const firsts = ['http://', 'https://'].map((scheme) => walk(origins, START, scheme));
    this.firsts = new Set(firsts.filter((state) => state !== DEAD));
    const inside = new Set(this.firsts);
    for (const state of inside) {
      for (const character of HOST) {
        const after = walk(origins, state, character);
        if (after === DEAD) continue;
        inside.add(after);
        const before = this.previous.get(after) ?? new Map<string, number[]>();
        before.set(character, [...(before.get(character) ?? []), state]);
        this.previous.set(after, before);
      }
    }
  }

  /** The end of each host: `example.com.` ends where `example.com` does. */
  get end(): Suffix {
    const { origins } = this;
    const ends = [...this.previous.keys()].filter(
      (state) => origins.accepting[state] === 1 || walk(origins, state, ':') !== DEAD,
    );
    return [...new Set([...ends, ...this.before(ends, '.')])];
  }

  /** What all hosts end in. */
  get commonEnd(): string {
    let states = this.end;
    let text = '';
    while (!states.some((state) => this.firsts.has(state))) {
      const steps = Array.from(HOST, (character) => ({
        character,
        before: this.before(states, character),
      })).filter(({ before }) => before.length > 0);
      const [step] = steps;
      if (step === undefined || steps.length > 1 || text.length > MAX_HOST_LENGTH) break;
      text = step.character + text;
      states = step.before;
    }
    return text;
  }

  /** What all hosts begin with, as far as some of them go on after it. */
  get commonStart(): string {
    let states = this.firsts;
    let text = '';
    while (text.length <= MAX_HOST_LENGTH) {
      const steps = Array.from(HOST, (character) => ({
        character,
        after: new Set([...states].map((state) => walk(this.origins, state, character))),
      })).filter(({ after }) => [...after].some((state) => state !== DEAD));
      const [step] = steps;
      if (step === undefined || steps.length > 1) break;
      text += step.character;
      states = step.after;
    }
    return text;
  }

  /**
   * The labels that stand to the left of a suffix, each with the suffix that it makes. If they are
   * endless, too many, or have a wildcard in them: how one ends that nobody has written down.
   */
  labelsBefore(suffix: Suffix): ReadonlyMap<string, Suffix> | string {
    const labels = new Map<string, Suffix>();
    const path = new Set<string>();

    /** @returns the end of a label that is not literal, if there is one */
    const read = (states: Suffix, label: string): string | undefined => {
      const key = keyOf(states);
      this.work.spend(states.length);
      // A label that comes back to the same states goes round for ever.
      if (path.has(key) || label.length > MAX_LABEL_LENGTH) return label;
      if (label !== '' && this.isLabel(states)) {
        labels.set(label, this.before(states, '.'));
        if (labels.size > MAX_NAMES) return label;
      }
      path.add(key);
      const counts = new Map<string, number>();
      for (const character of LABEL) {
        const before = this.before(states, character);
        if (before.length === 0) continue;
        const count = (counts.get(keyOf(before)) ?? 0) + 1;
        counts.set(keyOf(before), count);
        const longer = character + label;
        const end = count === WILDCARD ? longer : read(before, longer);
        if (end !== undefined) return end;
      }
      path.delete(key);
      return undefined;
    };
    return read(suffix, '') ?? labels;
  }

  /** Whether all names of letters stand to the left of a suffix, as far as names are of usual length. */
  hasAllNames(suffix: Suffix): boolean {
    let ends = [suffix];
    for (let length = 1; length <= LONGEST_USUAL; length += 1) {
      const longer = new Map<string, Suffix>();
      for (const states of ends) {
        for (const letter of LETTERS) {
          const before = this.before(states, letter);
          this.work.spend(before.length);
          if (before.length === 0) return false;
          longer.set(keyOf(before), before);
        }
      }
      ends = [...longer.values()];
      if (length >= SHORTEST_USUAL && !ends.every((states) => this.isLabel(states))) return false;
    }
    return true;
  }

  /** The states from which a text leads to others. */
  statesBefore(suffix: Suffix, text: string): Suffix {
    let states = suffix;
    for (const character of Array.from(text).toReversed()) {
      if (states.length === 0) break;
      this.work.spend(states.length);
      states = this.before(states, character);
    }
    return states;
  }

  /** Whether a label can begin here. */
  private isLabel(states: Suffix): boolean {
    return this.before(states, '.').length > 0 || states.some((state) => this.firsts.has(state));
  }

  private before(states: Suffix, character: string): Suffix {
    const found = new Set<number>();
    for (const state of states) {
      for (const source of this.previous.get(state)?.get(character) ?? []) found.add(source);
    }
    return [...found].toSorted((a, b) => a - b);
  }
}

function keyOf(states: Suffix): string {
  return states.join(' ');
}

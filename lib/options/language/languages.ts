import { type Automaton, DEAD, MAX_STATES, START } from '../../policy/origins/automaton.js';
import { finish, type Steps } from '../steps.js';
import { buildAutomaton } from './build-automaton.js';
import { Unsupported } from './limits.js';
import { distancesToEnd, minimizeInSteps, NEVER, Sources } from './minimize.js';

/** Of what two languages say about a text, or whether they can still say anything, what is asked. */
type Choice = (one: boolean, other: boolean) => boolean;

const both: Choice = (one, other) => one && other;
const either: Choice = (one, other) => one || other;
const onlyOne: Choice = (one, other) => one && !other;
const first: Choice = (one) => one;

/** What is in both. */
export function intersect(one: Automaton, other: Automaton): Automaton {
  return finish(combine(one, other, { accepts: both, isAlive: both }));
}

/** What is in the one and not in the other. */
export function subtract(one: Automaton, other: Automaton): Automaton {
  return finish(combine(one, other, { accepts: onlyOne, isAlive: first }));
}

/** What is in either. */
export function unite(one: Automaton, other: Automaton): Automaton {
  return finish(uniteInSteps(one, other));
}

export function uniteInSteps(one: Automaton, other: Automaton): Steps<Automaton> {
  return combine(one, other, { accepts: either, isAlive: either });
}

/** Whether nothing is accepted. The automaton is minimal, as all that these functions return. */
export function isEmpty({ accepting }: Automaton): boolean {
  return !accepting.includes(1);
}

/** Whether the one accepts all that the other does. */
export function includes(one: Automaton, other: Automaton): boolean {
  return isEmpty(subtract(other, one));
}

/** Letters first: nobody reads `https://-.-.com`. */
const READABLE = 'xabcdefghijklmnopqrstuvwyz0123456789-.:/';

/**
 * A text that is accepted, of the shortest the most readable.
 *
 * @returns `undefined` if there is none
 */
export function findShortest(automaton: Automaton): string | undefined {
  const distances = distancesToEnd(automaton, new Sources(automaton));
  let state = START;
  let left = distances[state] ?? NEVER;
  if (left === NEVER) return undefined;
  const { classes, width, next } = automaton;
  const others = Array.from(classes, (_, code) => String.fromCharCode(code));
  const characters = Array.from(READABLE).concat(others);
  let text = '';
  while (left > 0) {
    left -= 1;
    for (const character of characters) {
      const after = next[state * width + (classes[character.charCodeAt(0)] ?? 0)] ?? DEAD;
      if (distances[after] !== left) continue;
      text += character;
      state = after;
      break;
    }
  }
  return text;
}

interface Combination {
  /** Whether a text is accepted, by what either says about it. */
  readonly accepts: Choice;
  /** Whether anything can still be accepted, by whether either can still accept anything. */
  readonly isAlive: Choice;
}

/** What people write makes fewer; so the time for a question is bounded by what it is about. */
function maxPairs(one: Automaton, other: Automaton): number {
  return Math.min(MAX_STATES, 4 * (one.accepting.length + other.accepting.length) + 1000);
}

/**
 * Walks both side by side: a state is a pair of theirs.
 *
 * @throws Unsupported for more pairs than there may be
 */
function* combine(
  one: Automaton,
  other: Automaton,
  { accepts, isAlive }: Combination,
): Steps<Automaton> {
  const limit = maxPairs(one, other);
  const { classes, columns } = combineClasses(one, other);
  // They are counted from `START`, which is 1: two dead states are none of them.
  const pairs: [number, number][] = [];
  const numbers = new Map<number, number>();
  const numberOf = (left: number, right: number) => {
    if (!isAlive(left !== DEAD, right !== DEAD)) return DEAD;
    const key = left * MAX_STATES + right;
    const number = numbers.get(key) ?? pairs.push([left, right]);
    if (number >= limit) throw new Unsupported('too-complex');
    numbers.set(key, number);
    return number;
  };
  numberOf(START, START);
  const next: number[] = columns.map(() => DEAD);
  // The iteration also meets those that are added meanwhile.
  for (const [left, right] of pairs) {
    for (const [leftColumn, rightColumn] of columns) {
      next.push(
        numberOf(
          one.next[left * one.width + leftColumn] ?? DEAD,
          other.next[right * other.width + rightColumn] ?? DEAD,
        ),
      );
    }
    yield;
  }
  const accepting = pairs.map(([left, right]) =>
    Number(accepts(one.accepting[left] === 1, other.accepting[right] === 1)),
  );
  return yield* minimizeInSteps({
    classes,
    width: columns.length,
    next: Uint16Array.from(next),
    accepting: Uint8Array.from([0, ...accepting]),
  });
}

/** Characters that both take for the same, and the class of each pair in either. */
function combineClasses(one: Automaton, other: Automaton) {
  const columns: [number, number][] = [];
  const numbers = new Map<number, number>();
  const classes = one.classes.map((left, code) => {
    const right = other.classes[code] ?? 0;
    const key = left * 128 + right;
    const number = numbers.get(key) ?? columns.push([left, right]) - 1;
    numbers.set(key, number);
    return number;
  });
  return { classes, columns };
}

/** Where a choice is left, a witness is over https and has no port. */
const PREFERRED = ['https:\\/\\/[^:]+', '[^:]+:\\/\\/[^:]+', '[^]*'];

/** Hosts of which a part is not written down. */
export interface OpenName {
  /** What they end in; empty where the top-level domain itself is not written down. */
  readonly suffix: string;
  /** How the label before it ends in one that is not written down. */
  readonly labelEnd: string;
}

/**
 * An origin of a language that a stranger can have, as readable as may be. Any of it will do, but
 * `https://evilexample.com` says at once what is wrong, and the shortest seldom does.
 */
export function pickStranger(language: Automaton, name?: OpenName): string | undefined {
  if (name === undefined) return pick(language, ['[^]*evil[^]*', '[^]*']);
  const end = name.suffix && `\\.${escape(name.suffix)}`;
  const forms =
    end === ''
      ? ['[^]*[./]evil\\.example', '[^]*evil\\.example', '[^]*evil\\.com', '[^]*evil[^.]*']
      : [`[^]*evil[^.]*${end}\\.?`];
  return pick(language, [...forms, `[^]*${escape(name.labelEnd)}${end}\\.?`]);
}

/** An origin over http of a language that has such. */
export function pickInsecure(language: Automaton): string | undefined {
  return pick(language, ['http:\\/\\/app\\.[^]*[^.]', '[^]*']);
}

function pick(language: Automaton, forms: readonly string[]): string | undefined {
  for (const form of forms) {
    // A host is followed by a port, perhaps.
    const formed = intersect(language, build(`${form}(?::\\d+)?`));
    for (const preferred of PREFERRED) {
      const found = findShortest(intersect(formed, build(preferred)));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function build(source: string): Automaton {
  return buildAutomaton({ source: `^(?:${source})$`, flags: '' });
}

function escape(text: string): string {
  return text.replace(/[.[\]]/g, '\\$&');
}

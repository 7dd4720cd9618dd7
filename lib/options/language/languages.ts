import { type Automaton, DEAD, MAX_STATES, START } from '../../policy/origins/automaton.js';
import { finish, type Steps } from '../steps.js';
import { buildAutomaton, minimizeInSteps } from './build-automaton.js';
import { Unsupported } from './limits.js';

/** What is in both. */
export function intersect(one: Automaton, other: Automaton): Automaton {
  const accepts = (left: boolean, right: boolean) => left && right;
  return finish(combine(one, other, { needs: 'both', accepts }));
}

/** What is in the one and not in the other. */
export function subtract(one: Automaton, other: Automaton): Automaton {
  const accepts = (left: boolean, right: boolean) => left && !right;
  return finish(combine(one, other, { needs: 'one', accepts }));
}

/** What is in either. */
export function unite(one: Automaton, other: Automaton): Automaton {
  return finish(uniteInSteps(one, other));
}

export function uniteInSteps(one: Automaton, other: Automaton): Steps<Automaton> {
  return combine(one, other, { needs: 'either', accepts: (left, right) => left || right });
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
  const distances = distancesToEnd(automaton);
  let state = START;
  let left = distances[state] ?? -1;
  if (left === -1) return undefined;
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

/** For each state, how many characters are missing at least; -1 where none will do. */
function distancesToEnd({ width, next, accepting }: Automaton): Int32Array {
  const distances = Int32Array.from(accepting, (accepts) => accepts - 1);
  const sources: number[][] = Array.from(accepting, () => []);
  next.forEach((target, index) => sources[target]?.push(Math.floor(index / width)));
  const queue = [...distances.keys()].filter((state) => distances[state] === 0);
  for (const state of queue) {
    for (const source of sources[state] ?? []) {
      if (distances[source] !== -1) continue;
      distances[source] = (distances[state] ?? 0) + 1;
      queue.push(source);
    }
  }
  return distances;
}

interface Combination {
  /** Which of the two must still be alive for anything to be accepted. */
  readonly needs: 'both' | 'one' | 'either';
  readonly accepts: (left: boolean, right: boolean) => boolean;
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
  { needs, accepts }: Combination,
): Steps<Automaton> {
  const limit = maxPairs(one, other);
  const { classes, columns } = combineClasses(one, other);
  const pairs: [number, number][] = [[DEAD, DEAD]];
  const numbers = new Map<number, number>();
  const numberOf = (left: number, right: number) => {
    const isLeftDead = left === DEAD && needs !== 'either';
    const isRightDead = right === DEAD && needs === 'both';
    if (isLeftDead || isRightDead || (left === DEAD && right === DEAD)) return DEAD;
    const key = left * MAX_STATES + right;
    const number = numbers.get(key) ?? pairs.push([left, right]) - 1;
    if (number >= limit) throw new Unsupported('too-complex');
    numbers.set(key, number);
    return number;
  };
  numberOf(START, START);
  const next: number[] = columns.map(() => DEAD);
  for (let number = START; number < pairs.length; number += 1) {
    const [left, right] = pairs[number] ?? [DEAD, DEAD];
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
  const combined = { classes, width: columns.length, next: Uint16Array.from(next) };
  return yield* minimizeInSteps({ ...combined, accepting: Uint8Array.from(accepting) });
}

/** Characters that both take for the same, and the class of each pair in either. */
function combineClasses(one: Automaton, other: Automaton) {
  const columns: [number, number][] = [];
  const numbers = new Map<number, number>();
  const classes = one.classes.map((left, code) => {
    const right = other.classes[code] ?? 0;
    const number = numbers.get(left * 128 + right) ?? columns.push([left, right]) - 1;
    numbers.set(left * 128 + right, number);
    return number;
  });
  return { classes, columns };
}

/** Where a choice is left, a witness is over https and has no port. */
const PREFERRED = [build('https:\\/\\/[^:]+'), build('[^:]+:\\/\\/[^:]+'), build('[^]*')];

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
      : [`[^:]+:\\/\\/[^.]*evil[^.]*${end}\\.?`, `[^]*evil[^.]*${end}\\.?`];
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
      const found = findShortest(intersect(formed, preferred));
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

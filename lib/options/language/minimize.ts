import { type Automaton, DEAD, START } from '../../policy/origins/automaton.js';
import { finish, type Steps } from '../steps.js';

/**
 * The smallest automaton for the same language: equal languages have equal tables. Hopcroft's
 * algorithm, since that of Moore is quadratic for `.{1,500}`.
 *
 * @see https://doi.org/10.1016/j.ipl.2011.12.004 for the partition in three arrays
 */
export function minimize(automaton: Automaton): Automaton {
  return finish(minimizeInSteps(automaton));
}

export function* minimizeInSteps(automaton: Automaton): Steps<Automaton> {
  const sources = new Sources(automaton);
  const partition = new Partition(automaton, sources);
  const { width } = automaton;
  const waiting = [...partition.blocks];
  for (let splitter = waiting.pop(); splitter !== undefined; splitter = waiting.pop()) {
    const members = partition.membersOf(splitter);
    for (let column = 0; column < width; column += 1) {
      for (const member of members) {
        sources.each(member, column, (state) => partition.mark(state));
      }
      // Of two halves of what has been a splitter before, the smaller is enough.
      waiting.push(...partition.splitMarked());
    }
    yield;
  }
  return yield* renumber(automaton, partition);
}

/** For each state and class, where one comes from. */
export class Sources {
  private readonly starts: Int32Array;
  private readonly states: Int32Array;
  private readonly width: number;

  constructor({ next, width, accepting }: Automaton) {
    this.width = width;
    this.starts = new Int32Array(accepting.length * width + 1);
    this.states = new Int32Array(next.length);
    const edgeOf = (target: number, index: number) => target * width + (index % width);
    next.forEach((target, index) => void this.add(edgeOf(target, index), 1));
    let sum = 0;
    this.starts.forEach((count, edge) => {
      this.starts[edge] = sum += count;
    });
    // Filled from their ends, which become the starts.
    next.forEach((target, index) => {
      this.states[this.add(edgeOf(target, index), -1)] = Math.floor(index / width);
    });
  }

  each(state: number, column: number, visit: (source: number) => void): void {
    const edge = state * this.width + column;
    const end = this.starts[edge + 1] ?? 0;
    for (let index = this.starts[edge] ?? 0; index < end; index += 1) {
      visit(this.states[index] ?? DEAD);
    }
  }

  private add(edge: number, count: number): number {
    const sum = (this.starts[edge] ?? 0) + count;
    this.starts[edge] = sum;
    return sum;
  }
}

/** The distance of a state from which no text is accepted. */
export const NEVER = -1;

/** For each state, how many characters are missing at least. */
export function distancesToEnd({ accepting, width }: Automaton, sources: Sources): Int32Array {
  const distances = Int32Array.from(accepting, (accepts) => (accepts === 1 ? 0 : NEVER));
  const reached = [...distances.keys()].filter((state) => distances[state] === 0);
  // The iteration also meets those that are added meanwhile.
  for (const state of reached) {
    const distance = (distances[state] ?? 0) + 1;
    for (let column = 0; column < width; column += 1) {
      sources.each(state, column, (source) => {
        if (distances[source] !== NEVER) return;
        distances[source] = distance;
        reached.push(source);
      });
    }
  }
  return distances;
}

/** That of a state from which nothing is accepted. */
const NO_BLOCK = -1;

/**
 * The states that still seem the same, in blocks. A block is a range of `members`, and what is
 * marked stands at its beginning. States from which nothing is accepted belong to none.
 */
class Partition {
  readonly blockOf: Int32Array;
  private readonly members: number[] = [];
  private readonly places: Int32Array;
  private readonly firsts: number[] = [];
  private readonly ends: number[] = [];
  private readonly marks: number[] = [];
  private touched: number[] = [];

  constructor(automaton: Automaton, sources: Sources) {
    const distances = distancesToEnd(automaton, sources);
    this.blockOf = new Int32Array(distances.length).fill(NO_BLOCK);
    this.places = new Int32Array(distances.length);
    const states = [...distances.keys()];
    this.addBlock(states.filter((state) => distances[state] === 0));
    this.addBlock(states.filter((state) => (distances[state] ?? NEVER) > 0));
  }

  get blocks(): IterableIterator<number> {
    return this.firsts.keys();
  }

  membersOf(block: number): number[] {
    return this.members.slice(this.firsts[block], this.ends[block]);
  }

  /**
   * Each state once: it has one successor by each class.
   *
   * @param state from which something is accepted, as from where it leads
   */
  mark(state: number): void {
    const block = this.blockOf[state] ?? NO_BLOCK;
    const marks = this.marks[block] ?? 0;
    const place = this.places[state] ?? 0;
    const target = (this.firsts[block] ?? 0) + marks;
    if (marks === 0) this.touched.push(block);
    this.put(this.members[target] ?? 0, place);
    this.put(state, target);
    this.marks[block] = marks + 1;
  }

  /** Takes apart what is marked and what is not. @returns the new blocks, each the smaller part */
  splitMarked(): number[] {
    const created: number[] = [];
    for (const block of this.touched) {
      const [first, end] = [this.firsts[block] ?? 0, this.ends[block] ?? 0];
      const middle = first + (this.marks[block] ?? 0);
      this.marks[block] = 0;
      if (middle === end) continue;
      const isFirstSmaller = middle - first <= end - middle;
      if (isFirstSmaller) this.firsts[block] = middle;
      else this.ends[block] = middle;
      created.push(this.addRange(isFirstSmaller ? first : middle, isFirstSmaller ? middle : end));
    }
    this.touched = [];
    return created;
  }

  private addBlock(states: readonly number[]): void {
    if (states.length === 0) return;
    const first = this.members.length;
    for (const state of states) this.put(state, this.members.length);
    this.addRange(first, this.members.length);
  }

  private addRange(first: number, end: number): number {
    const block = this.firsts.push(first) - 1;
    this.ends.push(end);
    this.marks.push(0);
    for (let place = first; place < end; place += 1) this.blockOf[this.members[place] ?? 0] = block;
    return block;
  }

  private put(state: number, place: number): void {
    this.members[place] = state;
    this.places[state] = place;
  }
}

/** One state a block, in the order in which they are met; one class for equal columns. */
function* renumber(
  { classes, width, next, accepting }: Automaton,
  { blockOf }: Partition,
): Steps<Automaton> {
  const states = [DEAD, START];
  // The start has a number of its own even where it is dead.
  const numbers = new Map([
    [blockOf[START] ?? NO_BLOCK, START],
    [NO_BLOCK, DEAD],
  ]);
  const rows: number[][] = [];
  // The iteration also meets those that are added meanwhile.
  for (const state of states) {
    const row: number[] = [];
    for (let column = 0; column < width; column += 1) {
      const target = next[state * width + column] ?? DEAD;
      const block = blockOf[target] ?? NO_BLOCK;
      const number = numbers.get(block) ?? states.push(target) - 1;
      numbers.set(block, number);
      row.push(number);
    }
    rows.push(row);
    yield;
  }
  const columns = new Map<string, number>();
  const columnOf: number[] = [];
  for (let column = 0; column < width; column += 1) {
    const key = rows.map((row) => row[column]).join(' ');
    const number = columns.get(key) ?? columns.size;
    columns.set(key, number);
    columnOf.push(number);
    yield;
  }
  const kept = Array.from({ length: columns.size }, (_, column) => columnOf.indexOf(column));
  return {
    classes: classes.map((column) => columnOf[column] ?? 0),
    width: columns.size,
    next: Uint16Array.from(rows.flatMap((row) => kept.map((column) => row[column] ?? DEAD))),
    accepting: Uint8Array.from(states, (state) => accepting[state] ?? 0),
  };
}

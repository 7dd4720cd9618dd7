import { type Automaton, DEAD, START } from '../../policy/origins/automaton.js';
import { finish, type Steps } from '../steps.js';
import { type BuildLimits, limitsOf, Unsupported, WorkLimit } from './limits.js';
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
class Sources {
  private readonly starts: Int32Array;
  private readonly states: Int32Array;
  private readonly width: number;

  constructor({ next, width, accepting }: Automaton) {
    this.width = width;
    this.starts = new Int32Array(accepting.length * width + 1);
    this.states = new Int32Array(next.length);
    const edgeOf = (index: number) => (next[index] ?? DEAD) * width + (index % width);
    for (let index = 0; index < next.length; index += 1) this.add(edgeOf(index), 1);
    let sum = 0;
    this.starts.forEach((count, edge) => {
      this.starts[edge] = sum += count;
    });
    // Filled from behind, the ends become the starts.
    for (let index = next.length - 1; index >= 0; index -= 1) {
      this.states[this.add(edgeOf(index), -1)] = Math.floor(index / width);
    }
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

  constructor({ accepting, width }: Automaton, sources: Sources) {
    this.blockOf = new Int32Array(accepting.length).fill(-1);
    this.places = new Int32Array(accepting.length);
    const isAlive = Uint8Array.from(accepting);
    const alive = [...accepting.keys()].filter((state) => accepting[state] === 1);
    for (const state of alive) {
      for (let column = 0; column < width; column += 1) {
        sources.each(state, column, (source) => {
          if (isAlive[source] === 0) alive.push(source);
          isAlive[source] = 1;
        });
      }
    }
    this.addBlock(alive.filter((state) => accepting[state] === 1));
    this.addBlock(alive.filter((state) => accepting[state] === 0));
  }

  get blocks(): IterableIterator<number> {
    return this.firsts.keys();
  }

  membersOf(block: number): number[] {
    return this.members.slice(this.firsts[block], this.ends[block]);
  }

  /** Each state once: it has one successor by each class. */
  mark(state: number): void {
    const block = this.blockOf[state] ?? -1;
    if (block === -1) return;
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
    [blockOf[START] ?? -1, START],
    [-1, DEAD],
  ]);
  const rows: number[][] = [];
  for (let index = 0; index < states.length; index += 1) {
    const state = states[index] ?? DEAD;
    const row: number[] = [];
    for (let column = 0; column < width; column += 1) {
      const target = next[state * width + column] ?? DEAD;
      const block = blockOf[target] ?? -1;
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

import type { WorkLimit } from './limits.js';
import type { Instruction, Program } from './program.js';

/** A thread of a program: where it is, and which look-aheads it has passed. */
interface Thread {
  readonly number: number;
  readonly instruction: number;
  readonly obligations: readonly Obligation[];
}

/** A look-ahead that a thread has passed: whether it holds depends on what follows. */
interface Obligation {
  readonly number: number;
  /** The threads of its body. */
  readonly set: ThreadSet;
  /** Whether it must not match. */
  readonly negate: boolean;
}

/** The threads that run at one position. */
export interface ThreadSet {
  readonly number: number;
  readonly threads: readonly Thread[];
}

/** Instructions 0 and 1 are the ends: of the expression or a look-behind, and of a look-ahead. */
const ACCEPT: Instruction = { kind: 'accept' };
const MATCHED = 1;

/**
 * Runs the threads of a program, one step a character. Threads, sets of them and obligations that are
 * equal are one object, with a number among their kind.
 */
export class Threads {
  /** Those that owe nothing, which are nearly all, by their instruction. */
  private readonly free = new Map<number, Thread>();
  private readonly owing = new Map<string, Thread>();
  private readonly sets = new Map<string, ThreadSet>();
  private readonly obligations = new Map<string, Obligation>();
  private readonly membership: readonly Uint8Array[];

  /** @param classes the characters in classes; those of one are in the same sets of the program */
  constructor(
    private readonly program: Program,
    classes: readonly string[],
    private readonly work: WorkLimit,
  ) {
    this.membership = program.sets.map((members) =>
      Uint8Array.from(classes, (characters) => Number(members.includes(characters.charAt(0)))),
    );
  }

  /** The set of threads that begin at an instruction. */
  begin(instruction: number, behinds: readonly boolean[]): ThreadSet {
    return this.close([this.threadOf(instruction, [])], behinds);
  }

  /**
   * The set after one more character.
   *
   * @param entering an instruction at which a new thread begins there
   */
  step(
    { threads }: ThreadSet,
    column: number,
    behinds: readonly boolean[],
    entering?: number,
  ): ThreadSet {
    const next = entering === undefined ? [] : [this.threadOf(entering, [])];
    this.work.spend(threads.length);
    for (const { instruction, obligations } of threads) {
      const after = this.take(instruction, column);
      if (after === undefined) continue;
      const left = this.stepAll(obligations, column, behinds);
      if (left !== undefined) next.push(this.threadOf(after, left));
    }
    return this.close(next, behinds);
  }

  /** Whether a thread has come to the end and owes nothing that the end of the text would not settle. */
  isAccepted({ threads }: ThreadSet): boolean {
    return threads.some(
      ({ instruction, obligations }) =>
        instruction <= MATCHED &&
        obligations.every(({ set, negate }) => this.isAccepted(set) !== negate),
    );
  }

  /** Where an instruction leads with a character, if it takes it. */
  private take(instruction: number, column: number): number | undefined {
    const at = this.at(instruction);
    if (at.kind === 'matched') return instruction;
    return at.kind === 'char' && this.membership[at.set]?.[column] === 1 ? at.next : undefined;
  }

  /** Follows all that takes no character. */
  private close(threads: readonly Thread[], behinds: readonly boolean[]): ThreadSet {
    const seen = new Set(threads);
    const resting: Thread[] = [];
    // The iteration also meets those that are added meanwhile.
    for (const thread of seen) {
      const { instruction: place, obligations } = thread;
      const instruction = this.at(place);
      this.work.spend(1);
      if (instruction.kind === 'split') {
        for (const next of instruction.next) seen.add(this.threadOf(next, obligations));
      } else if (instruction.kind === 'behind') {
        if (behinds[instruction.behind] === !instruction.negate) {
          seen.add(this.threadOf(instruction.next, obligations));
        }
      } else if (instruction.kind === 'ahead') {
        const owed = [...obligations];
        if (this.owe(owed, this.begin(instruction.body, behinds), instruction.negate)) {
          seen.add(this.threadOf(instruction.next, owed));
        }
      } else {
        resting.push(thread);
      }
    }
    return this.setOf(resting);
  }

  /** What is owed after one more character; `undefined` if that cannot be met. */
  private stepAll(
    obligations: readonly Obligation[],
    column: number,
    behinds: readonly boolean[],
  ): Obligation[] | undefined {
    const owed: Obligation[] = [];
    const canBeMet = obligations.every(({ set, negate }) =>
      this.owe(owed, this.step(set, column, behinds), negate),
    );
    return canBeMet ? owed : undefined;
  }

  /** Adds an obligation unless it is settled. @returns whether it can still be met */
  private owe(owed: Obligation[], set: ThreadSet, negate: boolean): boolean {
    if (set.threads.length === 0) return negate;
    // Whatever else a look-ahead might do, it has matched.
    if (set.threads.some(hasMatched)) return !negate;
    const obligation = keep(this.obligations, `${set.number} ${negate}`, (number) => ({
      number,
      set,
      negate,
    }));
    if (!owed.includes(obligation)) owed.push(obligation);
    return true;
  }

  private at(instruction: number): Instruction {
    return this.program.instructions[instruction] ?? ACCEPT;
  }

  private threadOf(instruction: number, obligations: readonly Obligation[]): Thread {
    if (obligations.length === 0) {
      return keep(this.free, instruction, () => ({
        number: instruction,
        instruction,
        obligations,
      }));
    }
    this.work.spend(obligations.length);
    const sorted = inOrder(obligations);
    // Free threads have the numbers of their instructions.
    const { length } = this.program.instructions;
    return keep(this.owing, `${instruction} ${numbersOf(sorted)}`, (number) => ({
      number: length + number,
      instruction,
      obligations: sorted,
    }));
  }

  private setOf(threads: readonly Thread[]): ThreadSet {
    this.work.spend(threads.length);
    const sorted = inOrder(threads);
    return keep(this.sets, numbersOf(sorted), (number) => ({ number, threads: sorted }));
  }
}

function hasMatched({ instruction, obligations }: Thread): boolean {
  return instruction === MATCHED && obligations.length === 0;
}

/** The value of a key, made with the next number where there is none. */
function keep<K, V>(known: Map<K, V>, key: K, make: (number: number) => V): V {
  const value = known.get(key);
  if (value !== undefined) return value;
  const made = make(known.size);
  known.set(key, made);
  return made;
}

function inOrder<T extends { readonly number: number }>(list: readonly T[]): readonly T[] {
  return list.toSorted((a, b) => a.number - b.number);
}

function numbersOf(list: readonly { readonly number: number }[]): string {
  return list.map(({ number }) => number).join(' ');
}

import type { WorkLimit } from './limits.js';
import type { Program } from './program.js';

const MATCHED = 1;

/**
 * The threads of a program that run at one position. What is equal has one number: a thread, a set
 * of threads, and an obligation, which is a look-ahead that a thread has passed and whose outcome
 * depends on what follows. Its body is a set of threads of its own.
 */
export class Threads {
  private readonly threads: Thread[] = [];
  /** Those that owe nothing, which are nearly all, by their instruction. */
  private readonly free: (number | undefined)[] = [];
  private readonly sets: (readonly Thread[])[] = [];
  private readonly obligations: Obligation[] = [];
  private readonly numbers = new Map<string, number>();
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
  begin(instruction: number, behinds: readonly boolean[]): number {
    return this.close([this.threadOf(instruction, [])], behinds);
  }

  /**
   * The set after one more character.
   *
   * @param entering an instruction at which a new thread begins there
   */
  step(set: number, column: number, behinds: readonly boolean[], entering?: number): number {
    const next: number[] = entering === undefined ? [] : [this.threadOf(entering, [])];
    const threads = this.threadsOf(set);
    this.work.spend(threads.length);
    for (const { instruction, obligations } of threads) {
      const after = this.take(instruction, column);
      if (after === undefined) continue;
      const left = this.stepAll(obligations, column, behinds);
      if (left !== undefined) next.push(this.threadOf(after, left));
    }
    return this.close(next, behinds);
  }

  isEmpty(set: number): boolean {
    return this.threadsOf(set).length === 0;
  }

  /** Whether a thread has come to the end and owes nothing that the end of the text would not settle. */
  isAccepted(set: number): boolean {
    return this.threadsOf(set).some(
      ({ instruction, obligations }) =>
        instruction <= MATCHED &&
        obligations.every((number) => {
          const obligation = this.obligations[number];
          return obligation !== undefined && this.isAccepted(obligation.set) !== obligation.negate;
        }),
    );
  }

  /** Where an instruction leads with a character, if it takes it. */
  private take(instruction: number, column: number): number | undefined {
    const at = this.at(instruction);
    if (at.kind === 'matched') return instruction;
    return at.kind === 'char' && this.membership[at.set]?.[column] === 1 ? at.next : undefined;
  }

  /** Follows all that takes no character. */
  private close(threads: number[], behinds: readonly boolean[]): number {
    const seen = new Set(threads);
    const resting: number[] = [];
    // The iteration also meets those that are added meanwhile.
    for (const number of seen) {
      const thread = this.threads[number];
      if (thread === undefined) continue;
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
        const body = this.begin(instruction.body, behinds);
        const owed = this.owe([...obligations], body, instruction.negate);
        if (owed !== undefined) seen.add(this.threadOf(instruction.next, owed));
      } else {
        // Whatever else a look-ahead might do, it has matched.
        if (place === MATCHED && obligations.length === 0) return this.setOf([number]);
        resting.push(number);
      }
    }
    return this.setOf(resting);
  }

  private stepAll(
    obligations: readonly number[],
    column: number,
    behinds: readonly boolean[],
  ): number[] | undefined {
    let owed: number[] | undefined = [];
    for (const number of obligations) {
      const obligation = this.obligations[number];
      if (obligation === undefined || owed === undefined) return undefined;
      owed = this.owe(owed, this.step(obligation.set, column, behinds), obligation.negate);
    }
    return owed;
  }

  /** Adds an obligation unless it is settled; `undefined` if it cannot be met any more. */
  private owe(obligations: number[], set: number, negate: boolean): number[] | undefined {
    const threads = this.threadsOf(set);
    const [first] = threads;
    if (first === undefined) return negate ? obligations : undefined;
    if (first.instruction === MATCHED && first.obligations.length === 0) {
      return negate ? undefined : obligations;
    }
    const number = this.numberOf(this.obligations, `o${set} ${negate}`, { set, negate });
    if (!obligations.includes(number)) obligations.push(number);
    return obligations;
  }

  private at(instruction: number): Program['instructions'][number] {
    return this.program.instructions[instruction] ?? { kind: 'accept' };
  }

  private threadsOf(set: number): readonly Thread[] {
    return this.sets[set] ?? [];
  }

  private threadOf(instruction: number, obligations: readonly number[]): number {
    if (obligations.length === 0) {
      return (this.free[instruction] ??= this.threads.push({ instruction, obligations }) - 1);
    }
    this.work.spend(obligations.length);
    const sorted = obligations.toSorted((a, b) => a - b);
    const key = `t${instruction} ${sorted.join(' ')}`;
    return this.numberOf(this.threads, key, { instruction, obligations: sorted });
  }

  private setOf(numbers: number[]): number {
    numbers.sort((a, b) => a - b);
    this.work.spend(numbers.length);
    const key = `s${numbers.join(' ')}`;
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const threads = numbers.flatMap((number) => this.threads[number] ?? []);
    return this.numberOf(this.sets, key, threads);
  }

  private numberOf<T>(list: T[], key: string, value: T): number {
    const number = this.numbers.get(key) ?? list.push(value) - 1;
    this.numbers.set(key, number);
    return number;
  }
}

interface Thread {
  readonly instruction: number;
  readonly obligations: readonly number[];
}

interface Obligation {
  /** The threads of the body. */
  readonly set: number;
  /** Whether it must not match. */
  readonly negate: boolean;
}

/** What keeps an expression from becoming an automaton. */
export type UnsupportedFeature =
  /** `\1` or `\k<name>`: no finite automaton remembers what a group has matched. */
  | 'back-reference'
  /** A look-ahead, `$` or `\b` inside a look-behind. */
  | 'look-ahead-in-look-behind'
  /** `(?m:…)`, where `^` and `$` are the ends of lines. */
  | 'multiline'
  /** `[\q{…}]`, a class with strings in it. */
  | 'class-strings'
  /** More states, or more work to find them, than an expression may have. */
  | 'too-complex';

/** Thrown while an automaton is built; never leaves this folder. */
export class Unsupported extends Error {
  constructor(readonly feature: UnsupportedFeature) {
    super(feature);
  }
}

/**
 * What an expression may cost, found by measuring: building takes at most some 50 ms, whatever is
 * written. One that was made of a list of names is long, and costs no more for each of its characters.
 */
export interface BuildLimits {
  /** The nodes of its program, with repetitions written out. */
  readonly nodes: number;
  /** Before the automaton is minimised. Those of expressions that people write have at most 200. */
  readonly states: number;
  /** The steps of threads. */
  readonly work: number;
}

export function limitsOf(source: string): BuildLimits {
  const { length } = source;
  return { nodes: 10_000 + 4 * length, states: 2000 + length, work: 500_000 + 200 * length };
}

/** Counts steps, so that the time of building is bounded without a clock. */
export class WorkLimit {
  private left: number;

  constructor(steps: number) {
    this.left = steps;
  }

  /** @throws Unsupported when they are used up */
  spend(steps: number): void {
    this.left -= steps;
    if (this.left < 0) throw new Unsupported('too-complex');
  }
}

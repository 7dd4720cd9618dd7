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

/** So many states one expression may have; those that people write have at most 200. */
export const MAX_EXPRESSION_STATES = 1000;

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

/** Something that pages and consoles report like CORS, and that no CORS header changes. */
export interface Lookalike {
  readonly id: string;
  /** What it is, as one sentence. */
  readonly cause: string;
  /** What helps. */
  readonly fix: string;
}

/** A look-alike, and the words by which it is recognised. */
export interface LookalikePattern extends Lookalike {
  readonly words: RegExp;
  /** It also explains a line that names CORS. */
  readonly evenWithCors?: true;
}

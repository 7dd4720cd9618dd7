/** Something that pages and consoles report like CORS, and that no CORS header changes. */
export interface Lookalike {
  readonly id: string;
  /** What it is, as one sentence. */
  readonly cause: string;
  /** What helps. */
  readonly fix: string;
  /** The same as lines of the page, where the page is what must change. */
  readonly code?: readonly string[];
}

/** What the server is checked for besides: the cause, or whether it takes the remedy. */
export type CheckFor = 'cause' | 'remedy';

/** A look-alike, and the words by which it is recognised. */
export interface LookalikePattern extends Lookalike {
  readonly words: RegExp;
  /** How the request is named beside them, in groups `url` and `method`. */
  readonly request?: RegExp;
  /** It also explains a line that names CORS. */
  readonly evenWithCors?: true;
  readonly checkFor?: CheckFor;
}

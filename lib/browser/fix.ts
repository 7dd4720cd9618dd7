/** What must change. */
export type FixKind =
  | 'allow-origin'
  | 'allow-credentials'
  | 'allow-method'
  | 'allow-headers'
  | 'send-one-origin'
  | 'correct-list'
  | 'answer-preflight'
  /** Ask for the URL that a redirect points to. */
  | 'change-url'
  | 'change-redirect'
  | 'change-page'
  | 'reach-server';

/** Options of this library's policies which, added to what is there, make the check pass. */
export interface FixOptions {
  /** The origins to add. */
  readonly origin?: readonly string[];
  /** What to switch credentials to. */
  readonly credentials?: boolean;
  /** The methods to add. */
  readonly methods?: readonly string[];
  /** The names of request headers to add. */
  readonly allowedHeaders?: readonly string[];
}

/** A remedy, as data and as one sentence. */
export interface Fix {
  /** What must change, for programs. */
  readonly kind: FixKind;
  /** Empty where no CORS setting helps. */
  readonly options: FixOptions;
  /** The same for people. */
  readonly sentence: string;
}

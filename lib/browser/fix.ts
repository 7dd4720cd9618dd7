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
  readonly origin?: readonly string[];
  readonly credentials?: boolean;
  readonly methods?: readonly string[];
  readonly allowedHeaders?: readonly string[];
}

/** A remedy, as data and as one sentence. */
export interface Fix {
  readonly kind: FixKind;
  /** Empty where no CORS setting helps. */
  readonly options: FixOptions;
  readonly sentence: string;
}

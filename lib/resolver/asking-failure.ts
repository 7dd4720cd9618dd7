/** Why an answer about an origin counted as no. */
export interface AskingFailure {
  /** What was asked: `the origin function`, `PartnerOrigins`. */
  readonly asked: string;
  readonly origin: string;
  /** A part of a sentence about what happened: `it threw`. */
  readonly problem: string;
  readonly error?: unknown;
}

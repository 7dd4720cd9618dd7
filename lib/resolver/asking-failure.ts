/** Why an answer about an origin counted as no. */
export interface AskingFailure {
  /** What was asked: `the origin function`, `PartnerOrigins`. */
  readonly asked: string;
  /** The origin that was asked about, as the client sent it: escape it before it is shown. */
  readonly origin: string;
  /** A part of a sentence about what happened: `it threw`. */
  readonly problem: string;
  /** What was thrown, if anything. */
  readonly error?: unknown;
}

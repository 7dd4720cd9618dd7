import type { CorsCheckId } from '../cors-check-id.js';
import type { FailureDetails } from '../failure.js';
import type { Stage } from '../stage.js';

/** A message of a browser's console, `{name}` wherever a value stands. */
export interface BrowserMessage {
  /** The checks that end in this message: several, where the browser does not tell them apart. */
  readonly checks: readonly CorsCheckId[];
  /** Where those checks are made. */
  readonly at: readonly Stage[];
  /** The part that stays the same over versions and kinds of request. */
  readonly reason: string;
  /** The whole message as current versions print it for `fetch()`. */
  readonly text: string;
  /** What else must hold where one check has several messages. */
  readonly when?: (details: FailureDetails) => boolean;
  /** No simulation ends in it: it is there to be recognised. */
  readonly recognisedOnly?: true;
}

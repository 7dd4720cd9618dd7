import type { FindingKind } from '../../browser/finding.js';

/** Something about a server that does not decide a check, but should be known. */
export interface Warning {
  readonly id:
    | FindingKind
    | 'ORIGIN_REFLECTED'
    | 'DUPLICATE_HEADER'
    | 'ERROR_WITHOUT_CORS'
    | 'OPTIONS_REFUSED'
    | 'OPTIONS_REDIRECTED';
  /** A note tells of what is common, and seldom harms. */
  readonly level: 'warning' | 'note';
  /** Safe to print. */
  readonly sentence: string;
}

import type { BrowserName, HeaderLines, IdentifiedMessage } from '../../browser/index.js';
import type { Lookalike } from '../lookalikes.js';

/** What a paste says about a request and its response; what it does not say is missing. */
export interface Paste {
  readonly form: 'console' | 'curl' | 'fetch' | 'headers' | 'har';
  /** The message of a console, if there is one about CORS. */
  readonly identified?: IdentifiedMessage;
  /** What looks like CORS, and is not. */
  readonly lookalike?: Lookalike;
  readonly browser?: BrowserName;
  readonly url?: string;
  readonly origin?: string;
  readonly method?: string;
  /** What the page set, as far as a browser lets a page set it. */
  readonly headers: HeaderLines;
  readonly credentials?: boolean;
  /** The paste is about a preflight, and does not say why there was one. */
  readonly forcePreflight?: boolean;
  readonly response?: { readonly status: number; readonly headers: HeaderLines };
}

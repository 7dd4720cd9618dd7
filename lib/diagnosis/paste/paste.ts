import type { BrowserName, HeaderLines, IdentifiedMessage } from '../../browser/index.js';
import type { CheckFor, Lookalike } from '../lookalikes/lookalike.js';

/** What a paste says about a request and its response; what it does not say is missing. */
export interface Paste {
  readonly form: 'console' | 'curl' | 'powershell' | 'fetch' | 'code' | 'headers' | 'har';
  /** The message of a console, if there is one about CORS. */
  readonly identified?: IdentifiedMessage;
  /** What looks like CORS, and is not. */
  readonly lookalike?: Lookalike;
  /** The words by which the developer tools name it, where they stand apart. */
  readonly error?: string;
  /** Why the server matters although the paste is about a look-alike. */
  readonly checkFor?: CheckFor;
  readonly browser?: BrowserName;
  /** The browser that worded it, where it is none of today. */
  readonly writer?: string;
  /** What loads it, where it is not a script of the page: `image`, `font`. */
  readonly element?: string;
  readonly url?: string;
  readonly origin?: string;
  /** That of the page, not the `OPTIONS` of its preflight. */
  readonly method?: string;
  /** What the page set, as far as a browser lets a page set it. */
  readonly headers: HeaderLines;
  readonly credentials?: boolean;
  /** The paste is about a preflight, and does not say why there was one. */
  readonly forcePreflight?: boolean;
  /** The responses in it, in their order: to a preflight, to the request, after redirects. */
  readonly responses?: readonly PastedResponse[];
  /** The status that a line of a console names. */
  readonly status?: number;
  /** How many characters it has, where it was too long to be read to its end. */
  readonly length?: number;
}

/** What only looks like CORS needs no check of the server, unless it leaves open what the server does. */
export function isMeant({ lookalike, identified, checkFor, url }: Paste): boolean {
  const isOpen = checkFor !== undefined && url !== undefined;
  return lookalike === undefined || identified !== undefined || isOpen;
}

/** A response that was pasted, and what it responds to as far as the paste says. */
export interface PastedResponse {
  readonly url?: string;
  /** As it was on the wire: `OPTIONS` for a preflight. */
  readonly method?: string;
  readonly status: number;
  readonly headers: HeaderLines;
}

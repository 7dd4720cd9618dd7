import type { BrowserName, CorsCheckId, HeaderLines, SimulateOptions } from '../browser/index.js';
import type { PastedResponse } from './paste/paste.js';
import type { ServerName } from './servers/servers.js';

/** What of it the model of browsers is given, wherever the responses come from. */
export function pageRequest(request: CheckRequest): Omit<SimulateOptions, 'send'> {
  const { url, origin, method, headers, credentials, browser, forcePreflight } = request;
  return { pageOrigin: origin, url, method, headers, credentials, browser, forcePreflight };
}

/** What a page requests, in which browser, and from which kind of server. */
export interface CheckRequest {
  readonly url: string;
  /** The serialised origin of the page. */
  readonly origin: string;
  readonly method: string;
  readonly headers: HeaderLines;
  readonly credentials: boolean;
  readonly browser: BrowserName;
  /** The kind of server that changes are written for; missing where the responses are to say it. */
  readonly server?: ServerName;
  /** Whether to send a preflight although nothing known needs one. */
  readonly forcePreflight: boolean;
  /** False where a message did not name the method, so that `method` is a guess. */
  readonly methodKnown?: boolean;
  /** What the user has said to the browser's prompt for the local network. */
  readonly localNetwork?: 'granted' | 'denied' | 'prompt';
  /** What the console of a browser said about this request. */
  readonly pasted?: readonly CorsCheckId[];
  /** What loads it, where it is not a script of the page: `image`, `font`. */
  readonly element?: string;
  /** The status that a console named beside it. */
  readonly pastedStatus?: number;
  /** Responses that were pasted, to compare with those of the server. */
  readonly pastedResponses?: readonly PastedResponse[];
}

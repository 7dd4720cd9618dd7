import type { HeaderLines } from '../browser/http/http-exchange.js';
import { type IdentifiedMessage, identifyMessage } from '../browser/messages/identify-message.js';
import type { CorsCheckId, Dialect } from '../browser/simulation.js';
import { isSerializedOrigin } from '../fetch/origins.js';
import { isToken } from '../fetch/tokens.js';
import { UsageError } from './arguments.js';

/** What a browser's message tells about the request that it blocked. */
export interface MessageArguments {
  readonly identified: IdentifiedMessage;
  readonly browser: Dialect;
  readonly url: string | undefined;
  readonly origin: string | undefined;
  readonly method: string | undefined;
  readonly headers: HeaderLines;
  readonly credentials: boolean | undefined;
  /** The message is about a CORS-preflight request, and does not say why there was one. */
  readonly forcePreflight: boolean;
}

/**
 * Reads a line that was copied from a browser's console.
 *
 * @throws UsageError when it is no message about CORS
 */
export function readMessage(line: string): MessageArguments {
  const identified = identifyMessage(line);
  if (identified === null) {
    throw new UsageError(
      "Expected `--from-message` to be a browser's message about CORS. " +
        (/Failed to fetch|NetworkError when|Load failed/.test(line)
          ? 'This is what the page gets to see; the console has another line beside it with the reason.'
          : 'Paste the whole line of the console, as Chromium, Firefox or Safari print it.'),
    );
  }
  const { browser, checks, at, values } = identified;
  const method = tokenOf(values['method']);
  const header = tokenOf(values['header']);
  return {
    identified,
    browser,
    url: httpUrl(firstUrl(values)),
    origin: originOf(values['pageOrigin'] ?? values['origin']),
    method,
    // Which value it had, the message does not say; any that needs leave will do.
    headers: header === undefined ? [] : [[header, valueFor(header)]],
    credentials: checks.some(needsCredentials) ? true : undefined,
    forcePreflight:
      method === undefined && header === undefined && at.every((stage) => stage === 'preflight'),
  };
}

/** The URL that the page asked for, where redirects led to another one. */
function firstUrl({ url, redirected = '' }: IdentifiedMessage['values']): string | undefined {
  return /redirected from '([^']+)'/.exec(redirected)?.[1] ?? url;
}

function needsCredentials(check: CorsCheckId): boolean {
  return check === 'ACAO_WILDCARD_CREDENTIALS' || check === 'ACAC_NOT_TRUE';
}

function valueFor(header: string): string {
  return header.toLowerCase() === 'content-type' ? 'application/json' : '"1"';
}

function tokenOf(value: string | undefined): string | undefined {
  return value !== undefined && isToken(value) ? value : undefined;
}

function httpUrl(value: string | undefined): string | undefined {
  return value !== undefined && /^https?:\/\//.test(value) && URL.canParse(value)
    ? value
    : undefined;
}

function originOf(value: string | undefined): string | undefined {
  return value !== undefined && isSerializedOrigin(value) ? value : undefined;
}

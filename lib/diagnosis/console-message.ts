import {
  type BrowserName,
  type CorsCheckId,
  type HeaderLines,
  type IdentifiedMessage,
  identifyMessage,
} from '../browser/index.js';
import { isSerializedOrigin } from '../fetch/origins.js';
import { isToken } from '../fetch/tokens.js';

/** What a browser's message says about the request that it blocked. */
export interface ConsoleMessage {
  readonly identified: IdentifiedMessage;
  readonly browser: BrowserName;
  readonly url: string | undefined;
  readonly origin: string | undefined;
  readonly method: string | undefined;
  readonly headers: HeaderLines;
  readonly credentials: boolean | undefined;
  /** The message is about a preflight, and does not say why there was one. */
  readonly forcePreflight: boolean;
}

/** Reads a line that was copied from a browser's console; null when it is not about CORS. */
export function readConsoleMessage(line: string): ConsoleMessage | null {
  const identified = identifyMessage(line);
  if (identified === null) return null;
  const { browser, checks, at, values } = identified;
  const method = tokenOf(values['method']);
  const header = tokenOf(values['header']);
  return {
    identified,
    browser,
    url: httpUrl(firstUrl(values)),
    origin: originOf(values['pageOrigin'] ?? values['origin']),
    method,
    // The message does not say which value it had; any that needs a preflight will do.
    headers: header === undefined ? [] : [[header, valueFor(header)]],
    credentials: checks.some(needsCredentials) ? true : undefined,
    forcePreflight:
      method === undefined && header === undefined && at.every((stage) => stage === 'preflight'),
  };
}

/** The URL that the page requested, where redirects led to another one. */
function firstUrl({ url, redirected = '' }: IdentifiedMessage['values']): string | undefined {
  return /redirected from '([^']+)'/.exec(redirected)?.[1] ?? url;
}

/** Whether a line is the error that the page gets to see, which never says why. */
export function isPageError(line: string): boolean {
  return /Failed to fetch|NetworkError when|Load failed/.test(line);
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

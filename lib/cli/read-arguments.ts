import type { BrowserName } from '../browser/index.js';
import type { CheckRequest } from '../diagnosis/check.js';
import {
  type ConsoleMessage,
  isPageError,
  readConsoleMessage,
} from '../diagnosis/console-message.js';
import type { ServerName } from '../diagnosis/servers/servers.js';
import { isSerializedOrigin } from '../fetch/origins.js';
import { printable } from '../text/escape.js';

/**
 * What a command line asks for, completed from a message that was pasted; null when neither says
 * which URL, or which page.
 *
 * @throws UsageError when an argument is invalid
 */
export function readArguments(
  url: string | undefined,
  options: CheckOptions,
  message: ConsoleMessage | null,
): CheckArguments | null {
  const target = url ?? message?.url;
  const origin = options.origin ?? message?.origin;
  if (target !== undefined) checkUrl(target);
  if (origin !== undefined) checkOrigin(origin);
  const headers = options.header.map(headerLine);
  const timeout = seconds(options.timeout) * 1000;
  if (target === undefined || origin === undefined) return null;

  const says = options.method !== undefined || headers.length > 0;
  return {
    url: target,
    origin,
    method: options.method ?? message?.method ?? 'GET',
    headers: headers.length > 0 ? headers : (message?.headers ?? []),
    credentials: options.credentials ?? message?.credentials ?? false,
    browser: options.browser ?? message?.browser ?? 'chromium',
    server: options.for,
    forcePreflight: !says && message?.forcePreflight === true,
    timeout,
    insecure: options.insecure ?? false,
  };
}

/**
 * Reads what follows `--from-message`.
 *
 * @throws UsageError when it is not a message about CORS
 */
export function readMessage(line: string): ConsoleMessage {
  const message = readConsoleMessage(line);
  if (message !== null) return message;
  throw new UsageError(
    "Expected `--from-message` to be a browser's message about CORS. " +
      (isPageError(line)
        ? 'This is what the page gets to see; the console has another line with the reason.'
        : 'Paste the whole line of the console, as Chromium, Firefox or Safari print it.'),
  );
}

function checkUrl(url: string): void {
  if (/^https?:\/\//i.test(url) && URL.canParse(url)) return;
  throw new UsageError(
    `Expected <url> to begin with http:// or https://, got \`${printable(url)}\`. ` +
      'Write it as the page requests it, such as `https://api.example.com/orders`.',
  );
}

function checkOrigin(origin: string): void {
  if (isSerializedOrigin(origin)) return;
  const meant = URL.canParse(origin) ? new URL(origin).origin : 'null';
  throw new UsageError(
    `Expected \`--origin\` to be an origin as browsers send it, got \`${printable(origin)}\`. ` +
      (meant === 'null'
        ? 'Write the scheme and host of the page, such as `https://app.example.com`.'
        : `Write \`${meant}\`: no path, no trailing slash, no default port, lower case.`),
  );
}

function headerLine(line: string): readonly [string, string] {
  const colon = line.indexOf(':');
  if (colon < 1) {
    throw new UsageError(
      `Expected \`--header\` to be \`name: value\`, got \`${printable(line)}\`. ` +
        "Write for example `--header 'content-type: application/json'`.",
    );
  }
  return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
}

function seconds(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 600) return value;
  throw new UsageError(
    `Expected \`--timeout\` to be a number of seconds up to 600, got \`${printable(text)}\`. ` +
      'Write for example `--timeout 5`.',
  );
}

/** The arguments of `check`. */
export interface CheckArguments extends CheckRequest {
  /** Milliseconds to wait for the head of each response. */
  readonly timeout: number;
  readonly insecure: boolean;
}

/** The options of `check` as `commander` gives them. */
export interface CheckOptions {
  readonly origin?: string;
  readonly method?: string;
  readonly header: readonly string[];
  readonly credentials?: boolean;
  readonly browser?: BrowserName;
  readonly for: ServerName;
  readonly json?: boolean;
  readonly timeout: string;
  readonly insecure?: boolean;
  readonly fromMessage?: string;
}

/** The command line is incomplete or invalid; the message says what to write. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

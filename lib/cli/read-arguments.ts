import type { BrowserName, HeaderLines } from '../browser/index.js';
import type { CheckRequest } from '../diagnosis/check-request.js';
import type { Paste } from '../diagnosis/paste/paste.js';
import type { ServerName } from '../diagnosis/servers/servers.js';
import { originRemedy, URL_REMEDY } from '../diagnosis/request-words.js';
import { isSerializedOrigin } from '../fetch/origins.js';
import { isToken, unsendableIn } from '../fetch/tokens.js';
import { printable } from '../text/escape.js';
import { UsageError } from './usage-error.js';

/**
 * What a command line asks for, completed from what was pasted; null when neither says which URL, or
 * which page.
 *
 * @throws UsageError when an argument is invalid
 */
export function readArguments(
  url: string | undefined,
  options: CheckOptions,
  paste: Paste | null,
): CheckArguments | null {
  const target = url ?? paste?.url;
  const lines = options.header.map(headerLine);
  const origin = writtenOrigin(options) ?? paste?.origin;
  const headers = lines.filter(([name]) => name.toLowerCase() !== 'origin');
  if (target !== undefined) checkUrl(target);
  if (origin !== undefined) checkOrigin(origin);
  const timeout = seconds(options.timeout) * 1000;
  if (target === undefined || origin === undefined) return null;

  const written = options.method ?? options.request;
  const says = written !== undefined || headers.length > 0;
  const method = written ?? paste?.method;
  return {
    url: target,
    origin,
    method: method ?? 'GET',
    headers: joined(paste?.headers ?? [], headers),
    credentials: options.credentials ?? paste?.credentials ?? false,
    browser: options.browser ?? paste?.browser ?? 'chromium',
    ...(options.for !== undefined && { server: options.for }),
    forcePreflight: options.preflight === true || (!says && paste?.forcePreflight === true),
    ...(options.localNetwork !== undefined && { localNetwork: options.localNetwork }),
    ...(paste !== null && method === undefined && { methodKnown: false }),
    ...(paste?.form === 'console' &&
      paste.checkFor !== 'remedy' && { pasted: paste.identified?.checks ?? [] }),
    ...(paste?.element !== undefined && { element: paste.element }),
    ...(paste?.status !== undefined && { pastedStatus: paste.status }),
    ...(paste?.responses !== undefined && { pastedResponses: paste.responses }),
    timeout,
    insecure: options.insecure ?? false,
  };
}

/** With `--origin`, or as curl users write it. */
export function writtenOrigin({ origin, header }: CheckOptions): string | undefined {
  return origin ?? header.map(headerLine).find(([name]) => name.toLowerCase() === 'origin')?.[1];
}

/** What is written on the command line replaces what was pasted. */
function joined(pasted: HeaderLines, written: HeaderLines): HeaderLines {
  const names = new Set(written.map(([name]) => name.toLowerCase()));
  return [...pasted.filter(([name]) => !names.has(name.toLowerCase())), ...written];
}

function checkUrl(url: string): void {
  if (/^https?:\/\//i.test(url) && URL.canParse(url)) return;
  throw new UsageError(
    `Expected <url> to begin with http:// or https://, got \`${printable(url)}\`. ` + URL_REMEDY,
  );
}

function checkOrigin(origin: string): void {
  if (isSerializedOrigin(origin)) return;
  throw new UsageError(
    `Expected \`--origin\` to be an origin as browsers send it, got \`${printable(origin)}\`. ` +
      originRemedy(origin),
  );
}

/** @throws UsageError for what is not `name: value`, as it can be sent */
export function headerLine(line: string): readonly [string, string] {
  const colon = line.indexOf(':');
  const [name, value] = [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  if (colon < 1 || !isToken(name)) {
    throw new UsageError(
      `Expected \`--header\` to be \`name: value\`, got \`${printable(line)}\`. ` +
        "Write for example `--header 'content-type: application/json'`.",
    );
  }
  const bad = unsendableIn(value);
  if (bad !== undefined) {
    // The value may be a secret.
    throw new UsageError(
      `Expected the value of \`--header ${name}\` to have characters that a header can hold, got \`${printable(bad)}\`. Write the value itself, or encode it.`,
    );
  }
  return [name, value];
}

/** @throws UsageError for what is not a number of seconds up to ten minutes */
export function seconds(text: string): number {
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
  /** Whether to send a preflight although nothing known needs one. */
  readonly preflight?: boolean;
  readonly browser?: BrowserName;
  readonly for?: ServerName;
  readonly json?: boolean;
  readonly localNetwork?: 'granted' | 'denied' | 'prompt';
  readonly timeout: string;
  readonly insecure?: boolean;
  readonly fromMessage?: string;
  readonly paste?: string;
  /** A HAR file, and a part of the URL of one of its requests. */
  readonly har?: string;
  readonly url?: string;
  /** As curl names the method. */
  readonly request?: string;
  /** Whether to send without asking. */
  readonly yes?: boolean;
}

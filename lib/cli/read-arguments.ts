import { isSerializedOrigin } from '../fetch/origins.js';
import { printable } from '../text/escape.js';
import { type CheckArguments, type CheckOptions, UsageError } from './arguments.js';
import type { MessageArguments } from './pasted-message.js';

/**
 * What a command line asks for. What is not on it is taken from a pasted message; null when
 * neither says which URL, or which page.
 *
 * @throws UsageError when something on it cannot be
 */
export function readArguments(
  url: string | undefined,
  options: CheckOptions,
  pasted: MessageArguments | null,
): CheckArguments | null {
  const target = url ?? pasted?.url;
  const origin = options.origin ?? pasted?.origin;
  if (target !== undefined) checkUrl(target);
  if (origin !== undefined) checkOrigin(origin);
  const headers = options.header.map(headerLine);
  const timeout = seconds(options.timeout) * 1000;
  if (target === undefined || origin === undefined) return null;

  const says = options.method !== undefined || headers.length > 0;
  return {
    url: target,
    origin,
    method: options.method ?? pasted?.method ?? 'GET',
    headers: headers.length > 0 ? headers : (pasted?.headers ?? []),
    credentials: options.credentials ?? pasted?.credentials ?? false,
    browser: options.browser ?? pasted?.browser ?? 'chromium',
    stack: options.for,
    forcePreflight: !says && pasted?.forcePreflight === true,
    timeout,
    insecure: options.insecure ?? false,
  };
}

function checkUrl(url: string): void {
  if (/^https?:\/\//i.test(url) && URL.canParse(url)) return;
  throw new UsageError(
    `Expected <url> to begin with http:// or https://, got \`${printable(url)}\`. ` +
      'Write it as the page asks for it, such as `https://api.example.com/orders`.',
  );
}

function checkOrigin(origin: string): void {
  if (isSerializedOrigin(origin)) return;
  const meant = URL.canParse(origin) ? new URL(origin).origin : 'null';
  throw new UsageError(
    `Expected \`--origin\` to be an origin as browsers send it, got \`${printable(origin)}\`. ` +
      (meant === 'null'
        ? 'Write scheme and host of the page, such as `https://app.example.com`.'
        : `Write \`${meant}\`: no path, no slash at the end, no default port, lower case.`),
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

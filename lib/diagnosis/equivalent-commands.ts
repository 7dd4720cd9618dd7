import { unsafeRequestHeaderNames } from '../browser/http/request-headers.js';
import type { SentRequest } from '../browser/index.js';
import { isSafelistedMethod, normalizeMethod } from '../fetch/methods.js';
import { withoutSecrets } from '../text/secrets.js';
import type { CheckRequest } from './check-request.js';

/** The command that checks the server for the same request. */
export function checkCommand(request: CheckRequest): string {
  const { url, origin, method, headers, credentials, browser, server } = request;
  return [
    `npx nestjs-cors check ${quoted(url)}`,
    `--origin ${quoted(origin)}`,
    ...(method === 'GET' ? [] : [`--method ${quoted(method)}`]),
    ...withoutSecrets(headers).map(([name, value]) => `--header ${quoted(`${name}: ${value}`)}`),
    ...(credentials ? ['--credentials'] : []),
    ...(isForced(request) ? ['--preflight'] : []),
    ...(browser === 'chromium' ? [] : [`--browser ${browser}`]),
    ...(server === undefined ? [] : [`--for ${server}`]),
  ].join(' \\\n  ');
}

/** Whether there is a preflight only because the request is to have one. */
function isForced({ forcePreflight, method, headers, browser }: CheckRequest): boolean {
  return (
    forcePreflight &&
    isSafelistedMethod(normalizeMethod(method)) &&
    unsafeRequestHeaderNames(headers, browser).length === 0
  );
}

/** The same request of a browser, as curl sends it. It prints the response headers that matter. */
export function curlCommand({ method, url, headers }: SentRequest): string {
  return [
    // A HEAD request has no body to wait for.
    `curl -i ${method === 'HEAD' ? '--head' : `-X ${quoted(method)}`} ${quoted(url)}`,
    ...withoutSecrets(headers)
      .filter(([name]) => name !== 'Accept')
      .map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
  ].join(' \\\n  ');
}

/** A word of a command line, for POSIX shells. */
function quoted(word: string): string {
  return /^[\w@%+:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

import type { SentRequest } from '../browser/index.js';
import { withoutSecrets } from '../text/secrets.js';
import type { CheckRequest } from './check-request.js';

/** The command that checks the server for the same request. */
export function checkCommand(request: CheckRequest): string {
  const { url, origin, method, headers, credentials, forcePreflight, browser, server } = request;
  return [
    `npx nestjs-cors check ${quoted(url)}`,
    `--origin ${quoted(origin)}`,
    ...(method === 'GET' ? [] : [`--method ${quoted(method)}`]),
    ...withoutSecrets(headers).map(([name, value]) => `--header ${quoted(`${name}: ${value}`)}`),
    ...(credentials ? ['--credentials'] : []),
    ...(forcePreflight ? ['--preflight'] : []),
    ...(browser === 'chromium' ? [] : [`--browser ${browser}`]),
    ...(server === undefined ? [] : [`--for ${server}`]),
  ].join(' \\\n  ');
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

import { printable } from '../../text/escape.js';

/**
 * Reads the URL of a request, without its fragment, which is never sent.
 *
 * @throws TypeError when it is none
 */
export function parseUrl(value: string, pageOrigin: string): URL {
  const base = pageOrigin === 'null' ? undefined : pageOrigin;
  if (!URL.canParse(value, base)) {
    throw new TypeError(
      `Expected \`url\` to be an absolute URL, or one relative to the page, got \`${printable(value)}\`. ` +
        'Write it with its scheme, such as `https://api.example.com/orders`.',
    );
  }
  const url = new URL(value, base);
  url.hash = '';
  return url;
}

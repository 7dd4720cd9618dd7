import { isSerializedOrigin } from '../../fetch/origins.js';
import { printable } from '../../text/escape.js';

/**
 * Reads the page's origin.
 *
 * @throws TypeError when it is not one as browsers serialise it
 */
export function parsePageOrigin(value: string): string {
  if (isSerializedOrigin(value)) return value;
  throw new TypeError(
    `Expected \`pageOrigin\` to be a serialised origin, got \`${printable(value)}\`. ` +
      'Write it as the browser sends it, such as `https://app.example.com`: lower case, no path, ' +
      'no slash at the end, no default port; or `null` for an opaque origin (files, sandboxed frames).',
  );
}

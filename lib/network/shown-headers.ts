import type { HeaderLines } from '../browser/http-exchange.js';
import { printable, shortened } from '../text/escape.js';

const MAX_LENGTH = 300;
const MAX_LINES = 20;

/**
 * The header lines of an answer that matter to CORS, one string each. Safe to print: nothing but
 * printable ASCII, and no more than a reader can bear.
 */
export function shownHeaders(headers: HeaderLines): readonly string[] {
  const lines = headers.filter(([name]) => matters(name.toLowerCase()));
  const shown = lines
    .slice(0, MAX_LINES)
    .map(([name, value]) => shortened(`${printable(name)}: ${printable(value)}`, MAX_LENGTH));
  return lines.length > MAX_LINES
    ? [...shown, `... ${lines.length - MAX_LINES} more lines`]
    : shown;
}

function matters(name: string): boolean {
  return (
    name.startsWith('access-control-') ||
    name === 'vary' ||
    name === 'location' ||
    name === 'www-authenticate'
  );
}

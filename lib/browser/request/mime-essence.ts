import { isToken } from '../../fetch/tokens.js';
import { trimHttpWhitespace } from '../response/trim-http-whitespace.js';

/**
 * The essence (`type/subtype`, lower-cased) of a MIME type, or null when it does not parse.
 * Parameters are not looked at: no parameter makes parsing fail.
 *
 * @see https://mimesniff.spec.whatwg.org/#parse-a-mime-type
 */
export function mimeEssence(value: string): string | null {
  const trimmed = trimHttpWhitespace(value);
  const slash = trimmed.indexOf('/');
  if (slash === -1) return null;
  const semicolon = trimmed.indexOf(';', slash);
  const type = trimmed.slice(0, slash);
  const rest = trimmed.slice(slash + 1, semicolon === -1 ? undefined : semicolon);
  const subtype = trimHttpWhitespace(rest);
  // Only the end may be padded: `text/ plain` does not parse.
  if (!rest.startsWith(subtype)) return null;
  return isToken(type) && isToken(subtype) ? `${type}/${subtype}`.toLowerCase() : null;
}

import { isTokenCode } from './token-code.js';

/**
 * Whether a value is a token: the grammar of methods and of header names.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2
 */
export function isToken(value: string): boolean {
  if (value.length === 0) return false;
  for (let index = 0; index < value.length; index += 1) {
    if (!isTokenCode(value.charCodeAt(index))) return false;
  }
  return true;
}

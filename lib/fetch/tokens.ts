/**
 * The characters of a token, `tchar`, for a class of a regular expression.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2
 */
export const TOKEN_CHARACTERS = "\\w!#$%&'*+.^`|~-";

const TOKEN = new RegExp(`^[${TOKEN_CHARACTERS}]+$`);

/** Whether a value is a token: the grammar of methods and of header names. */
export function isToken(value: string): boolean {
  return TOKEN.test(value);
}

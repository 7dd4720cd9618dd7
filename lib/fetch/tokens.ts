/**
 * The characters of a token, `tchar`, for a class of a regular expression.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2
 */
export const TOKEN_CHARACTERS = "\\w!#$%&'*+.^`|~-";
/** Those of a token in lower case. */
export const LOWER_CASE_TOKEN_CHARACTERS = TOKEN_CHARACTERS.replace('\\w', '\\da-z_');

const TOKEN = new RegExp(`^[${TOKEN_CHARACTERS}]+$`);

/** Whether a value is a token: the grammar of methods and of header names. */
export function isToken(value: string): boolean {
  return TOKEN.test(value);
}

/** The first character of a value that no header can hold; undefined where there is none. */
export function unsendableIn(value: string): string | undefined {
  return /[^\t\u0020-\u007E\u0080-\u00FF]/u.exec(value)?.[0];
}

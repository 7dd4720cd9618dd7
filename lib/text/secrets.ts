const SECRET_HEADER =
  /^(?:(?:proxy-)?authorization|(?:set-)?cookie2?)$|token|secret|api-?key|passw|pwd|signature|session|credential(?!s$)|(?:^|-)auth$/i;
const SECRET_PARAMETER =
  /([?&;#](?:[^=&\s'"`#]{0,40}(?:token|secret|password|passwd|signature|credential|session|api_?-?key|jwt)[^=&\s'"`#]{0,40}|key|sig|code|auth)=)(?!\(not shown)[^&\s'"`)#\\]+/gi;
const USER_INFO = /(\b[a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/@'"`]{1,300}@/gi;

/** Whether the value of a header is a secret. */
export function isSecretHeader(name: string): boolean {
  return SECRET_HEADER.test(name) && !/^access-control-/i.test(name);
}

/** What stands in the place of a secret. */
export const NOT_SHOWN = '(not shown)';

/** Header lines, in which the values of secret ones are blanked: reports end up in logs and issues. */
export function withoutSecrets(
  headers: readonly (readonly [name: string, value: string])[],
): readonly (readonly [name: string, value: string])[] {
  return headers.map(([name, value]) => (isSecretHeader(name) ? [name, NOT_SHOWN] : [name, value]));
}

/**
 * A text in which secret parameters of URLs, and user names and passwords, are blanked.
 *
 * @param blank what stands in their place; without spaces, a URL is still one
 */
export function blankSecrets(text: string, blank = NOT_SHOWN): string {
  return text.replaceAll(SECRET_PARAMETER, `$1${blank}`).replaceAll(USER_INFO, `$1${blank}@`);
}

const SECRET_FIELD =
  /((?:authorization|cookie|token|secret|api_?-?key|passw(?:or)?d|session)[\w-]{0,20}["']?\s{0,9}[:=]\s{0,9})[^\n]+/gi;

/** A text of unknown form, in which lines are blanked after the name of a secret. */
export function blankSecretFields(text: string): string {
  return blankSecrets(text.replaceAll(SECRET_FIELD, `$1${NOT_SHOWN}`));
}

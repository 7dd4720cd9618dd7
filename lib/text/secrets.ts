const SECRET_HEADER =
  /^(?:(?:proxy-)?authorization|(?:set-)?cookie2?)$|token|secret|api-?key|password|session|credential(?!s$)/i;
const SECRET_PARAMETER =
  /([?&;](?:[^=&\s'"`#]{0,40}(?:token|secret|password|passwd|signature|credential|session|api_?-?key|jwt)[^=&\s'"`#]{0,40}|key|sig|code|auth)=)[^&\s'"`)#\\]+/gi;
const USER_INFO = /(\b[a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/@'"`]{1,300}@/gi;

/** What stands in the place of a secret. */
export const NOT_SHOWN = '(not shown)';

/** Header lines, in which the values of secret ones are blanked: reports end up in logs and issues. */
export function withoutSecrets(
  headers: readonly (readonly [name: string, value: string])[],
): readonly (readonly [name: string, value: string])[] {
  return headers.map(([name, value]) =>
    SECRET_HEADER.test(name) && !/^access-control-/i.test(name) ? [name, NOT_SHOWN] : [name, value],
  );
}

/** A text in which secret parameters of URLs, and user names and passwords, are blanked. */
export function blankSecrets(text: string): string {
  return text
    .replaceAll(SECRET_PARAMETER, `$1${NOT_SHOWN}`)
    .replaceAll(USER_INFO, `$1${NOT_SHOWN}@`);
}

const SECRET_FIELD =
  /((?:authorization|cookie|token|secret|api_?-?key|passw(?:or)?d|session)[\w-]{0,20}["']?\s{0,9}[:=]\s{0,9})[^\n]+/gi;

/** A text of unknown form, in which lines are blanked after the name of a secret. */
export function blankSecretFields(text: string): string {
  return blankSecrets(text.replaceAll(SECRET_FIELD, `$1${NOT_SHOWN}`));
}

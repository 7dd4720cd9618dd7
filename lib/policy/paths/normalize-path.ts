/**
 * A key of `paths`, or the path of a route, in the one spelling that paths are compared in, the same
 * on every platform: without query, percent-decoded except for what divides paths, in lower case,
 * single slashes, none at the end.
 */
export function normalizePath(target: string): string {
  const path = pathOf(target)
    .split(DIVIDER)
    .map((part, index) => (index % 2 === 0 ? decodeText(part).text : part.toLowerCase()))
    .join('')
    .replace(/\/{2,}/g, '/');
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

/** The path of a request target. The absolute form is what proxies send. */
export function pathOf(target: string): string {
  const whole = upTo(upTo(target, '?'), '#');
  if (whole.charCodeAt(0) === SLASH) return whole;
  const authority = /^[a-z][a-z\d+.-]*:\/\//i.exec(whole)?.[0].length;
  if (authority === undefined) return whole;
  const slash = whole.indexOf('/', authority);
  return slash === -1 ? '/' : whole.slice(slash);
}

const SLASH = 0x2f;

/** A text up to a delimiter, or all of it. */
export function upTo(text: string, delimiter: string): string {
  const end = text.indexOf(delimiter);
  return end === -1 ? text : text.slice(0, end);
}

/**
 * What divides a path, for every server or for some: slashes, also encoded; backslashes (URL parsers,
 * Windows); what parameters or streams of a file begin with; an encoded `?`, `#` or NUL, which cut a
 * path that is decoded too early. As a divider of `split` it is part of the result.
 */
export const DIVIDER = /(\/|\\|;|%(?:2f|5c|3[bf]|23|00)|(?::|%3a){2})/i;

/** The text between two dividers, as a server reads it that decodes what can be decoded. */
export function decodeText(part: string): DecodedText {
  if (!part.includes('%')) return { text: fold(part), latin1: undefined };
  if (isDecodable(part)) return { text: fold(decodeURIComponent(part)), latin1: undefined };
  const decode = (ofInvalid: (byte: string) => string) =>
    fold(
      part.replace(ESCAPED, (escaped: string, characters: string | undefined) =>
        characters === undefined ? ofInvalid(escaped) : decodeURIComponent(characters),
      ),
    );
  return { text: decode((byte) => byte), latin1: decode(unescapeLatin1) };
}

/** A text of a path, decoded. */
interface DecodedText {
  /** Decoded as UTF-8; an escape that is not valid stays. */
  readonly text: string;
  /** Such escapes decoded byte by byte, as `unescape` does; undefined where there are none. */
  readonly latin1: string | undefined;
}

/** Whether all escapes of a text are of characters. */
export function isDecodable(part: string): boolean {
  return !part.replace(CHARACTERS, '').includes('%');
}

/**
 * Characters in UTF-8, or one byte that belongs to none. Whatever is taken for a character is one: an
 * error of `decodeURIComponent` costs as much as a thousand of them.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3629#section-4
 */
const ESCAPED =
  /((?:%[0-7][\da-f]|%(?:c[2-9a-f]|d[\da-f]|e0%[ab][\da-f]|e[1-9a-cef]%[89ab][\da-f]|ed%[89][\da-f]|f0%[9ab][\da-f]%[89ab][\da-f]|f[1-3](?:%[89ab][\da-f]){2}|f4%8[\da-f]%[89ab][\da-f])%[89ab][\da-f])+)|%[89a-f][\da-f]/gi;
const CHARACTERS = new RegExp(ESCAPED.source.slice(0, ESCAPED.source.lastIndexOf('|')), 'gi');

function unescapeLatin1(byte: string): string {
  return String.fromCharCode(parseInt(byte.slice(1), 16));
}

/** The file system of macOS takes composed and decomposed letters for the same. */
function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

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
  let hasInvalid = false;
  const decode = (ofInvalid: (escape: string) => string) =>
    fold(
      part.replace(ESCAPED, (escape) => {
        try {
          return decodeURIComponent(escape);
        } catch {
          hasInvalid = true;
          return ofInvalid(escape);
        }
      }),
    );
  const text = decode((escape) => escape);
  return { text, latin1: hasInvalid ? decode(unescapeLatin1) : undefined };
}

/** A text of a path, decoded. */
interface DecodedText {
  /** Decoded as UTF-8; an escape that is not valid stays. */
  readonly text: string;
  /** Such escapes decoded byte by byte, as `unescape` does; undefined where there are none. */
  readonly latin1: string | undefined;
}

/** One character, or one byte that belongs to none. */
const ESCAPED =
  /%[0-7][\da-f]|%[cd][\da-f]%[89ab][\da-f]|%e[\da-f](?:%[89ab][\da-f]){2}|%f[0-7](?:%[89ab][\da-f]){3}|%[89a-f][\da-f]/gi;

function unescapeLatin1(escapes: string): string {
  return escapes.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/** The file system of macOS takes composed and decomposed letters for the same. */
function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

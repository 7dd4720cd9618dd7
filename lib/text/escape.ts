/**
 * A value that is safe to print: whatever is not printable ASCII becomes `\uXXXX`, as in
 * Chromium's messages, so that nothing a server sends reaches a terminal unescaped.
 */
export function printable(value: string): string {
  let text = '';
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    text +=
      code >= 0x20 && code <= 0x7e
        ? value.charAt(index)
        : `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
  }
  return text;
}

/**
 * What a client sent, as it may stand in a log line or a header: loggable ASCII only, and cut.
 * Anything else could forge lines, or terminal commands.
 */
export function loggable(text: string, longest = 120): string {
  let escaped = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    escaped += code > 0x1f && code < 0x7f ? character : `\\u{${code.toString(16)}}`;
    if (escaped.length > longest) return `${escaped.slice(0, longest)}...`;
  }
  return escaped;
}

/** A text that is no longer than a reader can bear. */
export function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}... (${text.length} characters)` : text;
}

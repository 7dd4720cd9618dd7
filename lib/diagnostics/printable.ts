/**
 * What a client sent, as it may stand in a log line or a header: printable ASCII only, and cut.
 * Anything else could forge lines, or terminal commands.
 */
export function printable(text: string, longest = 120): string {
  let escaped = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    escaped += code > 0x1f && code < 0x7f ? character : `\\u{${code.toString(16)}}`;
    if (escaped.length > longest) return `${escaped.slice(0, longest)}...`;
  }
  return escaped;
}

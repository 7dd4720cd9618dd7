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

/**
 * A text that is safe to print: whatever is not printable ASCII becomes `\uXXXX`, as in Chromium's
 * messages, so that nothing a server or a client sends reaches a terminal unescaped.
 */
export function printable(text: string): string {
  return text.replaceAll(/[^ -~]/g, escaped);
}

/** A text that is no longer than anyone would read. Cut before you escape. */
export function shortened(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}... (${text.length} characters)` : text;
}

/**
 * What a client sent, as it may stand in a log line or a header: anything but printable ASCII
 * could forge lines, or terminal commands.
 */
export function loggable(text: string, longest = 120): string {
  return printable(shortened(text, longest));
}

/**
 * A value as JSON in printable ASCII: `JSON.stringify` escapes control characters up to U+001F
 * only, and terminals obey those from U+0080 to U+009F as well.
 */
export function printableJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll(/[\u007f-\uffff]/g, escaped);
}

/** One code unit, so that JSON and JavaScript read it back as it was. */
function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

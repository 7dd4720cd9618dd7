/**
 * A value as JSON in printable ASCII: `JSON.stringify` escapes control characters up to U+001F
 * only, and terminals obey those from U+0080 to U+009F, too.
 */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

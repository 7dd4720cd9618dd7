/**
 * A header value without leading and trailing HTTP whitespace: tab, line feed, carriage return
 * and space, nothing else.
 *
 * @see https://fetch.spec.whatwg.org/#concept-header-value-normalize
 */
export function trimHttpWhitespace(value: string): string {
  let start = 0;
  let end = value.length;
  while (start < end && isWhitespace(value.charCodeAt(start))) start += 1;
  while (end > start && isWhitespace(value.charCodeAt(end - 1))) end -= 1;
  return value.slice(start, end);
}

function isWhitespace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}

const DIGIT_ZERO = 0x30;
const DIGIT_NINE = 0x39;

/**
 * Whether a `Range` value is safelisted: `bytes=<start>-` or `bytes=<start>-<end>` without
 * whitespace, the start given and not behind the end. `bytes=-500` is a valid range, but browsers
 * never sent it by themselves.
 *
 * @see https://fetch.spec.whatwg.org/#simple-range-header-value
 */
export function isSafelistedRange(value: string): boolean {
  if (!value.startsWith('bytes=')) return false;
  const dash = endOfDigits(value, 6);
  if (dash === 6 || value.charAt(dash) !== '-') return false;
  const end = endOfDigits(value, dash + 1);
  if (end !== value.length) return false;
  return end === dash + 1 || isAtMost(value.slice(6, dash), value.slice(dash + 1));
}

function endOfDigits(value: string, start: number): number {
  let index = start;
  for (; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if (code < DIGIT_ZERO || code > DIGIT_NINE) break;
  }
  return index;
}

/** Decimal numbers of any length: up to 128 digits do not fit a JavaScript number. */
function isAtMost(a: string, b: string): boolean {
  return BigInt(a) <= BigInt(b);
}

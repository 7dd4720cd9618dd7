/**
 * A copy, as the HTTP parser makes one for each request: what V8 knows of a string it has seen
 * before (its hash, above all) is not known of this one.
 *
 * @param {string} text Latin-1
 */
export function fresh(text) {
  return Buffer.from(text, 'latin1').latin1Slice();
}

/**
 * Makes fresh copies, one text after the other, as many as asked for.
 *
 * @param {readonly string[]} texts
 * @returns {(count: number) => string[]}
 */
export function freshCopies(texts) {
  const bytes = texts.map((text) => Buffer.from(text, 'latin1'));
  return (count) =>
    Array.from({ length: count }, (_, index) => bytes[index % bytes.length].latin1Slice());
}

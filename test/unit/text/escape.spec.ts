import { printable } from '../../../lib/text/escape.js';

describe('printable', () => {
  it.each([
    ['a ~', 'a ~'],
    ['a\u001b[31m', 'a\\u001B[31m'],
    ['\u0000\u007f\u00e9\u2028', '\\u0000\\u007F\\u00E9\\u2028'],
    ['', ''],
  ])('%j → %j', (value, text) => {
    expect(printable(value)).toBe(text);
  });
});

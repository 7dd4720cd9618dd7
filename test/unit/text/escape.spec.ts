import { loggable, printable, printableJson, shortened } from '../../../lib/text/escape.js';

describe('printable', () => {
  it.each([
    ['a ~', 'a ~'],
    ['a\u001b[31m', 'a\\u001B[31m'],
    ['\u0000\u007f\u00e9\u2028', '\\u0000\\u007F\\u00E9\\u2028'],
    ['😀', '\\uD83D\\uDE00'],
    ['', ''],
  ])('%j → %j', (value, text) => {
    expect(printable(value)).toBe(text);
  });
});

describe('shortened', () => {
  it('says how long the text was that it cuts', () => {
    expect(shortened('abc', 3)).toBe('abc');
    expect(shortened('abcd', 3)).toBe('abc... (4 characters)');
  });
});

describe('loggable', () => {
  it('is one line of printable ASCII, of a length that can be read', () => {
    expect(loggable('https://a.test\n\u001b[2J')).toBe('https://a.test\\u000A\\u001B[2J');
    expect(loggable('x'.repeat(120))).toBe('x'.repeat(120));
    expect(loggable('x'.repeat(121))).toBe(`${'x'.repeat(120)}... (121 characters)`);
    expect(loggable('é'.repeat(9), 2)).toBe('\\u00E9\\u00E9... (9 characters)');
  });
});

describe('printableJson', () => {
  it.each(['\u0000\u001b\u007f\u0080\u009b', 'ü‘’', '\u2028\u202e', '😀', '"\\'])(
    'keeps %j, in printable ASCII',
    (text) => {
      const json = printableJson({ [text]: text });
      expect(/^[\n\u0020-\u007e]*$/.test(json)).toBe(true);
      expect(JSON.parse(json)).toEqual({ [text]: text });
    },
  );
});

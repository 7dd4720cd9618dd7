import { isToken, isTokenCode } from '../../../lib/fetch/tokens.js';

// RFC 9110 section 5.6.2, written out.
const TCHARS = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

describe('isTokenCode', () => {
  test.each(Array.from({ length: 256 }, (_, code) => code))('code %i', (code) => {
    expect(isTokenCode(code)).toBe(TCHARS.includes(String.fromCharCode(code)));
  });

  test('nothing beyond a byte', () => {
    expect([0x141, 0x161, 0x12d, 0xff21].some(isTokenCode)).toBe(false);
  });
});

describe('isToken', () => {
  test.each(['a', 'GET', 'x-request-id', "!#$%&'*+-.^_`|~", '0'])('%j is one', (value) => {
    expect(isToken(value)).toBe(true);
  });

  test.each(['', ' ', 'a b', 'a,b', 'a:', '"a"', 'a\t', 'a\n', '\0', 'é', 'x\u212a', '(a)', 'a/b'])(
    '%j is none',
    (value) => {
      expect(isToken(value)).toBe(false);
    },
  );
});

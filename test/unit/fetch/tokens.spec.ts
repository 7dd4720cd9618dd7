import { isToken } from '../../../lib/fetch/tokens.js';

// RFC 9110 section 5.6.2, written out.
const TCHARS = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

describe('isToken', () => {
  test.each(Array.from({ length: 256 }, (_, code) => code))('code %i', (code) => {
    const character = String.fromCharCode(code);
    expect(isToken(character)).toBe(TCHARS.includes(character));
  });

  test.each([0x141, 0x161, 0x12d, 0xff21, 0x212a])('code %i, beyond a byte', (code) => {
    expect(isToken(String.fromCharCode(code))).toBe(false);
  });
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

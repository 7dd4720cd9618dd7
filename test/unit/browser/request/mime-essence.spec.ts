import { mimeEssence } from '../../../../lib/browser/request/mime-essence.js';

describe('mimeEssence', () => {
  it.each([
    ['text/plain', 'text/plain'],
    ['Text/PLAIN;charset=utf-8', 'text/plain'],
    [' \ttext/plain \r\n', 'text/plain'],
    ['text/plain \t;x', 'text/plain'],
    ['text/plain;', 'text/plain'],
    ['a/b/c', null],
    ['text/ plain', null],
    ['text /plain', null],
    ['text/', null],
    ['/plain', null],
    ['text', null],
    ['text;/plain', null],
    ['text/plain, text/plain', null],
    ['text/plain\u000b', null],
    ['', null],
  ])('%j → %j', (value, essence) => {
    expect(mimeEssence(value)).toBe(essence);
  });
});

import { isSafelistedRequestHeader } from '../../../../lib/browser/request/safelisted-request-header.js';

describe('isSafelistedRequestHeader', () => {
  it.each([
    ['Accept', 'text/html', true],
    ['ACCEPT', 'x'.repeat(128), true],
    ['accept', 'x'.repeat(129), false],
    ['accept', 'a\tb', true],
    ['accept', 'a\u0001b', false],
    ['accept', 'a\u007fb', false],
    ['accept', 'caf\u00e9', true],
    ['accept-language', 'de-DE,de;q=0.9, *', true],
    ['accept-language', 'de_DE', false],
    ['accept-language', 'AZaz09', true],
    ['accept-language', 'a`', false],
    ['accept-language', 'a{', false],
    ['accept-language', 'a@', false],
    ['accept-language', 'a[', false],
    ['content-language', 'en', true],
    ['content-language', 'en/x', false],
    ['content-type', 'text/plain;charset=utf-8', true],
    ['content-type', 'multipart/form-data; boundary=x', true],
    ['content-type', 'application/x-www-form-urlencoded', true],
    ['content-type', 'application/json', false],
    ['content-type', 'text/plain; a="b"', false],
    ['content-type', '', false],
    ['range', 'bytes=0-', true],
    ['range', 'bytes=-1', false],
    ['last-event-id', '1', false],
    ['dpr', '2', false],
    ['x-request-id', '1', false],
  ])('%s: %j → %s', (name, value, safelisted) => {
    expect(isSafelistedRequestHeader(name, value)).toBe(safelisted);
  });

  it.each(['"', '(', ')', ':', '<', '>', '?', '@', '[', '\\', ']', '{', '}'])(
    'takes no %s in a value',
    (character) => {
      expect(isSafelistedRequestHeader('accept', `a${character}b`)).toBe(false);
      expect(isSafelistedRequestHeader('content-type', `text/plain;${character}`)).toBe(false);
    },
  );
});

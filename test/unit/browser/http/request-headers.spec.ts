import type { HeaderLines } from '../../../../lib/browser/http/http-exchange.js';
import {
  isForbiddenRequestHeader,
  isSafelistedRange,
  isSafelistedRequestHeader,
  mimeEssence,
  unsafeRequestHeaderNames,
} from '../../../../lib/browser/http/request-headers.js';

describe('isForbiddenRequestHeader', () => {
  it.each([
    ['Cookie', 'a=b', true],
    ['Sec-Fetch-Mode', 'cors', true],
    ['proxy-authorization', 'x', true],
    ['User-Agent', 'x', false],
    ['Authorization', 'x', false],
    ['X-HTTP-Method-Override', 'DELETE', false],
    ['X-HTTP-Method-Override', 'trace', true],
    ['x-http-method', 'GET , TRACK', true],
    ['x-method-override', 'PUT,\tCONNECT,GET', true],
    ['x-method-override', '"a,TRACE,b"', false],
    ['x-method-override', '"a\\",TRACE,b"', false],
    ['x-method-override', '"a",TRACE', true],
    ['x-method-override', 'a\\,TRACE', true],
    ['x-other', 'TRACE', false],
  ])('%s: %s → %s', (name, value, forbidden) => {
    expect(isForbiddenRequestHeader(name, value)).toBe(forbidden);
  });
});

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

describe('isSafelistedRange', () => {
  it.each([
    ['bytes=0-', true],
    ['bytes=100-200', true],
    ['bytes=100-100', true],
    ['bytes=099-100', true],
    [`bytes=${'9'.repeat(40)}-1${'0'.repeat(40)}`, true],
    [`bytes=1${'0'.repeat(40)}-${'9'.repeat(40)}`, false],
    ['bytes=200-100', false],
    ['bytes=-500', false],
    ['bytes=', false],
    ['bytes=-', false],
    ['bytes=1', false],
    ['bytes=1-2,3-4', false],
    ['bytes=1-x', false],
    ['bytes= 1-2', false],
    ['bytes=1 -2', false],
    ['bytes=1- 2', false],
    ['Bytes=1-2', false],
    ['items=1-2', false],
    ['', false],
  ])('%s → %s', (value, safelisted) => {
    expect(isSafelistedRange(value)).toBe(safelisted);
  });
});

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

const names = (headers: HeaderLines) => unsafeRequestHeaderNames(headers, 'firefox');

describe('unsafeRequestHeaderNames', () => {
  it('gives names that are not safelisted: lower-cased, once, sorted by byte', () => {
    const unsafe = names([
      ['X-b', '1'],
      ['Accept', 'text/html'],
      ['x-A', '1'],
      ['x-a', '2'],
      ['X_b', '3'],
    ]);
    expect(unsafe).toEqual(['x-a', 'x-b', 'x_b']);
  });

  it('counts the bytes of all safelisted values: 1024 are enough', () => {
    const value = 'x'.repeat(128);
    const eight = Array.from({ length: 8 }, () => ['Accept', value] as const);
    expect(names(eight)).toEqual([]);
    expect(names([...eight, ['accept-language', 'x']])).toEqual(['accept', 'accept-language']);
  });

  it('does not count the bytes of other headers', () => {
    const headers = [
      ['accept', 'x'],
      ['x-long', 'x'.repeat(2000)],
    ] as const;
    expect(names(headers)).toEqual(['x-long']);
  });

  it('contains client hints, except in Chromium', () => {
    const hints = [
      ['Device-Memory', '0.5'],
      ['downlink', '10'],
      ['DPR', '1.25'],
      ['ect', 'slow-2g'],
      ['intervention', '<x>'],
      ['rtt', '100'],
      ['save-data', 'On'],
      ['viewport-width', '800'],
      ['width', '0'],
    ] as const;
    const lower = hints.map(([name]) => name.toLowerCase());
    expect(unsafeRequestHeaderNames(hints, 'chromium')).toEqual([]);
    expect(unsafeRequestHeaderNames(hints, 'firefox')).toEqual(lower);
    expect(unsafeRequestHeaderNames(hints, 'safari')).toEqual(lower);
  });

  it.each([
    ['dpr', ''],
    ['dpr', '2.'],
    ['downlink', '.5'],
    ['device-memory', '1e3'],
    ['width', '10.0'],
    ['rtt', '-1'],
    ['ect', '4G'],
    ['save-data', 'off'],
    ['intervention', 'x'.repeat(129)],
    ['viewport-height', '1'],
  ])('has `%s: %s` among them in Chromium too', (name, value) => {
    expect(unsafeRequestHeaderNames([[name, value]], 'chromium')).toEqual([name]);
  });
});

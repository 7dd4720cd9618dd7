import type { HeaderLines } from '../../../../lib/browser/http-exchange.js';
import { unsafeRequestHeaderNames } from '../../../../lib/browser/request/unsafe-request-header-names.js';

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

  it('counts no byte of the others', () => {
    const headers = [
      ['accept', 'x'],
      ['x-long', 'x'.repeat(2000)],
    ] as const;
    expect(names(headers)).toEqual(['x-long']);
  });

  it('has client hints among them, except in Chromium', () => {
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

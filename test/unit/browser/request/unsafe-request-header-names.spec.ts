import { unsafeRequestHeaderNames } from '../../../../lib/browser/request/unsafe-request-header-names.js';

describe('unsafeRequestHeaderNames', () => {
  it('gives names that are not safelisted: lower-cased, once, sorted by byte', () => {
    const names = unsafeRequestHeaderNames([
      ['X-b', '1'],
      ['Accept', 'text/html'],
      ['x-A', '1'],
      ['x-a', '2'],
      ['X_b', '3'],
    ]);
    expect(names).toEqual(['x-a', 'x-b', 'x_b']);
  });

  it('counts the bytes of all safelisted values: 1024 are enough', () => {
    const value = 'x'.repeat(128);
    const eight = Array.from({ length: 8 }, () => ['Accept', value] as const);
    expect(unsafeRequestHeaderNames(eight)).toEqual([]);
    expect(unsafeRequestHeaderNames([...eight, ['accept-language', 'x']])).toEqual([
      'accept',
      'accept-language',
    ]);
  });

  it('counts no byte of the others', () => {
    const headers = [
      ['accept', 'x'],
      ['x-long', 'x'.repeat(2000)],
    ] as const;
    expect(unsafeRequestHeaderNames(headers)).toEqual(['x-long']);
  });
});

import { POLICY_OPTIONS } from '../../../../lib/options/policy-option-table.js';
import {
  closestName,
  suggestName,
  suggestOrigin,
} from '../../../../lib/options/refusal/suggestions.js';

describe('suggestName', () => {
  test.each([
    ['orign', 'origin'],
    ['origins', 'origin'],
    ['Origin', 'origin'],
    ['allowedOrigin', 'origin'],
    ['originPatterns', 'origin'],
    ['allowedOrigins', 'origin'],
    ['method', 'methods'],
    ['allowedMethods', 'methods'],
    ['allowMethods', 'methods'],
    ['allowHeaders', 'allowedHeaders'],
    ['allowed_headers', 'allowedHeaders'],
    ['exposeHeaders', 'exposedHeaders'],
    ['exposedHeader', 'exposedHeaders'],
    ['credential', 'credentials'],
    ['allowCredentials', 'credentials'],
    ['maxage', 'maxAge'],
    ['max-age', 'maxAge'],
    ['max_age', 'maxAge'],
    ['maxAgeSeconds', 'maxAge'],
    ['timingAllowOrigins', 'timingAllowOrigin'],
  ])('%s: %s', (written, name) => {
    expect(suggestName(written, POLICY_OPTIONS)).toBe(name);
  });

  test.each(['', 'cookies', 'age', 'toString', '__proto__', 'ori'])('nothing for %j', (written) => {
    expect(suggestName(written, POLICY_OPTIONS)).toBeUndefined();
  });

  test.each([64, 65, 9000, 1_000_000])('no other name of %d characters is looked for', (length) => {
    const name = 'x'.repeat(length);
    expect(suggestName(name, [...POLICY_OPTIONS, 'x'.repeat(64)])).toBe(
      length === 64 ? name : undefined,
    );
    expect(suggestName('origins', [name, 'origin'])).toBe('origin');
  });

  test('compares 64 characters of a name, and 200 names', () => {
    const x = (length: number, end = '') => 'x'.repeat(length) + end;
    expect(closestName(x(64), [x(63, 'y')])).toBe(x(63, 'y'));
    expect(closestName(x(65), [x(63, 'y')])).toBeUndefined();
    for (const written of ['origins', 'allowedOrigin']) {
      const named = (length: number) => suggestName(written, ['origin'.padEnd(length, '-')]);
      expect([named(64), named(65)]).toEqual(['origin'.padEnd(64, '-'), undefined]);
      const behind = (count: number) =>
        suggestName(written, [...Array<string>(count).fill('unrelated'), 'origin']);
      expect([behind(199), behind(200)]).toEqual(['origin', undefined]);
    }
  });

  test.each([
    ['two letters too many', 'abcd', 'bd'],
    ['two letters missing', 'bd', 'abcd'],
    ['two other letters', 'xy12', 'ab12'],
    ['one letter too many, one missing', 'aorigi', 'origin'],
    ['signs between letters', 'a-l-l-o-w-e-d_headers', 'allowedHeaders'],
  ])('%s: %s is %s', (_, written, name) => {
    expect(closestName(written, [name])).toBe(name);
  });

  test.each([
    ['xyz12', 'abc12'],
    ['abcde', 'bd'],
    ['v12345', 'v'],
  ])('%s is not %s', (written, name) => {
    expect(closestName(written, [name])).toBeUndefined();
  });

  test('suggests nothing where there are no names', () => {
    expect(suggestName('public', [])).toBeUndefined();
  });

  test('suggests the closest name, the first of several', () => {
    expect(suggestName('aac', ['xac', 'aab', 'abb'])).toBe('xac');
    expect(suggestName('aab', ['xac', 'aab'])).toBe('aab');
    expect(suggestName('aab', ['xbc', 'aabc'])).toBe('aabc');
  });
});

describe('suggestOrigin', () => {
  test.each([
    ['https://example.com/', 'https://example.com'],
    ['https://example.com/path?query#fragment', 'https://example.com'],
    [' https://example.com\n', 'https://example.com'],
    ['HTTPS://Example.COM', 'https://example.com'],
    ['https://example.com:443', 'https://example.com'],
    ['https://example.com:08443', 'https://example.com:8443'],
    ['https://user:password@example.com', 'https://example.com'],
    ['https://m\u00fcller.example', 'https://xn--mller-kva.example'],
    ['http://127.1', 'http://127.0.0.1'],
    ['http://[::0001]', 'http://[::1]'],
    ['https://*.Example.com/', 'https://*.example.com'],
    ['example.com', 'https://example.com'],
    [' example.com\n', 'https://example.com'],
    ['//example.com', 'https://example.com'],
    ['example.com//path', 'https://example.com'],
    ['*.example.com', 'https://*.example.com'],
    ['localhost:3000', 'http://localhost:3000'],
    ['127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['capacitor://localhost/', 'capacitor://localhost'],
  ])('%j: %s', (text, suggestion) => {
    expect(suggestOrigin(text)).toBe(suggestion);
  });

  test.each([
    '',
    '*',
    'https://',
    'https://example.com',
    'https://a.example,https://b.example',
    'https://*.*.example.com',
    'https://example.com:99999',
    'ws://example.com',
    'file:///home',
    '/^https:\\/\\/example\\.com$/',
    'https://a.example https://b.example',
  ])('nothing for %j', (text) => {
    expect(suggestOrigin(text)).toBeUndefined();
  });
});

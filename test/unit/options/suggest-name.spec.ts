import { POLICY_OPTIONS } from '../../../lib/options/option-names.js';
import { suggestName } from '../../../lib/options/suggest-name.js';

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

  test('nothing where nothing is known', () => {
    expect(suggestName('public', [])).toBeUndefined();
  });

  test('the closest, and the first of those', () => {
    expect(suggestName('aac', ['xac', 'aab', 'abb'])).toBe('xac');
    expect(suggestName('aab', ['xac', 'aab'])).toBe('aab');
    expect(suggestName('aab', ['xbc', 'aabc'])).toBe('aabc');
  });
});

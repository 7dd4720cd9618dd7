import { cachedSeconds } from '../../../../lib/browser/preflight/cached-seconds.js';
import { HeaderList } from '../../../../lib/browser/response/header-list.js';

describe('cachedSeconds', () => {
  it.each([
    [[], 5, 5, 5],
    [[''], 5, 5, 5],
    [['0'], 0, 0, 0],
    [['60'], 60, 60, 60],
    [['600'], 600, 600, 600],
    [['601'], 601, 601, 600],
    [['7201'], 7200, 7201, 600],
    [['86401'], 7200, 86_400, 600],
    [['9'.repeat(400)], 7200, 86_400, 600],
    [['-1'], 0, 0, 0],
    [['1.5'], 5, 0, 5],
    [['ten'], 5, 0, 5],
    [['60', '60'], 5, 0, 5],
  ])('%j', (values, chromium, firefox, safari) => {
    const headers = new HeaderList(values.map((value) => ['Access-Control-Max-Age', value]));
    expect({
      chromium: cachedSeconds(headers, 'chromium'),
      firefox: cachedSeconds(headers, 'firefox'),
      safari: cachedSeconds(headers, 'safari'),
    }).toEqual({ chromium, firefox, safari });
  });
});

import { suggestOrigin } from '../../../lib/options/suggest-origin.js';

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

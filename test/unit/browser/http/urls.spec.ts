import {
  hasHttpScheme,
  isBadPort,
  isMixedContent,
  isSameOrigin,
} from '../../../../lib/browser/http/urls.js';

describe('isBadPort', () => {
  it.each([
    ['http://localhost:6000/', true],
    ['http://localhost:0/', true],
    ['http://localhost:10080/', true],
    ['http://localhost:3000/', false],
    ['http://localhost/', false],
    ['https://localhost:443/', false],
  ])('%s → %s', (url, bad) => {
    expect(isBadPort(new URL(url))).toBe(bad);
  });
});

describe('hasHttpScheme', () => {
  it.each([
    ['http://a.test/', true],
    ['https://a.test/', true],
    ['ftp://a.test/', false],
    ['httpx://a.test/', false],
    ['data:,x', false],
  ])('%s → %s', (url, http) => {
    expect(hasHttpScheme(new URL(url))).toBe(http);
  });
});

describe('isMixedContent', () => {
  it.each([
    ['https://a.test', 'http://b.test/', true],
    ['https://a.test', 'http://127.evil.test/', true],
    ['https://a.test', 'http://notlocalhost/', true],
    ['https://a.test', 'http://192.168.0.1/', true],
    ['https://a.test', 'http://localhost:3000/', false],
    ['https://a.test', 'http://x.localhost/', false],
    ['https://a.test', 'http://127.1/', false],
    ['https://a.test', 'http://[::1]/', false],
    ['https://a.test', 'https://b.test/', false],
    ['http://a.test', 'http://b.test/', false],
    ['null', 'http://b.test/', false],
  ])('%s asks for %s → %s', (pageOrigin, url, mixed) => {
    expect(isMixedContent(pageOrigin, new URL(url))).toBe(mixed);
  });
});

describe('isSameOrigin', () => {
  it.each([
    ['https://a.test', 'https://a.test:443/x', true],
    ['https://a.test', 'https://a.test:444/x', false],
    ['https://a.test', 'http://a.test/x', false],
    ['null', 'data:,x', false],
    ['null', 'https://a.test/', false],
  ])('%s and %s → %s', (pageOrigin, url, same) => {
    expect(isSameOrigin(pageOrigin, new URL(url))).toBe(same);
  });
});

import {
  hasHttpScheme,
  isBadPort,
  isSameOrigin,
  isTrustworthy,
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

describe('isTrustworthy', () => {
  it.each([
    ['https://a.test', true],
    ['http://localhost:4200', true],
    ['http://127.0.0.1', true],
    ['http://a.test', false],
    ['http://192.168.0.1', false],
    ['null', true],
    ['chrome-extension://abc', true],
  ])('%s → %s', (origin, trustworthy) => {
    expect(isTrustworthy(origin)).toBe(trustworthy);
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

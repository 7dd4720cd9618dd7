import { originDifference } from '../../../../lib/browser/guide/access-guide.js';

const origin = 'https://app.example.com';

describe('originDifference', () => {
  it.each([
    ['null', 'it is the string `null`, which only stands for opaque origins'],
    ['https://App.Example.com', 'it differs in upper and lower case'],
    [
      'app.example.com',
      'it is not an origin: an origin is `scheme://host`, optionally with `:port`',
    ],
    [
      'localhost:3000',
      'it is not an origin: an origin is `scheme://host`, optionally with `:port`',
    ],
    ['https://app.example.com/', 'it ends in a slash, which origins never have'],
    ['https://app.example.com:443', 'it names the default port, which browsers leave out'],
    ['https://app.example.com/x', 'it has more than scheme, host and port'],
    ['https://app.example.com?x', 'it has more than scheme, host and port'],
    ['http://app.example.com', 'the scheme is http: instead of https:'],
    ['https://app.example.com:8443', 'the port is 8443 instead of the default one'],
    ['https://www.app.example.com', 'it begins with `www.`, but the page does not'],
    ['https://api.example.com', 'the host is api.example.com instead of app.example.com'],
    [
      'http://api.example.com:8080',
      'the scheme is http: instead of https:, the host is api.example.com instead of app.example.com, the port is 8080 instead of the default one',
    ],
  ])('%s: %s', (value, difference) => {
    expect(originDifference(value, origin)).toBe(difference);
  });

  it('handles www. and ports the other way round, and origins of other schemes', () => {
    expect(originDifference('https://a.test', 'https://www.a.test')).toBe(
      'it lacks the `www.` of the page',
    );
    expect(originDifference('http://a.test', 'http://a.test:3000')).toBe(
      'the port is the default one instead of 3000',
    );
    expect(originDifference('capacitor://other', 'capacitor://localhost')).toBe(
      'the host is other instead of localhost',
    );
    expect(originDifference('https://a.test', 'null')).toBe(
      'the origin of the request is opaque (`null`)',
    );
  });
});

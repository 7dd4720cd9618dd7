import {
  isLoopbackHost,
  isSerializedOrigin,
  isSerializedPort,
} from '../../../lib/fetch/origins.js';

const VALID = [
  'null',
  'http://a',
  'https://example.com',
  'https://example.com:8443',
  'http://example.com:443',
  'https://example.com:80',
  'https://example.com:65535',
  'https://example.com:1',
  'http://localhost:3000',
  'http://127.0.0.1:3000',
  'http://[::1]',
  'http://[::1]:3000',
  'https://[2001:db8::ff00:42:8329]',
  'https://xn--mller-kva.example',
  'https://a_b.example.com',
  // A host name with its root, which is another origin than one without.
  'https://example.com.',
  'capacitor://localhost',
  'tauri://localhost',
  'ionic://localhost:8080',
  'app://-',
  'app://.',
  'chrome-extension://aeblfdkhhhdcdjpifhhbdiojplfjncoa',
  'moz-extension://d8a91d5d-4b1d-4c0e-9c52-6f2c3a1d1e0f',
  'safari-web-extension://86BAE4B9-0A5B-4F0F-8F7E-3B5E6E7C3D7A',
  'a+b-c.1://h',
];

const INVALID = [
  '',
  'NULL',
  'null ',
  ' null',
  '*',
  'example.com',
  'https',
  'https:',
  'https:/',
  'https://',
  'https:///',
  'https:/example.com',
  'https:example.com',
  '://example.com',
  '//example.com',
  '1a://h',
  '-a://h',
  'a_b://h',
  'HTTPS://example.com',
  'Https://example.com',
  'https://Example.com',
  'http://Example.com',
  'https://example.com/',
  'https://example.com/path',
  'https://example.com?',
  'https://example.com#',
  'https://example.com\\',
  'https://user@example.com',
  'https://user:password@example.com',
  'https://example.com:',
  'https://example.com:0',
  'https://example.com:00',
  'https://example.com:0443',
  'https://example.com:65536',
  'https://example.com:123456789012345678901234567890',
  'https://example.com:-1',
  'https://example.com:+1',
  'https://example.com:1e3',
  'https://example.com:80a',
  'https://example.com: 80',
  'https://example.com:80:80',
  'https://example.com:443',
  'http://example.com:80',
  'https://exa mple.com',
  ' https://example.com',
  'https://example.com ',
  'https://example.com\t',
  'https://example.com\n',
  'https://example.com\0',
  'https://example.com, https://example.org',
  'https://example.com https://example.org',
  'https://example.com,evil.example',
  'https://example.com!.evil.example',
  'https://example.com%60.evil.example',
  'https://m\u00fcller.example',
  'https://*.example.com',
  'https://[::1',
  'https://::1',
  'https://[]',
  'https://[:',
  'https://[:]',
  'https://[a]',
  'https://[:]x',
  'https://[::1]x',
  'https://[::G]',
  'https://[::A]',
  'https://[fe80::1%25eth0]',
  'https://[::1]]',
  'https://a[::1]',
];

describe('isSerializedOrigin', () => {
  test.each(VALID)('%j is one', (value) => {
    expect(isSerializedOrigin(value)).toBe(true);
  });

  test.each(INVALID)('%j is none', (value) => {
    expect(isSerializedOrigin(value)).toBe(false);
  });

  test('512 bytes are read, 513 are not', () => {
    const origin = `https://${'a'.repeat(504)}`;
    expect([origin.length, isSerializedOrigin(origin)]).toEqual([512, true]);
    expect(isSerializedOrigin(`${origin}a`)).toBe(false);
  });

  test.each(Array.from({ length: 128 }, (_, code) => code))('code %i in a scheme', (code) => {
    const char = String.fromCharCode(code);
    expect(isSerializedOrigin(`${char}://h`)).toBe(/[a-z]/.test(char));
    expect(isSerializedOrigin(`a${char}://h`)).toBe(/[a-z0-9+.-]/.test(char));
  });

  test.each(Array.from({ length: 128 }, (_, code) => code))('code %i in an address', (code) => {
    const char = String.fromCharCode(code);
    expect(isSerializedOrigin(`http://[${char}::]`)).toBe(/[a-f0-9:]/.test(char));
  });

  test.each(Array.from({ length: 128 }, (_, code) => code))('code %i in a host', (code) => {
    const char = String.fromCharCode(code);
    const isAllowed = /[a-z0-9._-]/.test(char);
    expect(isSerializedOrigin(`https://a${char}b`)).toBe(isAllowed);
    expect(isSerializedOrigin(`app://a${char}b`)).toBe(isAllowed || /[A-Z]/.test(char));
  });
});

describe('isSerializedPort', () => {
  test.each([
    ['1', 'https'],
    ['80', 'https'],
    ['443', 'http'],
    ['80', 'app'],
    ['443', ''],
    ['3000', 'http'],
    ['9', 'http'],
    ['59999', 'http'],
    ['65535', 'https'],
  ])('%s with %j is one', (port, scheme) => {
    expect(isSerializedPort(port, scheme)).toBe(true);
  });

  test.each([
    ['', 'https'],
    ['0', 'https'],
    ['01', 'https'],
    ['65536', 'https'],
    ['99999999999999999999', 'https'],
    ['443', 'https'],
    ['80', 'http'],
    ['8o', 'https'],
    ['/', 'https'],
    [':', 'https'],
    ['8:', 'https'],
    ['8/', 'https'],
    ['*', 'https'],
    ['-1', 'https'],
  ])('%j with %j is none', (port, scheme) => {
    expect(isSerializedPort(port, scheme)).toBe(false);
  });
});

describe('isLoopbackHost', () => {
  test.each([
    'localhost',
    'app.localhost',
    'a.b.localhost',
    '127.0.0.1',
    '127.255.255.254',
    '[::1]',
  ])('%s is this machine', (host) => {
    expect(isLoopbackHost(host)).toBe(true);
  });

  test.each([
    'example.com',
    'localhost.example.com',
    'notlocalhost',
    '127.0.0.1.example.com',
    '127.example.com',
    '128.0.0.1',
    '10.0.0.1',
    '0.0.0.0',
    '[::]',
    '[::2]',
    '[2001:db8::1]',
    '1.127.0.0.1',
    '1270.0.0.1',
  ])('%s is not', (host) => {
    expect(isLoopbackHost(host)).toBe(false);
  });
});

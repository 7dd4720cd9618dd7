import { networkTrouble } from '../../../lib/network/node-send.js';

function sentence(code: string, url = 'https://api.example.com:8443/x'): string {
  return networkTrouble(Object.assign(new Error('low-level words'), { code }), url, 2500);
}

describe('networkTrouble', () => {
  it.each([
    [
      'ENOTFOUND',
      'The host name api.example.com does not resolve (ENOTFOUND): check the spelling.',
    ],
    [
      'EAI_AGAIN',
      'The host name api.example.com does not resolve (EAI_AGAIN): check the spelling.',
    ],
    [
      'ECONNREFUSED',
      'Nothing is listening at api.example.com:8443 (ECONNREFUSED): is the server running, and on this port?',
    ],
    ['ECONNRESET', 'api.example.com:8443 closed the connection without responding (ECONNRESET).'],
    [
      'EPROTO',
      'api.example.com:8443 does not speak TLS, which https requires (EPROTO): is it an http:// URL?',
    ],
    [
      'ERR_SSL_WRONG_VERSION_NUMBER',
      'api.example.com:8443 does not speak TLS, which https requires (ERR_SSL_WRONG_VERSION_NUMBER): is it an http:// URL?',
    ],
    [
      'HPE_HEADER_OVERFLOW',
      'The header section of the response from api.example.com:8443 is longer than browsers accept (HPE_HEADER_OVERFLOW).',
    ],
    [
      'HPE_INVALID_CONSTANT',
      'The response from api.example.com:8443 is not HTTP (HPE_INVALID_CONSTANT).',
    ],
    ['EHOSTUNREACH', 'No response from api.example.com:8443 (EHOSTUNREACH).'],
  ])('%s', (code, words) => {
    expect(sentence(code)).toBe(words);
  });

  it.each([
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ])('%s, of https alone', (code) => {
    expect(sentence(code)).toBe(
      `The certificate of api.example.com:8443 is not trusted (${code}). \`--insecure\` ignores this; browsers do not.`,
    );
    expect(sentence(code, 'http://api.example.com/')).toBe(
      `No response from api.example.com (${code}).`,
    );
  });

  it('knows its own timeout, and errors without a code', () => {
    expect(networkTrouble(new Error('TIMEOUT'), 'http://a.test/', 2500)).toBe(
      'No response from a.test within 2.5 s.',
    );
    expect(networkTrouble(new TypeError('x'), 'http://a.test/', 2500)).toBe(
      'No response from a.test (TypeError).',
    );
  });
});

import { networkTrouble } from '../../../lib/network/node-send.js';

function sentence(code: string, url = 'https://api.example.com:8443/x'): string {
  return networkTrouble(Object.assign(new Error('low-level words'), { code }), url, 2500);
}

describe('networkTrouble', () => {
  it.each([
    [
      'ENOTFOUND',
      'The host name api.example.com does not resolve (ENOTFOUND): look for a slip in it.',
    ],
    [
      'EAI_AGAIN',
      'The host name api.example.com does not resolve (EAI_AGAIN): look for a slip in it.',
    ],
    [
      'ECONNREFUSED',
      'Nothing listens at api.example.com:8443 (ECONNREFUSED): does the server run, and on this port?',
    ],
    ['ECONNRESET', 'api.example.com:8443 closed the connection without an answer (ECONNRESET).'],
    [
      'EPROTO',
      'api.example.com:8443 does not speak TLS as https needs it (EPROTO): is it an http:// URL?',
    ],
    [
      'ERR_SSL_WRONG_VERSION_NUMBER',
      'api.example.com:8443 does not speak TLS as https needs it (ERR_SSL_WRONG_VERSION_NUMBER): is it an http:// URL?',
    ],
    [
      'HPE_HEADER_OVERFLOW',
      'The header section of the answer from api.example.com:8443 is longer than browsers take (HPE_HEADER_OVERFLOW).',
    ],
    [
      'HPE_INVALID_CONSTANT',
      'What api.example.com:8443 answers is not HTTP (HPE_INVALID_CONSTANT).',
    ],
    ['EHOSTUNREACH', 'No answer came from api.example.com:8443 (EHOSTUNREACH).'],
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
      `The certificate of api.example.com:8443 is not trusted (${code}); \`--insecure\` looks past it, browsers do not.`,
    );
    expect(sentence(code, 'http://api.example.com/')).toBe(
      `No answer came from api.example.com (${code}).`,
    );
  });

  it('knows its own timeout, and errors without a code', () => {
    expect(networkTrouble(new Error('TIMEOUT'), 'http://a.test/', 2500)).toBe(
      'No answer came from a.test within 2.5 s.',
    );
    expect(networkTrouble(new TypeError('x'), 'http://a.test/', 2500)).toBe(
      'No answer came from a.test (TypeError).',
    );
  });
});

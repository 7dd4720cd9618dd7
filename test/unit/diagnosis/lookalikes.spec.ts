import { LOOKALIKES } from '../../../lib/diagnosis/lookalikes.js';
import { readPaste } from '../../../lib/diagnosis/paste/read-paste.js';

const BLOCKED = (url: string, redirected = '') =>
  `Access to fetch at '${url}' ${redirected}from origin 'https://app.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.`;

/** As they come: with other lines, addresses and noise. The plain wordings are in the documentation. */
const PASTES: readonly (readonly [id: string, text: string])[] = [
  [
    'BLOCKED_BY_CLIENT',
    'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://cdn.example.com/x.js. (Reason: CORS request did not succeed). Status code: (null).\nThe resource at “<URL>” was blocked because Enhanced Tracking Protection is enabled.',
  ],
  ['SCRIPT_ERROR', 'Uncaught Script error. (:0)'],
  ['CERTIFICATE', 'RequestError: unable to verify the first certificate'],
  [
    'LOGIN_REDIRECT',
    BLOCKED(
      'https://dev-1.okta.com/oauth2/v1/authorize',
      "(redirected from 'https://api.example.com/x') ",
    ),
  ],
  ['AIRPLAY', 'HTTP/1.1 403 Forbidden\nContent-Length: 0\nServer: AirTunes/670.6.2'],
  [
    'BODY_TOO_LARGE',
    `${BLOCKED('https://api.example.com/upload')}\nPOST https://api.example.com/upload net::ERR_FAILED 413`,
  ],
  [
    'GATEWAY',
    `${BLOCKED('https://api.example.com/x')}\nGET https://api.example.com/x net::ERR_FAILED 502 (Bad Gateway)`,
  ],
  [
    'SERVER_ERROR',
    `${BLOCKED('https://api.example.com/x')}\nPOST https://api.example.com/x net::ERR_FAILED 500 (Internal Server Error)`,
  ],
  [
    'NATIVE_APPLICATION',
    '[AxiosError: Network Error]\n at dispatchHttpRequest (node_modules/react-native/Libraries/Network/XMLHttpRequest.js)',
  ],
  ['SERVER_SIDE', 'TypeError: fetch failed\n    at node:internal/deps/undici/undici:13510:13'],
  ['PAGE_ERROR', 'GET https://api.example.com/x net::ERR_FAILED 200 (OK)'],
];

describe('what only looks like CORS', () => {
  it.each(PASTES)('is %s: %s', (id, text) => {
    expect(readPaste(text)?.lookalike?.id).toBe(id);
  });

  it.each([
    BLOCKED('https://api.example.com/login'),
    BLOCKED('https://api.example.com/oauth2/token'),
    "Access to font at 'https://cdn.example.com/a.woff2' from origin 'https://app.example.com' has been blocked by CORS policy: The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.",
    "HTTP/1.1 200 OK\nX-Content-Type-Options: nosniff\nX-Frame-Options: DENY\nContent-Security-Policy: default-src 'self'\nCross-Origin-Resource-Policy: same-origin\nSet-Cookie: a=b; SameSite=Lax",
    `curl 'https://api.example.com/x' -H 'cookie: SameSite=1'`,
  ])('is not found in %s', (text) => {
    expect(readPaste(text)).not.toBeNull();
    expect(readPaste(text)?.lookalike).toBeUndefined();
  });

  it('says in a sentence what it is, and what helps', () => {
    for (const { id, cause, fix } of LOOKALIKES) {
      expect([id, cause.endsWith('.'), fix.endsWith('.')]).toEqual([id, true, true]);
    }
  });
});

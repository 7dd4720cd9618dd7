import { PROBE_HEADER } from '../../../lib/fetch/origins.js';
import {
  isForbiddenRequestHeaderName,
  isForbiddenResponseHeaderName,
  isSafelistedResponseHeaderName,
} from '../../../lib/fetch/header-names.js';

const FORBIDDEN_REQUEST =
  'Accept-Charset Accept-Encoding Access-Control-Request-Headers Access-Control-Request-Method Connection Content-Length Cookie Cookie2 Date DNT Expect Host Keep-Alive Origin Referer Set-Cookie TE Trailer Transfer-Encoding Upgrade Via Proxy-Authorization Proxy- Sec-Fetch-Mode Sec-'.split(
    ' ',
  );
const FORBIDDEN_RESPONSE = ['Set-Cookie', 'Set-Cookie2'];
const SAFE_REQUEST = ['Accept', 'Accept-Language', 'Content-Language', 'Content-Type', 'Range'];
const SAFE_RESPONSE =
  'Cache-Control Content-Language Content-Length Content-Type Expires Last-Modified Pragma'.split(
    ' ',
  );
const OTHERS = [
  'Authorization',
  'ETag',
  'User-Agent',
  'X-HTTP-Method-Override',
  'X-Sec-Thing',
  'Proxy',
  'Security',
  '',
];
const ALL = [
  ...new Set([
    ...FORBIDDEN_REQUEST,
    ...FORBIDDEN_RESPONSE,
    ...SAFE_REQUEST,
    ...SAFE_RESPONSE,
    ...OTHERS,
  ]),
];

describe.each([
  { check: isForbiddenRequestHeaderName, names: FORBIDDEN_REQUEST },
  { check: isForbiddenResponseHeaderName, names: FORBIDDEN_RESPONSE },
  { check: isSafelistedResponseHeaderName, names: SAFE_RESPONSE },
])('$check.name', ({ check, names }) => {
  test.each(ALL)('%j, in any case', (name) => {
    const isIn = names.includes(name);
    expect([name, name.toLowerCase(), name.toUpperCase()].map(check)).toEqual([isIn, isIn, isIn]);
  });
});

it('the header that marks a probe is one that browsers let no page set', () => {
  expect(isForbiddenRequestHeaderName(PROBE_HEADER)).toBe(true);
});

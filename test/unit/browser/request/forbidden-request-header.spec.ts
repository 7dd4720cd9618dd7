import { isForbiddenRequestHeader } from '../../../../lib/browser/request/forbidden-request-header.js';

describe('isForbiddenRequestHeader', () => {
  it.each([
    ['Cookie', 'a=b', true],
    ['Sec-Fetch-Mode', 'cors', true],
    ['proxy-authorization', 'x', true],
    ['User-Agent', 'x', false],
    ['Authorization', 'x', false],
    ['X-HTTP-Method-Override', 'DELETE', false],
    ['X-HTTP-Method-Override', 'trace', true],
    ['x-http-method', 'GET , TRACK', true],
    ['x-method-override', 'PUT,\tCONNECT,GET', true],
    ['x-method-override', '"a,TRACE,b"', false],
    ['x-method-override', '"a\\",TRACE,b"', false],
    ['x-method-override', '"a",TRACE', true],
    ['x-method-override', 'a\\,TRACE', true],
    ['x-other', 'TRACE', false],
  ])('%s: %s → %s', (name, value, forbidden) => {
    expect(isForbiddenRequestHeader(name, value)).toBe(forbidden);
  });
});

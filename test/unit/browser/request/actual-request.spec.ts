import { actualRequest } from '../../../../lib/browser/request/actual-request.js';
import type { FetchRequest } from '../../../../lib/browser/request/fetch-request.js';

const request: FetchRequest = {
  pageOrigin: 'https://app.example.com',
  url: new URL('https://api.example.com/x'),
  visited: [],
  mode: 'cors',
  method: 'GET',
  headers: [['x-a', '1']],
  redirect: 'follow',
  credentials: 'same-origin',
  forcePreflight: false,
  tainting: 'cors',
};

describe('actualRequest', () => {
  it('carries Origin across origins', () => {
    expect(actualRequest(request)).toEqual({
      method: 'GET',
      url: 'https://api.example.com/x',
      headers: [
        ['Accept', '*/*'],
        ['x-a', '1'],
        ['Origin', 'https://app.example.com'],
      ],
      credentials: false,
    });
  });

  it('leaves the Accept of the page alone', () => {
    const headers = [
      ['ACCEPT', 'text/html'],
      ['x-a', '1'],
    ] as const;
    expect(actualRequest({ ...request, headers }).headers).toEqual([
      ['ACCEPT', 'text/html'],
      ['x-a', '1'],
      ['Origin', 'https://app.example.com'],
    ]);
  });

  it.each([
    ['GET', false],
    ['HEAD', false],
    ['POST', true],
    ['DELETE', true],
  ])('within the origin, %s carries Origin: %s', (method, carries) => {
    const { headers } = actualRequest({ ...request, method, tainting: 'basic' });
    expect(headers.some(([name]) => name === 'Origin')).toBe(carries);
  });

  it.each([
    ['omit', 'basic', false],
    ['same-origin', 'basic', true],
    ['same-origin', 'cors', false],
    ['same-origin', 'opaque', false],
    ['include', 'cors', true],
    ['include', 'opaque', true],
    ['omit', 'cors', false],
  ] as const)('credentials: %s, %s → %s', (credentials, tainting, attached) => {
    expect(actualRequest({ ...request, credentials, tainting }).credentials).toBe(attached);
  });
});

import {
  actualRequest,
  type FetchRequest,
  requestOrigin,
} from '../../../../lib/browser/fetch/fetch-request.js';

const baseRequest: FetchRequest = {
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
    expect(actualRequest(baseRequest)).toEqual({
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

  it('keeps the Accept of the page', () => {
    const headers = [
      ['ACCEPT', 'text/html'],
      ['x-a', '1'],
    ] as const;
    expect(actualRequest({ ...baseRequest, headers }).headers).toEqual([
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
    const { headers } = actualRequest({ ...baseRequest, method, tainting: 'basic' });
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
    expect(actualRequest({ ...baseRequest, credentials, tainting }).credentials).toBe(attached);
  });
});

const page = 'https://page.test';
const a = 'https://a.test/';
const b = 'https://b.test/';

function originAfter(pageOrigin: string, urls: readonly [string, ...string[]]): string {
  const parsed = urls.map((url) => new URL(url));
  const request: FetchRequest = {
    pageOrigin,
    url: parsed.at(-1) ?? new URL(urls[0]),
    visited: parsed.slice(0, -1),
    mode: 'cors',
    method: 'GET',
    headers: [],
    redirect: 'follow',
    credentials: 'same-origin',
    forcePreflight: false,
    tainting: 'cors',
  };
  return requestOrigin(request);
}

describe('requestOrigin', () => {
  it.each([
    [[a], page],
    [[a, `${a}2`], page],
    [[`${page}/`, `${page}/2`, a], page],
    [[a, b], 'null'],
    [[a, `${page}/`], 'null'],
    [[`${page}/`, a, b], 'null'],
    [[a, b, b], 'null'],
  ] as const)('%j → %s', (urls, origin) => {
    expect(originAfter(page, urls)).toBe(origin);
  });

  it('is null for an opaque page at once', () => {
    expect(originAfter('null', [a])).toBe('null');
  });
});

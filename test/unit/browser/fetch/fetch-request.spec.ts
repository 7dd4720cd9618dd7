import {
  actualRequest,
  type FetchRequest,
  requestOrigin,
} from '../../../../lib/browser/fetch/fetch-request.js';
import { BASE_REQUEST } from '../base-request.js';

const baseRequest: FetchRequest = { ...BASE_REQUEST, headers: [['x-a', '1']] };

describe('actualRequest', () => {
  it('carries Origin across origins', () => {
    expect(actualRequest(baseRequest, 'chromium')).toEqual({
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
    expect(actualRequest({ ...baseRequest, headers }, 'chromium').headers).toEqual([
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
    const { headers } = actualRequest({ ...baseRequest, method, tainting: 'basic' }, 'chromium');
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
    const { credentials: sent } = actualRequest(
      { ...baseRequest, credentials, tainting },
      'chromium',
    );
    expect(sent).toBe(attached);
  });

  it('leaves cookies out of what a credentialless page embeds, but not of CORS requests', () => {
    const request = {
      ...baseRequest,
      credentials: 'include',
      embedderPolicy: 'credentialless',
    } as const;
    const attached = (['opaque', 'cors'] as const).map(
      (tainting) => actualRequest({ ...request, tainting }, 'chromium').credentials,
    );
    expect(attached).toEqual([false, true]);
  });

  it.each([
    ['chromium', false],
    ['firefox', false],
    ['safari', true],
  ] as const)('%s keeps Origin where a POST has become a GET: %s', (browser, keeps) => {
    const request = { ...baseRequest, tainting: 'basic', beganWithOrigin: true } as const;
    const { headers } = actualRequest(request, browser);
    expect(headers.some(([name]) => name === 'Origin')).toBe(keeps);
  });
});

const page = 'https://page.test';
const a = 'https://a.test/';
const b = 'https://b.test/';

function originAfter(pageOrigin: string, urls: readonly [string, ...string[]]): string {
  const parsed = urls.map((url) => new URL(url));
  const url = parsed.at(-1) ?? new URL(urls[0]);
  return requestOrigin({ ...BASE_REQUEST, pageOrigin, url, visited: parsed.slice(0, -1) });
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

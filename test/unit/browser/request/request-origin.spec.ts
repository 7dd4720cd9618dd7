import type { FetchRequest } from '../../../../lib/browser/request/fetch-request.js';
import { requestOrigin } from '../../../../lib/browser/request/request-origin.js';

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

import type { FetchRequest } from '../../../../lib/browser/request/fetch-request.js';
import { exposedHeaders } from '../../../../lib/browser/response/exposed-headers.js';
import { HeaderList } from '../../../../lib/browser/response/header-list.js';

function exposed(
  exposeHeaders: readonly string[],
  {
    credentials = 'omit',
    tainting = 'cors',
  }: Partial<Pick<FetchRequest, 'credentials' | 'tainting'>> = {},
) {
  const headers = new HeaderList([
    ['Content-Type', 'text/plain'],
    ['ETag', '"1"'],
    ['X-Total', '1'],
    ['Set-Cookie', 'a=b'],
    ['set-cookie2', 'a=b'],
    ...exposeHeaders.map((value) => ['Access-Control-Expose-Headers', value] as const),
  ]);
  return exposedHeaders(headers, {
    pageOrigin: 'https://app.example.com',
    url: new URL('https://api.example.com/x'),
    visited: [],
    mode: 'cors',
    method: 'GET',
    headers: [],
    redirect: 'follow',
    forcePreflight: false,
    credentials,
    tainting,
  });
}

describe('exposedHeaders', () => {
  it('shows safelisted headers, and those that are listed', () => {
    expect(exposed([])).toEqual(['content-type']);
    expect(exposed(['ETAG, x-none', 'x-total'])).toEqual(['content-type', 'etag', 'x-total']);
  });

  it('shows all for *, but never cookies', () => {
    const all = ['access-control-expose-headers', 'content-type', 'etag', 'x-total'];
    expect(exposed(['*'])).toEqual(all);
    expect(exposed(['set-cookie', '*'])).toEqual(all);
    expect(exposed(['set-cookie'])).toEqual(['content-type']);
  });

  it('reads * literally with credentials', () => {
    expect(exposed(['*, etag'], { credentials: 'include' })).toEqual(['content-type', 'etag']);
  });

  it('ignores a list with a member that is no token', () => {
    expect(exposed(['etag, x total'])).toEqual(['content-type']);
    expect(exposed(['etag', '*, @'])).toEqual(['content-type']);
  });

  it('shows all but cookies within the origin, and nothing when opaque', () => {
    expect(exposed([], { tainting: 'basic' })).toEqual(['content-type', 'etag', 'x-total']);
    expect(exposed(['*'], { tainting: 'opaque' })).toEqual([]);
  });
});

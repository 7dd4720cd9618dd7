import { corsCheck, exposedHeaders } from '../../../../lib/browser/fetch/cors-check.js';
import type { FetchRequest } from '../../../../lib/browser/fetch/fetch-request.js';
import { HeaderList } from '../../../../lib/browser/http/header-list.js';
import { response } from '../network.js';
import { BASE_REQUEST } from '../base-request.js';

const ACAO = 'access-control-allow-origin';
const ACAC = 'Access-Control-Allow-Credentials';
const origin = 'https://app.example.com';

function check(headers: Parameters<typeof response>[1], credentialed: boolean) {
  return corsCheck(new HeaderList(response(200, headers).headers), origin, credentialed);
}

describe('corsCheck', () => {
  it.each([
    [{ [ACAO]: '*' }, false],
    [{ [ACAO]: '*', [ACAC]: 'nonsense' }, false],
    [{ [ACAO]: origin }, false],
    [{ [ACAO]: ` ${origin}\t` }, false],
    [{ [ACAO]: origin, [ACAC]: 'true' }, true],
    [{ [ACAO]: origin, [ACAC]: ' true ' }, true],
  ])('passes %j, credentialed: %s', (headers, credentialed) => {
    expect(check(headers, credentialed)).toBeNull();
  });

  it.each([
    [{}, 'ACAO_MISSING', '', 0],
    [{ [ACAO]: [origin, origin] }, 'ACAO_MULTIPLE', `${origin}, ${origin}`, 2],
    [{ [ACAO]: ['*', '*'] }, 'ACAO_MULTIPLE', '*, *', 2],
    [{ [ACAO]: `${origin},https://b.test` }, 'ACAO_MULTIPLE', `${origin},https://b.test`, 1],
    [{ [ACAO]: `${origin} https://b.test` }, 'ACAO_MULTIPLE', `${origin} https://b.test`, 1],
    [{ [ACAO]: 'app.example.com' }, 'ACAO_INVALID', 'app.example.com', 1],
    [{ [ACAO]: '' }, 'ACAO_INVALID', '', 1],
    [{ [ACAO]: 'true' }, 'ACAO_INVALID', 'true', 1],
    [{ [ACAO]: 'null' }, 'ACAO_MISMATCH', 'null', 1],
    [{ [ACAO]: `${origin}/` }, 'ACAO_MISMATCH', `${origin}/`, 1],
    [{ [ACAO]: 'https://App.example.com' }, 'ACAO_MISMATCH', 'https://App.example.com', 1],
  ])('%j → %s', (headers, failed, value, lines) => {
    expect(check(headers, false)).toEqual({ check: failed, details: { value, lines } });
  });

  it('does not accept * for credentialed requests', () => {
    expect(check({ [ACAO]: '*', [ACAC]: 'true' }, true)).toEqual({
      check: 'ACAO_WILDCARD_CREDENTIALS',
      details: { value: '*', lines: 1 },
    });
  });

  it.each([
    [undefined, ''],
    ['True', 'True'],
    ['false', 'false'],
    [['true', 'true'], 'true, true'],
  ])('takes credentials: %j for no true', (sent, value) => {
    const headers = sent === undefined ? { [ACAO]: origin } : { [ACAO]: origin, [ACAC]: sent };
    expect(check(headers, true)).toEqual({ check: 'ACAC_NOT_TRUE', details: { value } });
  });

  it('lets null equal null', () => {
    const headers = new HeaderList([[ACAO, 'null']]);
    expect(corsCheck(headers, 'null', false)).toBeNull();
  });
});

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
  return exposedHeaders(headers, { ...BASE_REQUEST, credentials, tainting });
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

  it('ignores a list with a member that is not a token', () => {
    expect(exposed(['etag, x total'])).toEqual(['content-type']);
    expect(exposed(['etag', '*, @'])).toEqual(['content-type']);
  });

  it('shows all but cookies within the origin, and nothing when opaque', () => {
    expect(exposed([], { tainting: 'basic' })).toEqual(['content-type', 'etag', 'x-total']);
    expect(exposed(['*'], { tainting: 'opaque' })).toEqual([]);
  });
});

import { blankPaste } from '../../../../lib/diagnosis/paste/blank-paste.js';
import { exchangeText } from '../../../../lib/diagnosis/paste/exchange-text.js';
import { readHarFile } from '../../../../lib/diagnosis/paste/har.js';
import { readPaste } from '../../../../lib/diagnosis/paste/read-paste.js';

const URL_ASKED = 'https://api.example.com/orders';
const PAGE = 'https://app.example.com';

interface Line {
  readonly name: string;
  readonly value: string;
}

function entry(method: string, url: string, headers: readonly Line[], response: object): object {
  return { request: { method, url, headers }, response };
}

function har(...entries: readonly object[]): string {
  return JSON.stringify({ log: { entries } });
}

const origin = { name: 'origin', value: PAGE };
const preflight = entry(
  'OPTIONS',
  URL_ASKED,
  [
    origin,
    { name: 'access-control-request-method', value: 'PUT' },
    { name: 'access-control-request-headers', value: 'content-type' },
  ],
  { status: 204, headers: [{ name: 'access-control-allow-origin', value: PAGE }] },
);

describe('exchangeText writes what was read of a HAR file so that it reads back', () => {
  it.each([
    [
      'a preflight and its request, with cookies',
      har(
        preflight,
        entry(
          'PUT',
          URL_ASKED,
          [
            origin,
            { name: 'content-type', value: 'application/json' },
            { name: 'authorization', value: 'Bearer s3cr3t' },
            { name: 'cookie', value: 'sid=s3cr3t' },
          ],
          { status: 200, headers: [{ name: 'vary', value: 'Origin' }] },
        ),
      ),
    ],
    ['a preflight alone', har(preflight)],
    [
      'a redirect to another server',
      har(
        entry('GET', URL_ASKED, [origin], {
          status: 302,
          headers: [{ name: 'location', value: 'https://id.example.com/login' }],
        }),
        entry('GET', 'https://id.example.com/login', [], { status: 200, headers: [] }),
      ),
    ],
    ['a request without a response', har(entry('DELETE', URL_ASKED, [origin], { status: 0 }))],
  ])('%s', (_, text) => {
    const { paste } = readHarFile(text, undefined);
    if (paste === null) throw new Error('Expected a request');
    const written = exchangeText(paste);
    expect(written).not.toContain('s3cr3t');
    const { form, ...facts } = readPaste(written) ?? { form: 'nothing' };
    const { form: _form, ...expected } = paste;
    expect(form).toBe('headers');
    expect(facts).toEqual({
      ...expected,
      headers: expected.headers.map(([name, value]) => [
        name,
        name === 'authorization' ? '(not shown)' : value,
      ]),
    });
    expect(blankPaste(written)).toBe(written);
  });

  it('what only looks like CORS', () => {
    const failed = { status: 0, _error: 'net::ERR_CONNECTION_REFUSED' };
    const { paste } = readHarFile(har(entry('GET', URL_ASKED, [origin], failed)), undefined);
    if (paste === null) throw new Error('Expected a request');
    expect(readPaste(exchangeText(paste))?.lookalike).toEqual(paste.lookalike);
    expect(paste.lookalike?.id).toBe('UNREACHABLE');
  });
});

describe('readHarFile', () => {
  const other = `${URL_ASKED}/1`;
  const text = har(
    entry('GET', other, [origin], { status: 200, headers: [] }),
    entry('GET', `${PAGE}/own`, [origin], { status: 200, headers: [] }),
    preflight,
  );

  it('names the requests of other origins to choose from', () => {
    expect(readHarFile(text, undefined).urls).toEqual([other, URL_ASKED]);
  });

  it('takes the very response that says most, of a request that was made several times', () => {
    const shared = [{ name: 'access-control-allow-origin', value: PAGE }];
    const get = (headers: readonly Line[]) =>
      entry('GET', URL_ASKED, [origin], { status: 200, headers });
    const { paste } = readHarFile(har(get(shared), get([]), get([]), get(shared)), undefined);
    expect(paste?.responses).toEqual([{ url: URL_ASKED, method: 'GET', status: 200, headers: [] }]);
  });

  it('takes the one of that very URL before one that contains it', () => {
    expect(readHarFile(text, URL_ASKED).paste?.url).toBe(URL_ASKED);
    expect(readHarFile(text, '/orders').paste?.url).toBe(other);
  });
});

import type { Send } from '../../../lib/browser/index.js';
import { check } from '../../../lib/diagnosis/check.js';
import type { CheckRequest } from '../../../lib/diagnosis/check-request.js';
import { checkArguments, PAGE } from './check-arguments.js';

const open: Send = () =>
  Promise.resolve({
    status: 200,
    headers: [
      ['Access-Control-Allow-Origin', PAGE],
      ['Vary', 'Origin'],
      ['Access-Control-Allow-Credentials', 'true'],
      ['Access-Control-Allow-Headers', 'x-a'],
    ],
  });
const answering =
  (status: number, ...headers: [string, string][]): Send =>
  () =>
    Promise.resolve({ status, headers: [['Access-Control-Allow-Origin', '*'], ...headers] });
const closed: Send = () => Promise.resolve({ status: 200, headers: [] });

/** What `check` says of a paste, by its id; null where it says nothing. */
async function said(id: string, send: Send, request: Partial<CheckRequest>) {
  const { warnings } = await check(checkArguments(request), send);
  return warnings.find((one) => one.id === id)?.sentence ?? null;
}

const pasted = { pasted: ['ACAO_MISSING'], methodKnown: false } as const;
const START = 'The browser blocked it, but the server allows this request. ';

describe('a console that disagrees with the server', () => {
  it.each<[string, Send, Partial<CheckRequest>, string]>([
    [
      'another method',
      answering(405, ['Allow', 'GET, OPTIONS, PUT']),
      pasted,
      "Most likely: GET is answered with status 405, so the page used another method: add `--method PUT`. If its preflight passes, the PUT itself fails (500) without the headers: see the exception in the log of the server. Otherwise perhaps it has been mended since, or the page sends what the paste does not name: add `--method POST`, `--header 'authorization: …'`, or `--credentials`.",
    ],
    [
      'a path that is wrong',
      answering(404),
      pasted,
      "Most likely: GET is answered with status 404: the path is wrong, or only another method is served there (`--method POST`). Otherwise perhaps it has been mended since, or the page sends what the paste does not name: add `--method POST`, `--header 'authorization: …'`, or `--credentials`.",
    ],
    [
      'an error at the time',
      open,
      { ...pasted, pastedStatus: 502, credentials: true },
      "Most likely: the response had status 502 then, and errors lack the headers: see the log of the server or proxy. Otherwise perhaps it has been mended since, or the page sends what the paste does not name: add `--method POST` or `--header 'authorization: …'`.",
    ],
    [
      'a body',
      open,
      {
        pasted: ['ACAO_MISSING'],
        method: 'POST',
        headers: [['x-a', '1']],
        credentials: false,
        url: 'http://localhost:3000/x',
      },
      'Perhaps the server fails on the body, which is not sent here, and its error (500) lacks the headers: see its log, or the page sends what the paste does not name: add `--credentials`.',
    ],
    [
      'nothing but time',
      open,
      { pasted: ['ACAO_MISSING'], headers: [['x-a', '1']], forcePreflight: true },
      'Perhaps it has been mended since, or the page sends what the paste does not name: add `--credentials`.',
    ],
  ])('is explained by %s', async (_, send, request, expected) => {
    expect(await said('CONSOLE_DISAGREES', send, request)).toBe(START + expected);
  });

  it('is not reported where they agree, or where nothing was pasted', async () => {
    expect(await said('CONSOLE_DISAGREES', closed, pasted)).toBeNull();
    expect(await said('CONSOLE_DISAGREES', open, {})).toBeNull();
  });

  it('outdoes the note that an error can be read', async () => {
    expect(await said('ERROR_STATUS', answering(405), pasted)).toBeNull();
    expect(await said('ERROR_STATUS', answering(405), {})).toContain('405');
  });
});

describe('what a paste does not say', () => {
  it('is named in one line, with the options that add it', async () => {
    expect(await said('METHOD_GUESSED', closed, pasted)).toBe(
      "The paste does not name the method: GET was tried. If the page sends something else, add `--method POST`, `--header 'authorization: …'`, or `--credentials`.",
    );
    expect(await said('METHOD_GUESSED', closed, { pasted: ['ACAO_MISSING'] })).toBeNull();
    const nobody: Send = () => Promise.reject(new Error('no answer'));
    expect(await said('METHOD_GUESSED', nobody, pasted)).toBeNull();
  });
});

describe('what loads the resource', () => {
  it.each([
    ['font', 'Fonts always need CORS'],
    ['script', 'A `<script>` needs CORS for `crossorigin`'],
    ['image', 'The image needs CORS for its `crossorigin` attribute'],
  ])('%s', async (element, words) => {
    expect(await said('ELEMENT', closed, { element })).toContain(words);
  });

  it('may be an extension', async () => {
    expect(await said('EXTENSION_PAGE', closed, { origin: 'chrome-extension://abc' })).toContain(
      '`host_permissions`',
    );
    expect(await said('EXTENSION_PAGE', closed, { origin: PAGE })).toBeNull();
  });
});

describe('a port of AirPlay', () => {
  it('is the cause, whatever its number', async () => {
    const airPlay: Send = () =>
      Promise.resolve({ status: 403, headers: [['Server', 'AirTunes/670.6.2']] });
    const { cause, remedy } = await check(checkArguments(), airPlay);
    expect(cause).toContain('belongs to the AirPlay receiver');
    expect(remedy).toBeNull();
  });
});

describe('a redirect to a login page', () => {
  const redirecting =
    (location: string, ...headers: [string, string][]): Send =>
    () =>
      Promise.resolve({ status: 302, headers: [['location', location], ...headers] });

  it.each<[string, string, Partial<CheckRequest>, string | RegExp]>([
    [
      'is not mended by a header',
      'https://login.example.com/oauth2/authorize',
      {},
      /^The request was redirected to a login page: .* Here it is `https:\/\/login\.example\.com\/oauth2\/authorize`\. Let the API answer 401/,
    ],
    [
      'before the preflight is for the proxy to mend',
      'https://sso.example.com/start',
      { method: 'PUT' },
      /^OPTIONS is redirected to a login page, `https:\/\/sso\.example\.com\/start`: .*let it pass the authenticating proxy/,
    ],
    [
      'is not every redirect',
      'https://api.example.com/orders/1/',
      {},
      /request its target directly/,
    ],
  ])('%s', async (_, location, request, expected) => {
    const { cause, remedy } = await check(checkArguments(request), redirecting(location));
    expect(cause).toMatch(expected);
    expect(remedy).toBeNull();
  });
});

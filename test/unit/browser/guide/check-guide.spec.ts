import type { ReceivedResponse, SimulateOptions } from '../../../../lib/browser/index.js';
import { network, response, visit } from '../network.js';

const page = 'https://app.example.com';
const ACAO = 'access-control-allow-origin';
const ACAM = 'access-control-allow-methods';
const ACAH = 'access-control-allow-headers';

async function fixOf(
  answer: ReceivedResponse | Error,
  options: Partial<Omit<SimulateOptions, 'send'>> = {},
) {
  const { fix } = await visit({ ...options, send: network(answer).send });
  return fix;
}

describe('fixes of the CORS check', () => {
  it.each([
    [
      { method: 'PUT' },
      "The response to the preflight (status 404) has no Access-Control-Allow-Origin: nothing handles OPTIONS here. Let the CORS layer answer it before the router, with 204. To allow the page: `origin: ['https://app.example.com']`.",
    ],
    [
      {},
      "The response (status 404) has no Access-Control-Allow-Origin. Either the origin is not allowed, or something responds without CORS: a guard, an exception filter, a raw reply, a proxy's own error page. To allow the page: `origin: ['https://app.example.com']`.",
    ],
  ])('no header at %j', async (options, sentence) => {
    expect(await fixOf(response(404), options)).toEqual({
      kind: 'allow-origin',
      options: { origin: [page] },
      sentence,
    });
  });

  it('no header on a redirect', async () => {
    expect(await fixOf(response(302, { location: '/y' }))).toEqual({
      kind: 'change-url',
      options: { origin: [page] },
      sentence:
        "The redirect (status 302) has no Access-Control-Allow-Origin: request its target directly, or put CORS in front of whatever redirects. To allow the page: `origin: ['https://app.example.com']`.",
    });
  });

  it('two lines, and a list in one line', async () => {
    expect(await fixOf(response(200, { [ACAO]: [page, page] }))).toEqual({
      kind: 'send-one-origin',
      options: {},
      sentence:
        'Access-Control-Allow-Origin is sent in 2 lines (`https://app.example.com, https://app.example.com`): two layers, such as a proxy and the application, both add it. Remove it from one of them.',
    });
    expect(await fixOf(response(200, { [ACAO]: `${page}, https://b.test` }))).toEqual({
      kind: 'send-one-origin',
      options: {},
      sentence:
        'Access-Control-Allow-Origin is `https://app.example.com, https://b.test`, but only one origin is allowed: give `origin` a list, so that each response names the origin of its request.',
    });
  });

  it('another origin, and none', async () => {
    expect(await fixOf(response(200, { [ACAO]: `${page}/` }))).toEqual({
      kind: 'allow-origin',
      options: { origin: [page] },
      sentence:
        "Access-Control-Allow-Origin is `https://app.example.com/`: it ends in a slash, which origins never have. To allow the page: `origin: ['https://app.example.com']`.",
    });
    expect((await fixOf(response(200, { [ACAO]: 'a\u001b' })))?.sentence).toBe(
      "Access-Control-Allow-Origin is `a\\u001B`: it is not an origin: an origin is `scheme://host`, optionally with `:port`. To allow the page: `origin: ['https://app.example.com']`.",
    );
  });

  it('credentials', async () => {
    const credentials = true;
    expect(await fixOf(response(200, { [ACAO]: '*' }), { credentials })).toEqual({
      kind: 'allow-origin',
      options: { origin: [page], credentials: true },
      sentence:
        "Access-Control-Allow-Origin is `*`, which cannot be combined with credentials. Either the page drops `credentials: 'include'`, or the server lists the origins. To allow the page: `origin: ['https://app.example.com']` and `credentials: true`.",
    });
    expect(await fixOf(response(200, { [ACAO]: page }), { credentials })).toEqual({
      kind: 'allow-credentials',
      options: { credentials: true },
      sentence:
        'The page sends credentials, but Access-Control-Allow-Credentials is missing: set `credentials: true`; it is needed on the response to the preflight and on the actual response.',
    });
    const wrong = response(200, { [ACAO]: page, 'access-control-allow-credentials': 'TRUE' });
    expect((await fixOf(wrong, { credentials }))?.sentence).toBe(
      'The page sends credentials, but Access-Control-Allow-Credentials is `TRUE`: set `credentials: true`; it is needed on the response to the preflight and on the actual response.',
    );
  });

  it.each<[method: string, vary: string, sentence: string]>([
    [
      'PUT',
      'Origin',
      "The response to the preflight (status 403) has no Access-Control-Allow-Origin, and its `Vary: Origin` shows that a CORS layer responded: the origin is not allowed. To allow the page: `origin: ['https://app.example.com']`.",
    ],
    [
      'GET',
      'accept-encoding, ORIGIN',
      "The response (status 403) has no Access-Control-Allow-Origin, and its `Vary: Origin` shows that a CORS layer responded: the origin is not allowed. To allow the page: `origin: ['https://app.example.com']`.",
    ],
    [
      'GET',
      'x-origin',
      "The response (status 403) has no Access-Control-Allow-Origin. Either the origin is not allowed, or authentication or a firewall responds before the CORS layer. To allow the page: `origin: ['https://app.example.com']`.",
    ],
  ])('knows by Vary that CORS answered: %s, %s', async (method, vary, sentence) => {
    expect((await fixOf(response(403, { vary }), { method }))?.sentence).toBe(sentence);
  });

  it('never proposes to allow null', async () => {
    expect(await fixOf(response(200), { pageOrigin: 'null' })).toEqual({
      kind: 'change-page',
      options: {},
      sentence:
        "The response (status 200) has no Access-Control-Allow-Origin. Either the origin is not allowed, or something responds without CORS: a guard, an exception filter, a raw reply, a proxy's own error page. The request carries `Origin: null`, since the page's origin is opaque (a file, a sandboxed frame, a data: URL): serve the page over http or https.",
    });
    const { send } = network(
      response(302, { [ACAO]: '*', location: 'https://b.test/' }),
      response(200, { [ACAO]: page }),
    );
    const { fix } = await visit({ send });
    expect(fix).toEqual({
      kind: 'change-url',
      options: {},
      sentence:
        'Access-Control-Allow-Origin is `https://app.example.com`: the origin of the request is opaque (`null`). The request carries `Origin: null`, since it was redirected from one origin to another: request the final URL directly.',
    });
  });
});

describe('fixes of the preflight response', () => {
  it.each([
    [
      401,
      'authentication or a firewall comes before CORS. Browsers never send credentials with OPTIONS: answer it before them, with 204.',
    ],
    [
      403,
      'authentication or a firewall comes before CORS. Browsers never send credentials with OPTIONS: answer it before them, with 204.',
    ],
    [
      404,
      'nothing handles OPTIONS here. Let the CORS layer answer it before the router, with 204.',
    ],
    [
      405,
      'nothing handles OPTIONS here. Let the CORS layer answer it before the router, with 204.',
    ],
    [
      501,
      'nothing handles OPTIONS here. Let the CORS layer answer it before the router, with 204.',
    ],
    [429, 'a rate limit counts preflights. Exempt OPTIONS from it.'],
    [500, 'the server fails on OPTIONS; its log says why.'],
    [400, 'answer OPTIONS with 204.'],
    [302, 'answer OPTIONS with 204.'],
  ])('status %i', async (status, remedy) => {
    expect(await fixOf(response(status, { [ACAO]: '*' }), { method: 'PUT' })).toEqual({
      kind: 'answer-preflight',
      options: {},
      sentence: `The preflight was answered with status ${status}, but only 200 to 299 pass: ${remedy}`,
    });
  });

  it.each(['chromium', 'safari'] as const)('a redirect, in %s', async (browser) => {
    const answer = response(301, { [ACAO]: '*', location: '/x/' });
    expect(await fixOf(answer, { method: 'PUT', browser })).toEqual({
      kind: 'change-url',
      options: {},
      sentence:
        'OPTIONS is redirected (status 301) to `/x/`, and browsers do not follow redirects of a preflight: request that URL directly (https, trailing slash, host name), or do not redirect OPTIONS (login).',
    });
  });

  it.each([
    [
      'PUT',
      'GET',
      'allow-method',
      'Access-Control-Allow-Methods does not contain `PUT`: add it to `methods`.',
    ],
    [
      'PUT',
      'put',
      'allow-method',
      'Access-Control-Allow-Methods does not contain `PUT`: add it to `methods`. `put` is allowed, but methods are case-sensitive.',
    ],
    [
      'patch',
      'GET',
      'allow-method',
      'Access-Control-Allow-Methods does not contain `patch`: add it to `methods`.',
    ],
    [
      'patch',
      'PATCH',
      'change-page',
      "The page sends the method `patch`, but `PATCH` is allowed: methods are case-sensitive. Write `method: 'PATCH'` in the page.",
    ],
  ])('method %s where %s is listed', async (method, listed, kind, sentence) => {
    expect(await fixOf(response(204, { [ACAO]: '*', [ACAM]: listed }), { method })).toEqual({
      kind,
      options: kind === 'allow-method' ? { methods: [method] } : {},
      sentence,
    });
  });

  it('headers, all at once', async () => {
    const headers = { 'X-B': '1', 'x-a': '1' };
    expect(await fixOf(response(204, { [ACAO]: '*' }), { headers })).toEqual({
      kind: 'allow-headers',
      options: { allowedHeaders: ['x-a', 'x-b'] },
      sentence:
        'Access-Control-Allow-Headers does not contain `x-a`, `x-b`: add them to `allowedHeaders`.',
    });
  });

  it('* with credentials, and for Authorization', async () => {
    const credentialed = response(204, {
      [ACAO]: page,
      'access-control-allow-credentials': 'true',
      [ACAM]: '*',
      [ACAH]: '*',
    });
    const credentials = true;
    expect((await fixOf(credentialed, { credentials, headers: { 'x-a': '1' } }))?.sentence).toBe(
      'Access-Control-Allow-Headers does not contain `x-a`: add it to `allowedHeaders`. With credentials, `*` is taken literally.',
    );
    expect((await fixOf(credentialed, { credentials, method: 'PUT' }))?.sentence).toBe(
      'Access-Control-Allow-Methods does not contain `PUT`: add it to `methods`. With credentials, `*` is taken literally.',
    );
    const listing = response(204, {
      [ACAO]: page,
      'access-control-allow-credentials': 'true',
      [ACAH]: 'x-b',
    });
    expect((await fixOf(listing, { credentials, headers: { 'x-a': '1' } }))?.sentence).toBe(
      'Access-Control-Allow-Headers does not contain `x-a`: add it to `allowedHeaders`.',
    );
    const open = response(204, { [ACAO]: '*', [ACAH]: '*' });
    expect(await fixOf(open, { headers: { Authorization: 'x' } })).toEqual({
      kind: 'allow-headers',
      options: { allowedHeaders: ['authorization'] },
      sentence:
        'Access-Control-Allow-Headers does not contain `authorization`: add it to `allowedHeaders`. By the standard, `*` does not cover it.',
    });
  });

  it.each([
    [ACAM, 'Access-Control-Allow-Methods', 'methods'],
    [ACAH, 'Access-Control-Allow-Headers', 'header names'],
  ])('a bad member in %s', async (name, header, what) => {
    expect(await fixOf(response(204, { [ACAO]: '*', [name]: 'a b' }), { method: 'PUT' })).toEqual({
      kind: 'correct-list',
      options: {},
      sentence: `${header} contains \`a b\`, so browsers reject the whole list: send ${what}, separated by commas.`,
    });
  });
});

describe('fixes', () => {
  it.each([
    [response(302, { [ACAO]: '*', location: '\u001b' }), 'PUT', 'to `\\u001B`, and'],
    [response(204, { [ACAO]: '*', [ACAM]: '\u001b' }), 'PUT', 'contains `\\u001B`, so'],
    [response(302, { [ACAO]: '*', location: 'https://\u001b' }), 'GET', 'is `https://\\u001B`,'],
    [new Error('\u001b'), 'GET', 'no response (\\u001B):'],
  ])('let nothing through unescaped: %#', async (answer, method, part) => {
    expect((await fixOf(answer, { method }))?.sentence).toContain(part);
  });
});

describe('fixes where no CORS setting helps', () => {
  const to = (location: string) => response(302, { [ACAO]: '*', location });

  it.each([
    [
      to('https://u:p@b.test/'),
      {},
      'change-redirect',
      'The redirect to `https://u:p@b.test/` contains a user name or password: remove them from Location.',
    ],
    [
      to('https://'),
      {},
      'change-redirect',
      'Location is `https://`, which is not one valid URL: correct the redirect.',
    ],
    [
      to('ftp://b.test/'),
      {},
      'change-redirect',
      'The redirect to `ftp://b.test/` leaves http and https, and browsers do not follow it.',
    ],
    [
      to('/y'),
      { redirect: 'error' },
      'change-page',
      "The page set `redirect: 'error'`, and the server redirects: request the final URL instead.",
    ],
    [
      response(200),
      { url: 'ftp://b.test/' },
      'change-page',
      'Across origins, pages may only request http and https, not `ftp:`.',
    ],
    [
      response(200),
      { mode: 'same-origin' },
      'change-page',
      "The page set `mode: 'same-origin'`, and the URL has another origin: use `mode: 'cors'`.",
    ],
    [
      response(200),
      { method: 'TRACE' },
      'change-page',
      '`fetch()` throws a TypeError and sends nothing: browsers never send `TRACE` for a page.',
    ],
    [
      response(431),
      {},
      'reach-server',
      'The response (status 431) has no Access-Control-Allow-Origin: URL and headers are together larger than the server takes, and it answered before any CORS layer saw the request. Mostly it is cookies: send fewer, or raise the limit (Node: `--max-http-header-size`, 16 kB; nginx: `large_client_header_buffers`).',
    ],
    [
      response(408),
      {},
      'reach-server',
      'The response (status 408) has no Access-Control-Allow-Origin: the request arrived too slowly, and the server gave up before any CORS layer saw it (Node: `server.requestTimeout`, `server.headersTimeout`). Look at the connection, or allow more time for long uploads.',
    ],
    [
      response(414),
      {},
      'reach-server',
      'The response (status 414) has no Access-Control-Allow-Origin: the URL is too long for the server or a proxy, which answered before any CORS layer saw the request. Send in a body what is in the query.',
    ],
    [
      response(200),
      { url: 'http://localhost:6000' },
      'reach-server',
      'Browsers never connect to port 6000: run the server on another one.',
    ],
    [
      response(200),
      { url: 'http://api.example.com/x' },
      'change-url',
      'Browsers block http://api.example.com/x as mixed content, since the page is served over https: serve it over https too, and request that URL.',
    ],
    [
      response(404, { 'content-type': 'text/html; charset=utf-8' }),
      { mode: 'no-cors', destination: 'script' },
      'correct-type',
      'The script came as `text/html` with status 404, which cannot be one: respond with the resource under its own type; a page reads data by `fetch()` with CORS.',
    ],
    [
      response(200),
      { addressSpaces: { page: 'public', target: 'local' }, localNetworkPermission: 'denied' },
      'change-page',
      'Local Network Access was refused, and the browser remembers that: have the user allow it in the settings of this page. No response header grants it.',
    ],
    [
      response(200),
      {
        pageOrigin: 'http://app.example.com',
        addressSpaces: { page: 'public', target: 'local' },
      },
      'change-page',
      'Serve the page over https: to others, browsers do not even offer the permission for the local network.',
    ],
    [
      response(200),
      { addressSpaces: { page: 'public', target: 'local' }, targetAddressSpace: 'loopback' },
      'change-page',
      "The page says `targetAddressSpace: 'loopback'`, but the server is in the address space `local`: name that one, or none.",
    ],
    [
      new Error('ECONNREFUSED'),
      {},
      'reach-server',
      'The request got no response (ECONNREFUSED): check the address, DNS, the TLS certificate, firewalls, and whether the server is running.',
    ],
    [
      new Error(''),
      { method: 'PUT' },
      'reach-server',
      'The preflight got no response: check the address, DNS, the TLS certificate, firewalls, and whether the server is running.',
    ],
  ] as const)('%#', async (answer, options, kind, sentence) => {
    expect(await fixOf(answer, options)).toEqual({
      kind,
      options: {},
      sentence: `${sentence} No CORS setting helps.`,
    });
  });

  it('a loop of redirects', async () => {
    const { fix } = await visit({
      send: network(...Array.from({ length: 21 }, () => to('/x'))).send,
    });
    expect(fix?.sentence).toBe(
      'There were more than 20 redirects; the next one leads to `https://api.example.com/x`. Look for a loop. No CORS setting helps.',
    );
  });
});

describe('the fix of what a page may not embed', () => {
  it.each([
    [
      { 'cross-origin-resource-policy': 'same-origin' },
      {},
      'The response has `Cross-Origin-Resource-Policy: same-origin`, and the page is not of that origin',
    ],
    [
      { 'cross-origin-resource-policy': 'same-site' },
      { url: 'https://b.test/' },
      'The response has `Cross-Origin-Resource-Policy: same-site`, and the page is not of that site',
    ],
    [
      {},
      { embedderPolicy: 'require-corp' },
      'The page has Cross-Origin-Embedder-Policy, and the response no Cross-Origin-Resource-Policy',
    ],
  ] as const)('%j', async (headers, options, why) => {
    expect(await fixOf(response(200, headers), { mode: 'no-cors', ...options })).toEqual({
      kind: 'allow-embedding',
      options: {},
      sentence: `${why}: send \`Cross-Origin-Resource-Policy: cross-origin\` with it, or load it with \`crossorigin\` (\`mode: 'cors'\`) and allow the page's origin.`,
    });
  });
});

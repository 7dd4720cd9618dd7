import { PreflightCache } from '../../../../lib/browser/index.js';
import { network, response, sentHeader, visit } from '../network.js';

function redirect(location: string | readonly string[], status = 302, acao: string | null = '*') {
  const allow = acao === null ? {} : { 'access-control-allow-origin': acao };
  return response(status, { location, ...allow });
}

const open = response(200, { 'access-control-allow-origin': '*' });

describe('redirects', () => {
  it('checks the redirect as well', async () => {
    const { send, sent } = network(redirect('/y', 302, null));
    const { failedCheck, blockedAt, details } = await visit({ send });
    expect([failedCheck, blockedAt, details]).toEqual([
      'ACAO_MISSING',
      'redirect',
      { value: '', lines: 0, location: 'https://api.example.com/y' },
    ]);
    expect(sent).toHaveLength(1);
  });

  it('sends a preflight at each hop', async () => {
    const grant = response(204, {
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'x-a',
    });
    const { send, sent } = network(grant, redirect('https://b.test/#c'), grant, open);
    const { verdict, steps } = await visit({ headers: { 'x-a': '1' }, send });
    expect(verdict).toBe('allowed');
    expect(
      sent.map(({ method, url, headers }) => [method, url, sentHeader(headers, 'origin')]),
    ).toEqual([
      ['OPTIONS', 'https://api.example.com/x', 'https://app.example.com'],
      ['GET', 'https://api.example.com/x', 'https://app.example.com'],
      ['OPTIONS', 'https://b.test/', 'null'],
      ['GET', 'https://b.test/', 'null'],
    ]);
    expect(steps.at(-1)?.why).toBe(
      'The redirected request is a CORS request: the response must pass the CORS check.',
    );
  });

  it('stays a CORS request when it comes back to the page', async () => {
    const { send } = network(redirect('https://app.example.com/'), response(200));
    expect((await visit({ send })).failedCheck).toBe('ACAO_MISSING');
  });

  it('becomes a CORS request when it leaves the page', async () => {
    const { send, sent } = network(redirect('https://b.test/', 302, null), response(200));
    const { failedCheck, blockedAt } = await visit({ url: '/x', send });
    expect([failedCheck, blockedAt]).toEqual(['ACAO_MISSING', 'response']);
    expect(sent.map(({ headers }) => sentHeader(headers, 'origin'))).toEqual([
      null,
      'https://app.example.com',
    ]);
  });

  it('may not leave the page in mode same-origin', async () => {
    const { send } = network(redirect('https://b.test/', 302, null));
    const { failedCheck, blockedAt } = await visit({ url: '/x', mode: 'same-origin', send });
    expect([failedCheck, blockedAt]).toEqual(['MODE', 'redirect']);
  });

  it.each([
    [301, 'POST', 'GET'],
    [302, 'POST', 'GET'],
    [303, 'POST', 'GET'],
    [307, 'POST', 'POST'],
    [308, 'POST', 'POST'],
    [301, 'PUT', 'PUT'],
    [302, 'DELETE', 'DELETE'],
    [303, 'PUT', 'GET'],
    [303, 'HEAD', 'HEAD'],
  ])('%i makes of %s %s', async (status, method, next) => {
    const { send, sent } = network(redirect('/y', status), open);
    const headers = {
      'Content-Type': 'text/plain',
      'content-language': 'de',
      'content-encoding': 'gzip',
      'content-location': '/',
      'x-a': '1',
    };
    await visit({ url: '/x', method, headers, send });
    expect(sent[1]?.method).toBe(next);
    const kept = sent[1]?.headers.map(([name]) => name);
    expect(kept?.filter((name) => name !== 'Origin')).toEqual(
      next === method ? ['Accept', ...Object.keys(headers)] : ['Accept', 'x-a'],
    );
  });

  it.each([
    ['/y', 'secret'],
    ['https://app.example.com:8443/y', null],
    ['https://b.test/', null],
  ])('to %s keeps Authorization: %s', async (location, value) => {
    const { send, sent } = network(redirect(location), open);
    await visit({ url: '/x', headers: { AUTHORIZATION: 'secret' }, send });
    expect(sentHeader(sent[1]?.headers, 'authorization')).toBe(value);
  });

  it('follows twenty, not more', async () => {
    const loop = Array.from({ length: 21 }, () => redirect('/x'));
    const twenty = network(...loop.slice(1), open);
    expect((await visit({ send: twenty.send })).verdict).toBe('allowed');
    expect(twenty.sent).toHaveLength(21);

    const more = network(...loop, open);
    const { failedCheck, details } = await visit({ send: more.send });
    expect([failedCheck, details]).toEqual([
      'REDIRECT_LIMIT',
      { location: 'https://api.example.com/x', status: 302 },
    ]);
    expect(more.sent).toHaveLength(21);
  });

  it.each([
    // Page and target, whether the request has been cross-origin before, whether it is blocked.
    ['/x', 'https://u:p@b.test/', true],
    ['/x', 'https://u@b.test/', true],
    ['/x', 'https://:p@b.test/', true],
    ['/x', 'https://@b.test/', false],
    ['/x', 'https://u:p@app.example.com/', false],
    ['https://api.example.com/x', 'https://u:p@app.example.com/', true],
    ['https://api.example.com/x', 'https://u:p@api.example.com/', true],
  ])('%s to %s: user info blocks: %s', async (url, location, blocks) => {
    const { failedCheck } = await visit({ url, send: network(redirect(location), open).send });
    expect(failedCheck).toBe(blocks ? 'REDIRECT_USERINFO' : null);
  });

  it.each([
    ['ftp://b.test/', 'blocked', 'SCHEME'],
    ['data:,x', 'blocked', 'SCHEME'],
    ['https://', 'network-error', 'REDIRECT_LOCATION'],
    [['/y', '/z'], 'network-error', 'REDIRECT_LOCATION'],
  ])('to %j is %s by %s', async (location, verdict, failedCheck) => {
    const simulation = await visit({ send: network(redirect(location)).send });
    expect([simulation.verdict, simulation.failedCheck, simulation.blockedAt]).toEqual([
      verdict,
      failedCheck,
      'redirect',
    ]);
  });

  it('follows two equal lines, as browsers do', async () => {
    const { send, sent } = network(redirect(['/y', '/y']), open);
    expect((await visit({ send })).verdict).toBe('allowed');
    expect(sent.map(({ url }) => url)).toEqual([
      'https://api.example.com/x',
      'https://api.example.com/y',
    ]);
  });

  it('ignores an empty Location in Chromium; in others, it is the same URL', async () => {
    const chromium = network(redirect(''), open);
    expect((await visit({ send: chromium.send })).verdict).toBe('allowed');
    expect(chromium.sent).toHaveLength(1);
    const firefox = network(redirect(''), open);
    expect((await visit({ send: firefox.send, browser: 'firefox' })).verdict).toBe('allowed');
    expect(firefox.sent.map(({ url }) => url)).toEqual([
      'https://api.example.com/x',
      'https://api.example.com/x',
    ]);
  });

  it.each([300, 304, 306])('%i is a response like any', async (status) => {
    const { send, sent } = network(redirect('/y', status));
    expect((await visit({ send })).verdict).toBe('allowed');
    expect(sent).toHaveLength(1);
  });

  it('is an ordinary response without Location', async () => {
    const headers = { 'access-control-allow-origin': '*', 'content-type': 'a/b' };
    const { verdict, exposed } = await visit({ send: network(response(302, headers)).send });
    expect([verdict, exposed]).toEqual(['allowed', ['content-type']]);
  });

  it('counts in redirect mode manual only with a redirect status', async () => {
    const headers = { 'access-control-allow-origin': '*', 'content-type': 'a/b' };
    const { exposed, findings } = await visit({
      redirect: 'manual',
      send: network(response(200, headers)).send,
    });
    expect([exposed, findings]).toEqual([['content-type'], []]);
  });

  it('is an error in redirect mode error', async () => {
    const { failedCheck, blockedAt } = await visit({
      redirect: 'error',
      send: network(redirect('/y')).send,
    });
    expect([failedCheck, blockedAt]).toEqual(['REDIRECT_MODE', 'redirect']);
    expect((await visit({ redirect: 'error', send: network(open).send })).verdict).toBe('allowed');
  });

  it('is hidden from the page in redirect mode manual', async () => {
    const { verdict, exposed, findings } = await visit({
      redirect: 'manual',
      send: network(
        response(302, {
          location: '/y',
          'access-control-allow-origin': '*',
          'content-type': 'a/b',
        }),
      ).send,
    });
    expect([verdict, exposed]).toEqual(['allowed', []]);
    expect(findings.map(({ kind }) => kind)).toEqual(['REDIRECT_NOT_FOLLOWED']);
  });
});

describe('redirects in Safari', () => {
  const grant = response(204, {
    'access-control-allow-origin': '*',
    'access-control-allow-headers': 'authorization',
    'access-control-allow-methods': 'PUT, DELETE',
  });
  const safari = { browser: 'safari' } as const;

  /** What is sent: method, URL, and the method and headers that a preflight asks for. */
  function lines(sent: ReturnType<typeof network>['sent']): readonly string[] {
    return sent.map(({ method, url, headers }) => {
      const asked = sentHeader(headers, 'access-control-request-method');
      const names = sentHeader(headers, 'access-control-request-headers');
      return [method, url, asked, names].filter((part) => part !== null).join(' ');
    });
  }

  it('preflights for an Authorization that is no longer sent', async () => {
    const { send, sent } = network(grant, redirect('https://b.test/'), grant, open);
    await visit({ ...safari, headers: { authorization: 'x' }, send });
    expect(lines(sent)).toEqual([
      'OPTIONS https://api.example.com/x GET authorization',
      'GET https://api.example.com/x',
      'OPTIONS https://b.test/ GET authorization',
      'GET https://b.test/',
    ]);
    expect(sent.map(({ headers }) => sentHeader(headers, 'authorization'))).toEqual([
      null,
      'x',
      null,
      null,
    ]);
  });

  it('repeats the preflight for a request that has become simple, as Chromium does not', async () => {
    const toGet = redirect('/y', 303);
    const one = network(grant, toGet, grant, open);
    const { steps } = await visit({ ...safari, method: 'DELETE', send: one.send });
    expect(lines(one.sent)).toEqual([
      'OPTIONS https://api.example.com/x DELETE',
      'DELETE https://api.example.com/x',
      'OPTIONS https://api.example.com/y GET',
      'GET https://api.example.com/y',
    ]);
    expect(steps.at(2)?.why).toBe('Safari repeats the preflight after a redirect.');
    const two = network(grant, toGet, open);
    await visit({ method: 'DELETE', send: two.send });
    expect(two.sent.map(({ method }) => method)).toEqual(['OPTIONS', 'DELETE', 'GET']);
  });

  it('does not take an empty cache for a preflight that has been made', async () => {
    const preflightCache = new PreflightCache(() => 0);
    const { send, sent } = network(grant, redirect('/y', 303), grant, open);
    await visit({ ...safari, method: 'DELETE', preflightCache, send });
    expect(sent.map(({ method }) => method)).toEqual(['OPTIONS', 'DELETE', 'OPTIONS', 'GET']);
  });

  it.each([
    ['https://b.test/', 'GET'],
    ['/y', 'DELETE'],
  ])('a DELETE redirected to %s with 307 becomes %s', async (location, method) => {
    const { send, sent } = network(grant, redirect(location, 307), grant, open);
    await visit({ ...safari, method: 'DELETE', send });
    expect(sent.at(-1)?.method).toBe(method);
  });

  it('follows several Locations as one, and an empty one not at all', async () => {
    const { send, sent } = network(redirect(['/a', '/a']), open);
    await visit({ ...safari, send });
    expect(sent.at(-1)?.url).toBe('https://api.example.com/a,%20/a');
    const { failedCheck, verdict } = await visit({ ...safari, send: network(redirect('')).send });
    expect([failedCheck, verdict]).toEqual(['REDIRECT_LOCATION', 'network-error']);
  });

  it('checks a redirect as though with cookies where the request began in the page', async () => {
    const first = redirect('https://api.example.com/x', 307, null);
    const { send, sent } = network(first, redirect('https://b.test/'), open);
    const { failedCheck, blockedAt, message } = await visit({ ...safari, url: '/x', send });
    expect([failedCheck, blockedAt, sent.length]).toEqual([
      'ACAO_WILDCARD_CREDENTIALS',
      'redirect',
      2,
    ]);
    expect(message).toBe(
      'Cross-origin redirection to https://b.test/ denied by Cross-Origin Resource Sharing policy: Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.\nFetch API cannot load https://api.example.com/x due to access control checks.',
    );
  });

  it.each([
    ['chromium', {}],
    ['safari', { credentials: 'omit' }],
  ] as const)('which %s does not with %j', async (browser, options) => {
    const first = redirect('https://api.example.com/x', 307, null);
    const { send } = network(first, redirect('https://b.test/'), open);
    expect((await visit({ browser, ...options, url: '/x', send })).verdict).toBe('allowed');
  });

  it('notices it only after the preflight of the next URL', async () => {
    const first = redirect('https://api.example.com/x', 307, null);
    const { send, sent } = network(first, grant, redirect('https://b.test/', 307), grant);
    const { failedCheck } = await visit({ ...safari, url: '/x', method: 'PUT', send });
    expect([failedCheck, sent.map(({ method }) => method)]).toEqual([
      'ACAO_WILDCARD_CREDENTIALS',
      ['PUT', 'OPTIONS', 'PUT', 'OPTIONS'],
    ]);
  });
});

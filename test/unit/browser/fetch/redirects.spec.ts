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

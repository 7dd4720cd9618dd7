import { PreflightCache } from '../../../lib/browser/index.js';
import { network, response, sentHeader, visit } from './network.js';

const page = 'https://app.example.com';
const open = response(200, { 'access-control-allow-origin': '*', vary: 'origin' });
const grant = response(204, {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'PUT',
  'access-control-max-age': '60',
});

describe('simulate', () => {
  it('sends a CORS request and reads the response', async () => {
    const { send, sent } = network(open);
    const simulation = await visit({ send });
    expect(simulation).toEqual({
      verdict: 'allowed',
      steps: [
        {
          kind: 'request',
          why: 'The request is a CORS request: the response must pass the CORS check.',
          request: sent[0],
          response: open,
          failedCheck: null,
        },
      ],
      failedCheck: null,
      blockedAt: null,
      details: {},
      message: null,
      fix: null,
      permission: null,
      findings: [],
      exposed: [],
    });
  });

  it('sends a preflight, then the request; both are steps', async () => {
    const { send, sent } = network(grant, open);
    const { verdict, steps } = await visit({ method: 'PUT', send });
    expect(verdict).toBe('allowed');
    expect(steps).toEqual([
      {
        kind: 'preflight',
        why: 'A preflight is needed because of the method PUT.',
        request: sent[0],
        response: grant,
        failedCheck: null,
      },
      {
        kind: 'request',
        why: 'The request is a CORS request: the response must pass the CORS check.',
        request: sent[1],
        response: open,
        failedCheck: null,
      },
    ]);
  });

  it('sends nothing after a preflight that failed', async () => {
    const { send, sent } = network(response(404));
    const simulation = await visit({ method: 'PUT', send });
    expect(sent).toHaveLength(1);
    expect(simulation.steps.map((step) => step.failedCheck)).toEqual(['ACAO_MISSING']);
    expect(simulation).toEqual({
      verdict: 'blocked',
      steps: simulation.steps,
      failedCheck: 'ACAO_MISSING',
      blockedAt: 'preflight',
      details: { value: '', lines: 0 },
      message:
        "Access to fetch at 'https://api.example.com/x' from origin 'https://app.example.com' has been blocked by CORS policy: Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
      fix: {
        kind: 'allow-origin',
        options: { origin: [page] },
        sentence:
          "The response to the preflight (status 404) has no Access-Control-Allow-Origin: nothing handles OPTIONS here. Let the CORS layer answer it before the router, with 204. To allow the page: `origin: ['https://app.example.com']`.",
      },
      permission: null,
      findings: [],
      exposed: [],
    });
  });

  it('calls a rejection of send a network error, wherever it comes', async () => {
    const request = await visit({ send: network(new Error('ECONNREFUSED')).send });
    expect([request.verdict, request.failedCheck, request.blockedAt, request.details]).toEqual([
      'network-error',
      'NETWORK',
      'response',
      { reason: 'ECONNREFUSED' },
    ]);
    const preflight = await visit({ method: 'PUT', send: () => Promise.reject('no route') });
    expect([preflight.verdict, preflight.blockedAt, preflight.details]).toEqual([
      'network-error',
      'preflight',
      { reason: 'no route' },
    ]);
  });

  it('calls a send that throws a network error as well', async () => {
    const send = () => {
      throw new Error('broken');
    };
    const { verdict, details } = await visit({ send });
    expect([verdict, details]).toEqual(['network-error', { reason: 'broken' }]);
  });

  it('makes no CORS check within the origin', async () => {
    const { send, sent } = network(response(200, { etag: '"1"' }));
    const { verdict, exposed, findings } = await visit({ url: '/x', method: 'PUT', send });
    expect([verdict, exposed, findings]).toEqual(['not-cors', ['etag'], []]);
    expect(sent.map(({ method }) => method)).toEqual(['PUT']);
  });

  it('makes no CORS check in mode no-cors, and shows nothing', async () => {
    const { send, sent } = network(response(200, { etag: '"1"' }));
    const { verdict, exposed, findings } = await visit({ mode: 'no-cors', send });
    expect([verdict, exposed]).toEqual(['not-cors', []]);
    expect(findings.map(({ kind }) => kind)).toEqual(['OPAQUE_RESPONSE']);
    expect(sentHeader(sent[0]?.headers, 'origin')).toBeNull();
  });

  it('needs no network for data: URLs', async () => {
    const { send, sent } = network();
    const { verdict, exposed } = await visit({ url: 'data:,x', send });
    expect([verdict, exposed, sent]).toEqual(['not-cors', [], []]);
  });

  it.each([
    [{ mode: 'same-origin' }, 'blocked', 'MODE'],
    [{ url: 'ftp://api.example.com/' }, 'blocked', 'SCHEME'],
    [{ method: 'TRACE' }, 'blocked', 'INVALID_REQUEST'],
    [{ mode: 'no-cors', redirect: 'error' }, 'blocked', 'INVALID_REQUEST'],
    [{ url: 'https://api.example.com:6000/' }, 'network-error', 'BAD_PORT'],
  ] as const)('sends nothing for %j', async (options, verdict, failedCheck) => {
    const { send, sent } = network(open);
    const simulation = await visit({ ...options, send });
    expect([simulation.verdict, simulation.failedCheck, simulation.blockedAt]).toEqual([
      verdict,
      failedCheck,
      'request',
    ]);
    expect(sent).toEqual([]);
  });

  it('takes http for https where TLS ends before the application, and says so', async () => {
    const { verdict, findings } = await visit({
      url: 'http://api.example.com/',
      mixedContent: 'note',
      send: network(open).send,
    });
    expect(verdict).toBe('allowed');
    expect(findings).toEqual([
      {
        kind: 'MIXED_CONTENT',
        sentence:
          'Browsers block http://api.example.com/ as mixed content, since the page is served over https: serve it over https too. No CORS setting helps.',
        names: [],
      },
    ]);
  });

  it('sends a preflight when it is forced, whatever the request', async () => {
    const { send, sent } = network(grant, open);
    expect((await visit({ forcePreflight: true, send })).verdict).toBe('allowed');
    expect(sent.map(({ method }) => method)).toEqual(['OPTIONS', 'GET']);
  });
});

describe('simulate with a preflight cache', () => {
  const put = { method: 'PUT', url: 'https://api.example.com/x' } as const;

  it('sends one preflight', async () => {
    const preflightCache = new PreflightCache(() => 0);
    await visit({ ...put, preflightCache, send: network(grant, open).send });
    const { send, sent } = network(open);
    const { verdict, steps } = await visit({ ...put, preflightCache, send });
    expect(verdict).toBe('allowed');
    expect(sent.map(({ method }) => method)).toEqual(['PUT']);
    expect(steps.map(({ kind, why }) => [kind, why])).toEqual([
      [
        'cached-preflight',
        'A preflight is needed because of the method PUT. The response to an earlier one is still valid.',
      ],
      ['request', 'The request is a CORS request: the response must pass the CORS check.'],
    ]);
  });

  it('keeps a response as long as the browser does', async () => {
    const clock = { now: 0 };
    const preflightCache = new PreflightCache(() => clock.now);
    const long = response(204, {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'PUT',
      'access-control-max-age': '86400',
    });
    await visit({ ...put, browser: 'safari', preflightCache, send: network(long, open).send });
    clock.now = 600_000;
    const { send, sent } = network(grant, open);
    await visit({ ...put, browser: 'safari', preflightCache, send });
    expect(sent.map(({ method }) => method)).toEqual(['OPTIONS', 'PUT']);
  });

  it('keeps header names whatever their case', async () => {
    const preflightCache = new PreflightCache(() => 0);
    const upper = response(204, {
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'X-A',
    });
    const request = { headers: { 'x-a': '1' }, preflightCache };
    await visit({ ...request, send: network(upper, open).send });
    const { send, sent } = network(open);
    await visit({ ...request, send });
    expect(sent.map(({ method }) => method)).toEqual(['GET']);
  });

  it('keeps the method of a forced preflight', async () => {
    const preflightCache = new PreflightCache(() => 0);
    const bare = response(204, { 'access-control-allow-origin': '*' });
    await visit({ forcePreflight: true, preflightCache, send: network(bare, open).send });
    const { send, sent } = network(open);
    await visit({ forcePreflight: true, preflightCache, send });
    expect(sent.map(({ method }) => method)).toEqual(['GET']);
  });

  it('forgets when the response fails', async () => {
    const preflightCache = new PreflightCache(() => 0);
    await visit({ ...put, preflightCache, send: network(grant, response(500)).send });
    const { send, sent } = network(grant, open);
    await visit({ ...put, preflightCache, send });
    expect(sent.map(({ method }) => method)).toEqual(['OPTIONS', 'PUT']);
  });

  it('does not forget when a request fails that needed no preflight', async () => {
    const preflightCache = new PreflightCache(() => 0);
    await visit({ ...put, preflightCache, send: network(grant, open).send });
    await visit({ preflightCache, send: network(response(500)).send });
    const { send, sent } = network(open);
    await visit({ ...put, preflightCache, send });
    expect(sent.map(({ method }) => method)).toEqual(['PUT']);
  });
});

import { network, response, visit } from '../network.js';

const origin = { 'access-control-allow-origin': 'https://app.example.com', vary: 'Origin' };

async function findIn(
  headers: Readonly<Record<string, string>>,
  options: Partial<Parameters<typeof visit>[0]> & { readonly status?: number } = {},
) {
  const { status = 200, ...rest } = options;
  const { verdict, findings } = await visit({
    ...rest,
    send: network(response(status, headers)).send,
  });
  expect(verdict).toBe('allowed');
  return findings;
}

async function findInPreflight(headers: Readonly<Record<string, string>>) {
  const preflight = response(204, { ...origin, 'access-control-allow-methods': 'PUT', ...headers });
  const { findings } = await visit({
    method: 'PUT',
    send: network(preflight, response(200, origin)).send,
  });
  return findings;
}

describe('findings in a response', () => {
  it('are none where nothing is odd', async () => {
    expect(await findIn({ ...origin, 'content-type': 'text/plain', date: 'x' })).toEqual([]);
    expect(await findIn({ 'access-control-allow-origin': '*' })).toEqual([]);
  });

  it('VARY_ORIGIN_MISSING', async () => {
    const allow = { 'access-control-allow-origin': 'https://app.example.com' };
    expect(await findIn(allow)).toEqual([
      {
        kind: 'VARY_ORIGIN_MISSING',
        sentence:
          'The response names an origin, but has no `Vary: Origin`: a cached copy may be given to a page of another origin, and blocked there. It is needed unless every response names this one origin, even to requests without `Origin`.',
        names: [],
      },
    ]);
    expect(await findIn({ ...allow, vary: 'Accept, ORIGIN' })).toEqual([]);
    expect(await findIn({ ...allow, vary: '*' })).toEqual([]);
    expect((await findIn({ ...allow, vary: 'Accept' })).map(({ kind }) => kind)).toEqual([
      'VARY_ORIGIN_MISSING',
    ]);
  });

  it('NULL_ORIGIN_ALLOWED', async () => {
    const headers = { 'access-control-allow-origin': 'null', vary: 'Origin' };
    expect(await findIn(headers, { pageOrigin: 'null' })).toEqual([
      {
        kind: 'NULL_ORIGIN_ALLOWED',
        sentence: 'The origin `null` is allowed: any page can get it with a sandboxed frame.',
        names: [],
      },
    ]);
    const credentialed = { ...headers, 'access-control-allow-credentials': 'true' };
    const [finding] = await findIn(credentialed, { pageOrigin: 'null', credentials: true });
    expect(finding?.sentence).toBe(
      'The origin `null` is allowed: any page can get it with a sandboxed frame, and read what is private to its visitors.',
    );
  });

  it('WILDCARD_WITH_CREDENTIALS', async () => {
    const headers = {
      'access-control-allow-origin': '*',
      'access-control-allow-credentials': 'true',
    };
    expect(await findIn(headers)).toEqual([
      {
        kind: 'WILDCARD_WITH_CREDENTIALS',
        sentence:
          '`*` cannot be combined with credentials: browsers block every credentialed request. List the origins in `origin`, or set `credentials: false`.',
        names: [],
      },
    ]);
  });

  it('CREDENTIALS_NOT_TRUE', async () => {
    expect(await findIn({ ...origin, 'access-control-allow-credentials': 'false' })).toEqual([
      {
        kind: 'CREDENTIALS_NOT_TRUE',
        sentence:
          'Access-Control-Allow-Credentials is `false`: only `true` has a meaning; otherwise omit it.',
        names: [],
      },
    ]);
  });

  it('PREFLIGHT_HEADERS_MISPLACED, unless the preflight had them too', async () => {
    const headers = {
      ...origin,
      'access-control-allow-headers': 'x-a',
      'access-control-allow-methods': 'PUT',
    };
    expect(await findIn(headers)).toEqual([
      {
        kind: 'PREFLIGHT_HEADERS_MISPLACED',
        sentence:
          'The response carries access-control-allow-headers and access-control-allow-methods, which browsers read only on the response to a preflight.',
        names: ['access-control-allow-headers', 'access-control-allow-methods'],
      },
    ]);
    const { findings } = await visit({
      method: 'PUT',
      send: network(
        response(204, {
          ...origin,
          'access-control-allow-methods': 'PUT',
          'access-control-max-age': '60',
        }),
        response(200, headers),
      ).send,
    });
    expect(findings.map(({ kind, names }) => [kind, ...names])).toEqual([
      ['PREFLIGHT_HEADERS_MISPLACED', 'access-control-allow-headers'],
    ]);
  });

  it('HEADERS_NOT_EXPOSED', async () => {
    const headers = { ...origin, etag: '"1"', 'x-total': '1', server: 'x', 'set-cookie': 'a=b' };
    expect(await findIn(headers)).toEqual([
      {
        kind: 'HEADERS_NOT_EXPOSED',
        sentence: 'The page cannot read etag, x-total. List the ones it needs in `exposedHeaders`.',
        names: ['etag', 'x-total'],
      },
    ]);
    const exposing = { ...headers, 'access-control-expose-headers': 'etag, x-total' };
    expect(await findIn(exposing)).toEqual([]);
  });

  it('EXPOSE_INVALID', async () => {
    expect(await findIn({ ...origin, 'access-control-expose-headers': 'x total' })).toEqual([
      {
        kind: 'EXPOSE_INVALID',
        sentence:
          'Access-Control-Expose-Headers contains `x total`, which is not a header name: the whole list is ignored.',
        names: ['x total'],
      },
    ]);
  });

  it('EXPOSE_WILDCARD_LITERAL, with credentials only', async () => {
    const headers = {
      ...origin,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': '*',
    };
    expect(await findIn(headers)).toEqual([]);
    expect(await findIn(headers, { credentials: true })).toEqual([
      {
        kind: 'EXPOSE_WILDCARD_LITERAL',
        sentence:
          'With credentials, `Access-Control-Expose-Headers: *` exposes only a header named `*`: list the headers in `exposedHeaders`.',
        names: [],
      },
    ]);
  });

  it('ERROR_STATUS', async () => {
    expect(await findIn(origin, { status: 400 })).toEqual([
      {
        kind: 'ERROR_STATUS',
        sentence: 'The status is 400, and the page can read it: this is not a CORS problem.',
        names: [],
      },
    ]);
    expect(await findIn(origin, { status: 399 })).toEqual([]);
  });

  it('are not looked for within the origin', async () => {
    const { findings } = await visit({
      url: '/x',
      send: network(response(500, { etag: 'x' })).send,
    });
    expect(findings).toEqual([]);
  });
});

describe('findings in the response to a preflight', () => {
  it('are none where nothing is odd', async () => {
    expect(await findInPreflight({ 'access-control-max-age': '600' })).toEqual([]);
  });

  it('METHOD_CASE', async () => {
    const headers = { 'access-control-allow-methods': 'PUT, delete, Patch' };
    expect(await findInPreflight({ ...headers, 'access-control-max-age': '600' })).toEqual([
      {
        kind: 'METHOD_CASE',
        sentence:
          'Access-Control-Allow-Methods lists delete, Patch: methods are case-sensitive, so write them in upper case.',
        names: ['delete', 'Patch'],
      },
    ]);
  });

  it('MAX_AGE_MISSING', async () => {
    expect(await findInPreflight({})).toEqual([
      {
        kind: 'MAX_AGE_MISSING',
        sentence:
          'There is no Access-Control-Max-Age: browsers send a new preflight after 5 seconds. Set `maxAge`.',
        names: [],
      },
    ]);
  });

  it('MAX_AGE_INVALID', async () => {
    expect(await findInPreflight({ 'access-control-max-age': '-1' })).toEqual([
      {
        kind: 'MAX_AGE_INVALID',
        sentence:
          'Access-Control-Max-Age is `-1`, not a number of seconds: browsers send a new preflight at once, or after 5 seconds.',
        names: [],
      },
    ]);
  });

  it.each([
    ['601', 'Safari 600', ['safari']],
    ['7201', 'Safari 600, Chromium 7200', ['safari', 'chromium']],
    ['86401', 'Safari 600, Chromium 7200, Firefox 86400', ['safari', 'chromium', 'firefox']],
  ])('MAX_AGE_CAPPED at %s', async (seconds, caps, names) => {
    expect(await findInPreflight({ 'access-control-max-age': seconds })).toEqual([
      {
        kind: 'MAX_AGE_CAPPED',
        sentence: `Access-Control-Max-Age is ${seconds} seconds, but browsers cap it: ${caps}.`,
        names,
      },
    ]);
  });

  it('AUTHORIZATION_TOLERATED', async () => {
    const wildcard = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };
    const { failedCheck, findings } = await visit({
      headers: { authorization: 'x' },
      send: network(response(204, wildcard)).send,
    });
    expect(failedCheck).toBe('AUTHORIZATION_WILDCARD');
    expect(findings).toEqual([
      {
        kind: 'AUTHORIZATION_TOLERATED',
        sentence:
          'The standard requires `authorization` to be listed in Access-Control-Allow-Headers; current browsers still let `*` cover it, and have announced that they will stop.',
        names: ['authorization'],
      },
    ]);
  });
});

describe('findings', () => {
  it('are reported once, however many hops show them', async () => {
    const hop = response(302, { ...origin, location: 'http://api.example.com/x' });
    const { findings } = await visit({
      url: 'http://api.example.com/x',
      mixedContent: 'note',
      send: network(hop, hop, response(200, origin)).send,
    });
    expect(findings.map(({ kind }) => kind)).toEqual(['MIXED_CONTENT']);
  });

  it.each([
    ['access-control-allow-credentials', '`\\u001B[31m`: only `true` has a meaning'],
    ['access-control-expose-headers', 'contains `\\u001B[31m`, which is not a header name'],
    ['x-\u001b[31m', 'The page cannot read x-\\u001B[31m.'],
  ])('let nothing of %j through unescaped', async (name, part) => {
    const [finding] = await findIn({ ...origin, [name]: '\u001b[31m' });
    expect(finding?.sentence).toContain(part);
  });

  it('let nothing of Access-Control-Max-Age through unescaped', async () => {
    const [finding] = await findInPreflight({ 'access-control-max-age': '\u001b[31m' });
    expect(finding?.sentence).toContain('is `\\u001B[31m`, not a number');
  });
});

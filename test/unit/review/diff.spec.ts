import type { PolicyFileRoute, PolicyReference } from '../../../lib/policy-file/policy-file.js';
import { diffPolicies } from '../../../lib/review/diff.js';
import { type Parts, policyFile, type Values } from '../../support/policy-files.js';

const A = 'https://a.example.com';
const ROUTES = { 'GET /orders/:id': 'forRoot()', 'DELETE /orders/:id': 'forRoot()' } as const;

async function diff(before: Parts, after: Parts) {
  const { verdict, changes } = await diffPolicies(policyFile(before), policyFile(after));
  return { verdict, sentences: changes.map(({ sentence }) => sentence) };
}

/** One route with a policy of its own, which changes: so that the sentence is about it alone. */
function changed(before: Values, after: Values, route = 'DELETE /orders/:id') {
  const parts = (values: Values): Parts => ({
    policies: { '@Cors() on Orders': values },
    routes: { [route]: '@Cors() on Orders' },
  });
  return diff(parts(before), parts(after));
}

const regexp = (source: string, flags = '') => ({ source, flags });

describe('the same', () => {
  it.each<[string, Values, Values]>([
    [
      'another order',
      { origin: [A, 'https://b.example.com'] },
      { origin: ['https://b.example.com', A] },
    ],
    [
      'a pattern as a RegExp',
      { origin: ['https://*.example.com'] },
      { origin: [regexp('^https:\\/\\/(?:[a-z0-9_-]+\\.)+example\\.com$')] },
    ],
    [
      'labels of at most 63 bytes, which all are',
      { origin: [regexp('^https:\\/\\/[a-z0-9-]{1,63}\\.example\\.com$')] },
      { origin: [regexp('^https:\\/\\/[a-z0-9-]+\\.example\\.com$')] },
    ],
    [
      'flags and case',
      { origin: [regexp('^https:\\/\\/A\\.example\\.com$', 'i')] },
      { origin: [A] },
    ],
    [
      'a pattern by its halves',
      { origin: ['https://a-*.example.com'] },
      {
        origin: [
          regexp('^https:\\/\\/a-[a-m0-9-][a-z0-9-]*\\.example\\.com$'),
          regexp('^https:\\/\\/a-[n-z][a-z0-9-]*\\.example\\.com$'),
        ],
      },
    ],
    [
      'an origin that a pattern has already',
      { origin: ['https://*.example.com'] },
      { origin: ['https://*.example.com', A] },
    ],
    [
      'a response header that pages read anyway',
      { exposedHeaders: ['etag'] },
      { exposedHeaders: ['etag', 'content-type'] },
    ],
    [
      'a method that needs no preflight',
      { methods: ['PUT', 'DELETE'] },
      { methods: ['GET', 'PUT', 'DELETE'] },
    ],
  ])('%s', async (_, before, after) => {
    expect(await changed(before, after)).toEqual({ verdict: 'same', sentences: [] });
    expect((await changed(after, before)).verdict).toBe('same');
  });
});

describe('wider', () => {
  it.each<[Values, Values, string[]]>([
    [
      { credentials: true, origin: [A] },
      { credentials: true, origin: ['https://*.example.com'] },
      [
        'newly allows `https://*.example.com`, except `https://a.example.com`, with credentials, to DELETE /orders/:id',
      ],
    ],
    [
      { origin: [A] },
      { origin: [A, 'https://b.example.com', 'https://c.example.com'] },
      ['newly allows `https://b.example.com` and `https://c.example.com` to DELETE /orders/:id'],
    ],
    [
      { origin: [A] },
      { origin: '*' },
      ['newly allows any origin, except `https://a.example.com`, to DELETE /orders/:id'],
    ],
    [
      { origin: [regexp('^https:\\/\\/[a-c]\\.example\\.com$')] },
      { origin: [regexp('^https:\\/\\/[a-d]\\.example\\.com$')] },
      [
        'newly allows `/^https:\\/\\/[a-d]\\.example\\.com$/`, such as `https://d.example.com`, except `/^https:\\/\\/[a-c]\\.example\\.com$/`, to DELETE /orders/:id',
      ],
    ],
    [
      {},
      { credentials: true },
      ['newly allows credentials, for `https://app.example.com`, to DELETE /orders/:id'],
    ],
    [
      { origin: [A] },
      { origin: [A, 'https://b.example.com'], credentials: true },
      [
        'newly allows `https://b.example.com`, with credentials, to DELETE /orders/:id',
        'newly allows credentials, for `https://a.example.com`, to DELETE /orders/:id',
      ],
    ],
    [
      { allowedHeaders: ['x-a'] },
      { allowedHeaders: ['x-a', 'x-b', 'x-c'] },
      ['newly allows the request headers `x-b` and `x-c` to DELETE /orders/:id'],
    ],
    [{ allowedHeaders: ['x-a'] }, {}, ['newly allows any request header to DELETE /orders/:id']],
    [
      {},
      { exposedHeaders: ['etag'] },
      ['newly allows pages to read the response header `etag` of DELETE /orders/:id'],
    ],
    [
      {},
      { exposedHeaders: '*' },
      ['newly allows pages to read any response header of DELETE /orders/:id'],
    ],
    [
      {},
      { timingAllowOrigin: true },
      ['newly allows pages to read the resource timing of DELETE /orders/:id'],
    ],
    [
      { methods: ['PUT'] },
      { methods: ['DELETE'] },
      ['newly allows `https://app.example.com` to DELETE /orders/:id'],
    ],
    [{ origin: false }, {}, ['newly allows `https://app.example.com` to DELETE /orders/:id']],
  ])('%j, then %j', async (before, after, sentences) => {
    expect(await changed(before, after)).toEqual({ verdict: 'wider', sentences });
    const back = await changed(after, before);
    expect(back.verdict).toBe('narrower');
    expect(back.sentences.join()).not.toContain('newly allows');
  });

  it('beside what cannot be told: it is certain', async () => {
    const { verdict, sentences } = await changed(
      { origin: { function: 'isPartner' }, allowedHeaders: [] },
      { origin: { class: 'TenantOrigins' }, allowedHeaders: '*' },
    );
    expect([verdict, sentences]).toEqual([
      'wider',
      [
        'newly allows any request header to DELETE /orders/:id',
        'cannot tell whether what `TenantOrigins` allows was already allowed to DELETE /orders/:id',
        'may no longer allow what `isPartner` allowed to DELETE /orders/:id',
      ],
    ]);
  });

  it('is said of everything that no controller serves, of paths and of named policies', async () => {
    const parts = (origin: string): Parts => ({
      policies: { 'forRoot()': { origin: [origin], credentials: true } },
      rest: { named: { partner: 'forRoot()' }, paths: { '/files/*': 'forRoot()' } },
      routes: ROUTES,
    });
    expect((await diff(parts(A), parts('https://b.example.com'))).sentences[0]).toBe(
      'newly allows `https://b.example.com`, with credentials, to GET /orders/:id, DELETE /orders/:id, paths that no controller serves, the path `/files/*` and the policy `partner`',
    );
  });

  it('the same change on many routes is one sentence with their number', async () => {
    const routes = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`GET /r${index}`, 'forRoot()']),
    );
    const parts = (maxAge: number, credentials: boolean): Parts => ({
      policies: { 'forRoot()': { credentials, maxAge } },
      routes,
    });
    const { sentences } = await diff(parts(600, false), parts(60, true));
    expect(sentences).toEqual([
      'newly allows credentials, for `https://app.example.com`, to GET /r0, GET /r1, GET /r2, GET /r3, GET /r4, GET /r5 and 95 others',
      'changes how long browsers remember preflights from 600 s to 60 s for GET /r0, GET /r1, GET /r2, GET /r3, GET /r4, GET /r5 and 95 others',
    ]);
  });

  it('once `rejectDisallowed` is off', async () => {
    const on = policyFile({});
    const application = { ...on.application, rejectDisallowed: true };
    expect(await diff({ rest: { application } }, {})).toEqual({
      verdict: 'wider',
      sentences: [
        'newly allows requests from origins that a policy refuses to reach handlers (`rejectDisallowed` is off) in the application',
      ],
    });
    expect(await diff({}, { rest: { application } })).toEqual({
      verdict: 'narrower',
      sentences: [
        'no longer allows requests from origins that a policy refuses to reach handlers (`rejectDisallowed` is on) in the application',
      ],
    });
  });
});

describe('what code decides', () => {
  it('has the same name: nothing is new, and that its code is not compared is said', async () => {
    const decided: Values = { origin: { function: 'isPartner' } };
    expect(await changed(decided, decided)).toEqual({
      verdict: 'same',
      sentences: [
        'relies on `isPartner` as before, whose code is not compared, for DELETE /orders/:id',
      ],
    });
  });

  it('has another name, or was a list: it cannot be told', async () => {
    expect(
      (await changed({ origin: { class: 'Old' } }, { origin: { class: 'New' } })).verdict,
    ).toBe('unknown');
    expect(await changed({ origin: { class: 'Old' } }, {})).toEqual({
      verdict: 'unknown',
      sentences: [
        'cannot tell whether `https://app.example.com` was already allowed to DELETE /orders/:id',
        'may no longer allow what `Old` allowed to DELETE /orders/:id',
      ],
    });
    expect((await changed({}, { origin: { function: null } })).sentences[0]).toBe(
      'cannot tell whether what the function in @Cors() on Orders allows was already allowed to DELETE /orders/:id',
    );
    expect((await changed({ origin: '*' }, { origin: { function: null } })).verdict).toBe(
      'narrower',
    );
  });

  it('is no longer allowed anything: that is narrower for certain', async () => {
    expect(await changed({ origin: { function: 'isPartner' } }, { origin: false })).toEqual({
      verdict: 'narrower',
      sentences: ['may no longer allow what `isPartner` allowed to DELETE /orders/:id'],
    });
    const { verdict, sentences } = await diff(
      { routes: { 'GET /a': 'pass-through', 'GET /b': 'pass-through' } },
      { routes: { 'GET /a': false, 'GET /b': 'pass-through' } },
    );
    expect([verdict, sentences]).toEqual([
      'narrower',
      [
        'no longer leaves CORS to the handler, and allows no origin, at GET /a',
        'leaves CORS to the handler as before, whose code is not compared, at GET /b',
      ],
    ]);
  });

  it('is the handler itself, where CORS passes through', async () => {
    const before = { routes: { 'GET /a': 'forRoot()' } };
    const after = { routes: { 'GET /a': 'pass-through' } };
    expect(await diff(before, after)).toEqual({
      verdict: 'unknown',
      sentences: [
        'cannot tell what the handler allows, to which CORS now passes through, at GET /a',
      ],
    });
  });
});

describe('routes', () => {
  const OPEN = { policies: { '@Cors() on Open': { origin: '*' } } } as const;

  it('a new one under the policy that its path had is no access, and is named', async () => {
    expect(await diff({ routes: {} }, { routes: { 'GET /new': 'forRoot()' } })).toEqual({
      verdict: 'same',
      sentences: ['adds GET /new'],
    });
  });

  it('a new one under a wider policy is wider, measured by what its path had before', async () => {
    const after = { ...OPEN, routes: { 'GET /open/new': '@Cors() on Open' } };
    expect(await diff({}, after)).toEqual({
      verdict: 'wider',
      sentences: [
        'newly allows any origin, except `https://app.example.com`, to GET /open/new',
        'adds GET /open/new',
      ],
    });
    const paths = { '/open/*': '@Cors() on Open' };
    expect((await diff({ ...OPEN, rest: { paths } }, { ...after, rest: { paths } })).verdict).toBe(
      'same',
    );
  });

  it('one that is gone is narrower', async () => {
    expect(await diff({ routes: { 'GET /old': 'forRoot()' } }, {})).toEqual({
      verdict: 'narrower',
      sentences: ['removes GET /old'],
    });
  });

  const route = (name: string, policy: PolicyReference, handler = name): PolicyFileRoute => {
    const [method = '', path = ''] = name.split(' ');
    return { method, path, handler, policy };
  };
  const routed = (platform: string, ...routes: PolicyFileRoute[]): Parts => ({
    ...OPEN,
    rest: { routes, platform: { name: platform, router: {} } },
  });
  const any = (place: string) =>
    `newly allows any origin, except \`https://app.example.com\`, to ${place}`;

  it('in another order on Express, where another one serves: what it takes over is wider', async () => {
    const [one, other] = [
      route('GET /a/:id', 'forRoot()'),
      route('GET /a/:name', '@Cors() on Open'),
    ];
    const files = (platform: string) =>
      [routed(platform, one, other), routed(platform, other, one)] as const;
    expect(await diff(...files('express'))).toEqual({
      verdict: 'wider',
      sentences: [any('GET /a/:name (before served by GET /a/:id)')],
    });
    expect((await diff(...files('fastify'))).verdict).toBe('same');
    const [narrow, wide] = [
      route('PUT /:kind/new', false),
      route('ALL /a/*path', '@Cors() on Open'),
    ];
    expect(
      (await diff(routed('express', narrow, wide), routed('express', wide, narrow))).sentences,
    ).toEqual([
      'newly allows any origin to PUT /a/new (now served by ALL /a/*path, before by PUT /:kind/new)',
    ]);
    const apart = [route('GET /b/:id', 'forRoot()'), other] as const;
    expect(
      await diff(routed('express', ...apart), routed('express', ...apart.toReversed())),
    ).toEqual({ verdict: 'same', sentences: [] });
  });

  it('of one method and path in another order on Express: the first serves', async () => {
    const [one, other] = [
      route('GET /a', 'forRoot()', 'A.read'),
      route('GET /a', '@Cors() on Open', 'B.read'),
    ];
    expect(await diff(routed('express', one, other), routed('express', other, one))).toMatchObject({
      verdict: 'wider',
    });
  });

  it.each(['express', 'fastify'])(
    'on %s, a new one is measured by the route that served its path, and so is one that takes over from one that is gone',
    async (platform) => {
      const hidden = route('GET /a/:id', false);
      const shown = route('GET /a/export', 'forRoot()');
      expect(await diff(routed(platform, hidden), routed(platform, shown, hidden))).toEqual({
        verdict: 'wider',
        sentences: [
          'newly allows `https://app.example.com` to GET /a/export (before served by GET /a/:id)',
          'adds GET /a/export',
        ],
      });
      const open = route('GET /a/:id', '@Cors() on Open');
      expect(await diff(routed(platform, open), routed(platform, shown, open))).toEqual({
        verdict: 'narrower',
        sentences: [
          'no longer allows any origin, except `https://app.example.com`, to GET /a/export (before served by GET /a/:id)',
          'adds GET /a/export',
        ],
      });
      expect(await diff(routed(platform, shown, open), routed(platform, open))).toEqual({
        verdict: 'wider',
        sentences: [any('GET /a/export (now served by GET /a/:id)'), 'removes GET /a/export'],
      });
    },
  );

  it('is told apart from others of its path by host, version and constraints', async () => {
    const at = (policy: PolicyReference, rest: Partial<PolicyFileRoute>) => ({
      ...route('GET /a', policy),
      ...rest,
    });
    const files = (policy: PolicyReference) =>
      routed(
        'fastify',
        at(policy, { host: ['admin.example.com', { source: '^a', flags: '' }] }),
        at(policy, { version: ['1', '2'] }),
        at(policy, { constraints: { tenant: 'a' } }),
      );
    expect((await diff(files(false), files('@Cors() on Open'))).sentences).toEqual([
      'newly allows any origin to GET /a (host admin.example.com or /^a/), GET /a (version 1 or 2) and GET /a (tenant a)',
    ]);
  });

  it('that another router reads are named', async () => {
    const files = ['express', 'fastify'].map((name) => routed(name, route('GET /a', 'forRoot()')));
    const [before = {}, after = {}] = files;
    expect(await diff(before, after)).toEqual({
      verdict: 'same',
      sentences: [
        'changes the router from express to fastify, which may read paths differently, in the application',
      ],
    });
  });

  it('a policy with a name of `Object` is new', async () => {
    expect((await diff({}, { rest: { named: { constructor: 'forRoot()' } } })).verdict).toBe(
      'same',
    );
  });

  it('one that is renamed is compared with itself', async () => {
    const of = (path: string) =>
      routed('express', route(`GET ${path}`, '@Cors() on Open', 'C.read'));
    expect(await diff(of('/old'), of('/new'))).toEqual({
      verdict: 'same',
      sentences: ['renames GET /old to GET /new'],
    });
  });
});

it('1,000 origins at 10,000 routes are compared pair by pair of policies, not route by route', async () => {
  const origins = Array.from({ length: 1000 }, (_, index) => `https://a${index}.example.com`);
  const routes = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, index) => [`GET /r${index}`, 'forRoot()']),
  );
  const parts = (origin: string[]): Parts => ({ policies: { 'forRoot()': { origin } }, routes });
  const { verdict, sentences } = await diff(
    parts(origins),
    parts([...origins, 'https://new.example.org']),
  );
  expect([verdict, sentences.length]).toEqual(['wider', 1]);
  expect(sentences[0]).toMatch(
    /^newly allows `https:\/\/new\.example\.org` to GET .* 9995 others$/,
  );
});

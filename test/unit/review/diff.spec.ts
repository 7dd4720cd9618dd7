import { diffPolicies } from '../../../lib/review/diff.js';
import { type Parts, policyFile, type Values } from '../../support/policy-files.js';

const A = 'https://a.example.com';
const ROUTES = { 'GET /orders/:id': 'forRoot()', 'DELETE /orders/:id': 'forRoot()' } as const;

function diff(before: Parts, after: Parts): { verdict: string; sentences: readonly string[] } {
  const { verdict, changes } = diffPolicies(policyFile(before), policyFile(after));
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
      'a method that needs no preflight',
      { methods: ['PUT', 'DELETE'] },
      { methods: ['GET', 'PUT', 'DELETE'] },
    ],
  ])('%s', (_, before, after) => {
    expect(changed(before, after)).toEqual({ verdict: 'same', sentences: [] });
    expect(changed(after, before).verdict).toBe('same');
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
  ])('%j, then %j', (before, after, sentences) => {
    expect(changed(before, after)).toEqual({ verdict: 'wider', sentences });
    const back = changed(after, before);
    expect(back.verdict).toBe('narrower');
    expect(back.sentences.join()).not.toContain('newly allows');
  });

  it('beside what cannot be told: it is certain', () => {
    const { verdict, sentences } = changed(
      { origin: { function: 'isPartner' }, allowedHeaders: [] },
      { origin: { class: 'TenantOrigins' }, allowedHeaders: '*' },
    );
    expect([verdict, sentences]).toEqual([
      'wider',
      [
        'newly allows any request header to DELETE /orders/:id',
        'cannot tell whether what TenantOrigins decides was allowed before to DELETE /orders/:id',
        'cannot tell whether what isPartner decides was allowed after to DELETE /orders/:id',
      ],
    ]);
  });

  it('is said of everything that no controller serves, of paths and of named policies', () => {
    const parts = (origin: string): Parts => ({
      policies: { 'forRoot()': { origin: [origin], credentials: true } },
      rest: { named: { partner: 'forRoot()' }, paths: { '/files/*': 'forRoot()' } },
      routes: ROUTES,
    });
    expect(diff(parts(A), parts('https://b.example.com')).sentences[0]).toBe(
      'newly allows `https://b.example.com`, with credentials, to GET /orders/:id, DELETE /orders/:id, what no controller serves, the path `/files/*` and the policy `partner`',
    );
  });

  it('the same change on many routes is one sentence with their number', () => {
    const routes = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`GET /r${index}`, 'forRoot()']),
    );
    const parts = (maxAge: number, credentials: boolean): Parts => ({
      policies: { 'forRoot()': { credentials, maxAge } },
      routes,
    });
    const { sentences } = diff(parts(600, false), parts(60, true));
    expect(sentences).toEqual([
      'newly allows credentials, for `https://app.example.com`, to GET /r0, GET /r1, GET /r2, GET /r3, GET /r4, GET /r5 and 95 others',
      'lets browsers remember preflights for 60 s, not 600 s, for GET /r0, GET /r1, GET /r2, GET /r3, GET /r4, GET /r5 and 95 others',
    ]);
  });

  it('once `rejectDisallowed` is off', () => {
    const on = policyFile({});
    const application = { ...on.application, rejectDisallowed: true };
    expect(diff({ rest: { application } }, {})).toEqual({
      verdict: 'wider',
      sentences: [
        'newly allows requests of origins that are not allowed to reach handlers (`rejectDisallowed`): the application',
      ],
    });
  });
});

describe('what code decides', () => {
  it('has the same name: nothing is new, and that its code is not compared is said', () => {
    const decided: Values = { origin: { function: 'isPartner' } };
    expect(changed(decided, decided)).toEqual({
      verdict: 'same',
      sentences: [
        'isPartner decides before and after, whose code is not compared, for DELETE /orders/:id',
      ],
    });
  });

  it('has another name, or was a list: it cannot be told', () => {
    expect(changed({ origin: { class: 'Old' } }, { origin: { class: 'New' } }).verdict).toBe(
      'unknown',
    );
    expect(changed({ origin: { class: 'Old' } }, {})).toEqual({
      verdict: 'unknown',
      sentences: [
        'cannot tell whether `https://app.example.com` was allowed before to DELETE /orders/:id',
        'cannot tell whether what Old decides was allowed after to DELETE /orders/:id',
      ],
    });
    expect(changed({}, { origin: { function: null } }).sentences[0]).toBe(
      'cannot tell whether what the function in @Cors() on Orders decides was allowed before to DELETE /orders/:id',
    );
    expect(changed({ origin: '*' }, { origin: { function: null } }).verdict).toBe('narrower');
  });

  it('is the handler itself, where CORS passes through', () => {
    const before = { routes: { 'GET /a': 'forRoot()' } };
    const after = { routes: { 'GET /a': 'pass-through' } };
    expect(diff(before, after)).toEqual({
      verdict: 'unknown',
      sentences: ['cannot tell: CORS passes through to the handler, before or after, for GET /a'],
    });
  });
});

describe('routes', () => {
  const OPEN = { policies: { '@Cors() on Open': { origin: '*' } } } as const;

  it('a new one under the policy that its path had is no access, and is named', () => {
    expect(diff({ routes: {} }, { routes: { 'GET /new': 'forRoot()' } })).toEqual({
      verdict: 'same',
      sentences: ['is new: GET /new'],
    });
  });

  it('a new one under a wider policy is wider, measured by what its path had before', () => {
    const after = { ...OPEN, routes: { 'GET /open/new': '@Cors() on Open' } };
    expect(diff({}, after)).toEqual({
      verdict: 'wider',
      sentences: [
        'newly allows any origin, except `https://app.example.com`, to GET /open/new',
        'is new: GET /open/new',
      ],
    });
    const paths = { '/open/*': '@Cors() on Open' };
    expect(diff({ ...OPEN, rest: { paths } }, { ...after, rest: { paths } }).verdict).toBe('same');
  });

  it('one that is gone is narrower', () => {
    expect(diff({ routes: { 'GET /old': 'forRoot()' } }, {})).toEqual({
      verdict: 'narrower',
      sentences: ['is gone: GET /old'],
    });
  });

  it('one that is renamed is compared with itself', () => {
    const route = (path: string) => ({
      method: 'GET',
      path,
      handler: 'C.read',
      policy: '@Cors() on Open',
    });
    const of = (path: string): Parts => ({ ...OPEN, rest: { routes: [route(path)] } });
    expect(diff(of('/old'), of('/new'))).toEqual({
      verdict: 'same',
      sentences: ['is renamed from GET /old: GET /new'],
    });
  });
});

it('1,000 origins at 10,000 routes are compared pair by pair of policies, not route by route', () => {
  const origins = Array.from({ length: 1000 }, (_, index) => `https://a${index}.example.com`);
  const routes = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, index) => [`GET /r${index}`, 'forRoot()']),
  );
  const parts = (origin: string[]): Parts => ({ policies: { 'forRoot()': { origin } }, routes });
  const { verdict, sentences } = diff(
    parts(origins),
    parts([...origins, 'https://new.example.org']),
  );
  expect([verdict, sentences.length]).toEqual(['wider', 1]);
  expect(sentences[0]).toMatch(
    /^newly allows `https:\/\/new\.example\.org` to GET .* 9995 others$/,
  );
});

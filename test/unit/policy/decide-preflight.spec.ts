import { decidePreflight, undecidedPreflight } from '../../../lib/policy/decide-preflight.js';
import type { CorsPolicy, CorsRequest } from '../../../lib/policy/policy.js';
import { ANY, APP, EVIL, listed, policy } from './policies.js';
import { setsMade } from './sets-made.js';

const REQUEST: CorsRequest = {
  origin: APP,
  method: 'PUT',
  url: '/',
  hostname: 'api.example.com',
  protocol: 'https',
};

function decide(
  policies: readonly (CorsPolicy | false)[],
  { origin = APP, method = 'PUT', headers = undefined as string | undefined } = {},
) {
  return decidePreflight(
    { policies, mapped: [{ method: 'PUT', policies }], takesMethod: true },
    { origin, method, requestHeaders: headers, toCorsRequest: () => REQUEST },
  );
}

const refused = (outcome: string) => ({
  outcome,
  status: 403,
  headers: ['Vary', 'Origin', 'Content-Length', '0'],
});
const refusedWithoutVary = (outcome: string) => ({
  outcome,
  status: 403,
  headers: ['Content-Length', '0'],
});

describe('refused', () => {
  it.each<[string, readonly (CorsPolicy | false)[], object, object]>([
    ['an origin that is not listed', [policy()], { origin: EVIL }, refused('origin-not-allowed')],
    ['null', [policy()], { origin: 'null' }, refused('origin-not-allowed')],
    [
      'a value that is not an origin',
      [policy()],
      { origin: 'nonsense' },
      refused('malformed-origin'),
    ],
    [
      'more than 512 bytes although any origin is allowed',
      [policy({ origin: ANY })],
      { origin: `https://${'a'.repeat(505)}` },
      refusedWithoutVary('malformed-origin'),
    ],
    ['CORS switched off', [false], {}, refusedWithoutVary('cors-disabled')],
    ['switched off for every candidate', [false, false], {}, refusedWithoutVary('cors-disabled')],
    ['malformed headers', [policy()], { headers: 'x-a, {}' }, refused('malformed-request-headers')],
    [
      'malformed headers, any origin',
      [policy({ origin: ANY })],
      { headers: '{}' },
      refusedWithoutVary('malformed-request-headers'),
    ],
    [
      'a function says no',
      [policy({ origin: { kind: 'dynamic', allows: () => false } })],
      {},
      refused('origin-not-allowed'),
    ],
  ])('%s', (_, policies, facts, decision) => {
    expect(decide(policies, facts)).toEqual(decision);
  });

  it('what is not an origin reaches neither RegExps nor functions, although a version allows any', () => {
    const asked: string[] = [];
    const ask = (origin: string) => {
      asked.push(origin);
      return origin !== 'null';
    };
    const listedOrigins = { kind: 'listed', exact: new Set<string>(), matches: ask } as const;
    const others = [
      policy({ origin: { kind: 'dynamic', allows: ask }, credentials: true }),
      policy({ origin: listedOrigins, credentials: true }),
      false,
    ] as const;
    const any = policy({ origin: ANY });
    const target = {
      policies: [any, ...others],
      mapped: [{ method: 'GET', policies: [policy({ origin: listedOrigins })] }],
      takesMethod: true,
    };
    const decision = decidePreflight(target, {
      origin: 'file://',
      method: 'PUT',
      requestHeaders: undefined,
      toCorsRequest: () => REQUEST,
    });
    expect([decision, asked]).toEqual([
      {
        outcome: 'allowed',
        status: 204,
        headers: [
          'Access-Control-Allow-Origin',
          '*',
          'Vary',
          'Origin',
          'Access-Control-Allow-Methods',
          'PUT',
          'Access-Control-Max-Age',
          '600',
        ],
      },
      ['null'],
    ]);
  });

  it('a path that can be read in several ways is refused by that name, and varies', () => {
    const target = { policies: [false as const], mapped: [], takesMethod: true };
    const facts = {
      origin: APP,
      method: 'PUT',
      requestHeaders: undefined,
      toCorsRequest: () => REQUEST,
    };
    expect(
      [true, false].map((isAmbiguous) => decidePreflight({ ...target, isAmbiguous }, facts)),
    ).toEqual([refused('ambiguous-path'), refusedWithoutVary('cors-disabled')]);
  });

  it('where no decision could be made', () => {
    expect(undecidedPreflight()).toEqual(refused('undecided'));
  });

  it('a malformed origin reaches no function', () => {
    const asked: string[] = [];
    const ask = (origin: string) => {
      asked.push(origin);
      return true;
    };
    const decision = decide([policy({ origin: { kind: 'dynamic', allows: ask } })], {
      origin: 'https://a b',
    });
    expect([decision, asked]).toEqual([refused('malformed-origin'), []]);
  });
});

it.each([
  ['of 512 bytes', 'x'.repeat(512), 'allowed'],
  ['of more', 'x'.repeat(513), 'malformed-origin'],
])('what is not an origin, %s, where a version allows any: %s', (_, origin, outcome) => {
  const any = policy({ origin: ANY });
  const decisions = [[any], [false, any], [false, policy(), any]].map((policies) =>
    decide(policies as (CorsPolicy | false)[], { origin }),
  );
  expect(decisions).toMatchObject([{ outcome }, { outcome }, { outcome }]);
});

it('an origin of the list itself was looked at when the application started', () => {
  const origin = {
    kind: 'listed',
    exact: new Set(['as listed']),
    matches: (asked: string) => asked === 'as listed',
  } as const;
  const own = policy({ origin });
  for (const policies of [[own], [false, own], [policy(), own]] as const) {
    expect(
      ['as listed', 'not listed'].map((from) => decide(policies, { origin: from })),
    ).toMatchObject([{ outcome: 'allowed' }, { outcome: 'malformed-origin' }]);
  }
});

it('another method is announced by what its own policy says of the origin and the request', () => {
  const asked: unknown[] = [];
  const rule: CorsPolicy['origin'] = {
    kind: 'dynamic',
    allows: () => true,
    ignoresMethod: (...args) => asked.push(args) > 0,
  };
  const announcing = (own: CorsPolicy, other: CorsPolicy) =>
    decidePreflight(
      {
        policies: [own],
        mapped: [
          { method: 'PUT', policies: [own] },
          { method: 'GET', policies: [other] },
        ],
        takesMethod: true,
      },
      { origin: APP, method: 'PUT', requestHeaders: undefined, toCorsRequest: () => REQUEST },
    );
  const allowed = {
    headers: expect.arrayContaining(['Access-Control-Allow-Methods', 'PUT, GET']),
  };
  expect(announcing(policy(), policy())).toMatchObject(allowed);
  expect(announcing(policy({ origin: rule }), policy({ origin: rule }))).toMatchObject(allowed);
  expect(asked).toEqual([[REQUEST, 'GET']]);
});

it('credentials are never allowed to every origin', () => {
  expect(decide([policy({ origin: ANY, credentials: true })])).toMatchObject({
    headers: [
      'Access-Control-Allow-Origin',
      APP,
      'Access-Control-Allow-Credentials',
      'true',
      'Access-Control-Allow-Methods',
      'PUT',
      'Access-Control-Max-Age',
      '600',
    ],
  });
});

it('a list of headers stays as it is although `*` is asked for', () => {
  expect(decide([policy({ allowedHeaders: ['x-a'] })], { headers: '*,x-b' })).toMatchObject({
    outcome: 'header-not-allowed',
    headers: expect.arrayContaining(['Access-Control-Allow-Headers', 'x-a']),
  });
});

describe('allowed', () => {
  const lines = (...headers: string[]) => headers;

  it.each<[string, CorsPolicy, object, string, string[]]>([
    [
      'a policy of defaults',
      policy(),
      {},
      'allowed',
      lines(
        'Access-Control-Allow-Origin',
        APP,
        'Vary',
        'Origin',
        'Access-Control-Allow-Methods',
        'PUT',
        'Access-Control-Max-Age',
        '600',
      ),
    ],
    [
      'credentials and headers asked for',
      policy({ credentials: true, maxAge: 0 }),
      { headers: 'x-a,content-type' },
      'allowed',
      lines(
        'Access-Control-Allow-Origin',
        APP,
        'Vary',
        'Origin',
        'Access-Control-Allow-Credentials',
        'true',
        'Access-Control-Allow-Methods',
        'PUT',
        'Access-Control-Allow-Headers',
        'x-a, content-type',
        'Access-Control-Max-Age',
        '0',
      ),
    ],
    [
      'any origin',
      policy({ origin: ANY }),
      { origin: EVIL, headers: 'x-a' },
      'allowed',
      lines(
        'Access-Control-Allow-Origin',
        '*',
        'Access-Control-Allow-Methods',
        'PUT',
        'Access-Control-Allow-Headers',
        'x-a',
        'Access-Control-Max-Age',
        '600',
      ),
    ],
    [
      'a list of headers that has them all',
      policy({ allowedHeaders: ['x-a', 'x-b'] }),
      { headers: 'x-b' },
      'allowed',
      lines(
        'Access-Control-Allow-Origin',
        APP,
        'Vary',
        'Origin',
        'Access-Control-Allow-Methods',
        'PUT',
        'Access-Control-Allow-Headers',
        'x-a, x-b',
        'Access-Control-Max-Age',
        '600',
      ),
    ],
    [
      'a list of headers that lacks one',
      policy({ allowedHeaders: ['x-a'] }),
      { headers: 'x-a,x-b' },
      'header-not-allowed',
      lines(
        'Access-Control-Allow-Origin',
        APP,
        'Vary',
        'Origin',
        'Access-Control-Allow-Methods',
        'PUT',
        'Access-Control-Allow-Headers',
        'x-a',
        'Access-Control-Max-Age',
        '600',
      ),
    ],
    [
      'an empty list of headers',
      policy({ allowedHeaders: [] }),
      { headers: 'x-a' },
      'header-not-allowed',
      lines(
        'Access-Control-Allow-Origin',
        APP,
        'Vary',
        'Origin',
        'Access-Control-Allow-Methods',
        'PUT',
        'Access-Control-Max-Age',
        '600',
      ),
    ],
    [
      'a header named *',
      policy(),
      { headers: '*' },
      'header-not-allowed',
      lines(
        'Access-Control-Allow-Origin',
        APP,
        'Vary',
        'Origin',
        'Access-Control-Allow-Methods',
        'PUT',
        'Access-Control-Max-Age',
        '600',
      ),
    ],
    [
      'a method that is not listed',
      policy({ methods: ['PATCH'] }),
      {},
      'method-not-allowed',
      lines(
        'Access-Control-Allow-Origin',
        APP,
        'Vary',
        'Origin',
        'Access-Control-Allow-Methods',
        'PATCH',
        'Access-Control-Max-Age',
        '600',
      ),
    ],
    [
      'a safelisted method that is not listed, which browsers send all the same',
      policy({ methods: [] }),
      { method: 'POST' },
      'allowed',
      lines('Access-Control-Allow-Origin', APP, 'Vary', 'Origin', 'Access-Control-Max-Age', '600'),
    ],
    [
      'method before header',
      policy({ methods: [], allowedHeaders: [] }),
      { headers: 'x-a' },
      'method-not-allowed',
      lines('Access-Control-Allow-Origin', APP, 'Vary', 'Origin', 'Access-Control-Max-Age', '600'),
    ],
  ])('%s', (_, only, facts, outcome, headers) => {
    expect(decide([only], facts)).toEqual({ outcome, status: 204, headers });
  });

  it('a function receives the request', () => {
    const asked: unknown[] = [];
    const ask = (origin: string, request: CorsRequest) => {
      asked.push([origin, request]);
      return true;
    };
    const decision = decide([policy({ origin: { kind: 'dynamic', allows: ask } })]);
    expect([decision, asked]).toEqual([
      {
        outcome: 'allowed',
        status: 204,
        headers: [
          'Access-Control-Allow-Origin',
          APP,
          'Vary',
          'Origin',
          'Access-Control-Allow-Methods',
          'PUT',
          'Access-Control-Max-Age',
          '600',
        ],
      },
      [[APP, REQUEST]],
    ]);
  });

  it.each([
    [true, 204],
    [false, 403],
  ])('a function may take its time: %s', async (answer, status) => {
    const late = policy({ origin: { kind: 'dynamic', allows: () => Promise.resolve(answer) } });
    const pending = decide([late]);
    expect([pending instanceof Promise, (await pending).status]).toEqual([true, status]);
  });
});

describe('several candidates', () => {
  it('allow what any of them allows', () => {
    const one = policy({
      credentials: true,
      maxAge: 60,
      allowedHeaders: ['x-a', '*'],
      methods: ['PUT'],
    });
    const two = policy({ origin: ANY, allowedHeaders: ['x-b', 'x-a'], methods: ['PATCH'] });
    expect(decide([one, false, two], { headers: 'x-b' })).toEqual({
      outcome: 'allowed',
      status: 204,
      headers: [
        'Access-Control-Allow-Origin',
        APP,
        'Vary',
        'Origin',
        'Access-Control-Allow-Credentials',
        'true',
        'Access-Control-Allow-Methods',
        'PUT, PATCH',
        'Access-Control-Allow-Headers',
        'x-a, x-b',
        'Access-Control-Max-Age',
        '60',
      ],
    });
  });

  it('announce what is asked for once, without `*`, together with what one of them lists', () => {
    const asked = [policy({ credentials: true }), policy({ credentials: true, maxAge: 60 })];
    const listing = policy({ credentials: true, allowedHeaders: ['x-c', 'x-a'] });
    const announcing = (names: string) => ({ headers: expect.arrayContaining([names]) });
    const sent = { headers: 'x-a,*,x-b' };
    expect(decide(asked, sent)).toMatchObject(announcing('x-a, x-b'));
    expect(decide([...asked, listing], sent)).toMatchObject(announcing('x-a, x-b, x-c'));
  });

  it('where only one allows the origin, only its lists count, and the response varies', () => {
    const one = policy({ credentials: true, methods: ['PUT'] });
    const open = policy({ origin: ANY, methods: ['PATCH'] });
    expect(decide([one, open], { origin: EVIL, method: 'PATCH' })).toEqual({
      outcome: 'allowed',
      status: 204,
      headers: [
        'Access-Control-Allow-Origin',
        '*',
        'Vary',
        'Origin',
        'Access-Control-Allow-Methods',
        'PATCH',
        'Access-Control-Max-Age',
        '600',
      ],
    });
  });

  it('name the origin unless any origin is allowed by all', () => {
    const one = policy({ methods: ['PUT'], maxAge: 0 });
    const open = policy({ origin: ANY, methods: ['PATCH'], maxAge: 5 });
    expect(decide([open, one])).toEqual({
      outcome: 'allowed',
      status: 204,
      headers: [
        'Access-Control-Allow-Origin',
        APP,
        'Vary',
        'Origin',
        'Access-Control-Allow-Methods',
        'PATCH, PUT',
        'Access-Control-Max-Age',
        '0',
      ],
    });
  });

  it('wait for the slowest function', async () => {
    const yes = policy({
      origin: { kind: 'dynamic', allows: () => Promise.resolve(true) },
      maxAge: 7,
    });
    const no = policy({ origin: listed(EVIL) });
    expect(await decide([no, yes])).toEqual({
      outcome: 'allowed',
      status: 204,
      headers: [
        'Access-Control-Allow-Origin',
        APP,
        'Vary',
        'Origin',
        'Access-Control-Allow-Methods',
        'PUT',
        'Access-Control-Max-Age',
        '7',
      ],
    });
  });
});

it.each([
  [40, 'allowed'],
  [41, 'header-not-allowed'],
])('of a long list of allowed headers, %s requested ones are %s', (count, outcome) => {
  const names = Array.from({ length: 41 }, (_, index) => `x-${index + 10}`);
  const long = policy({ allowedHeaders: names.slice(0, 40).toReversed() });
  expect(decide([long], { headers: names.slice(0, count).join() })).toMatchObject({
    outcome,
    headers: expect.arrayContaining([names.slice(0, 40).toReversed().join(', ')]),
  });
});

it.each([1, 15, 16, 17, 128])('%s names that are asked for are sent back', (count) => {
  const names = Array.from({ length: count }, (_, index) => `x-${index + 100}`);
  expect(decide([policy()], { headers: names.join() })).toMatchObject({
    outcome: 'allowed',
    headers: expect.arrayContaining(['Access-Control-Allow-Headers', names.join(', ')]),
  });
});

it.each<[why: string, policies: readonly CorsPolicy[], headers: string, made: number]>([
  ['of names that are asked for', [policy()], sorted(100), 0],
  ['of the same names for two versions', [policy(), policy({ maxAge: 5 })], sorted(100), 0],
  ['of a list of 16', [policy({ allowedHeaders: sorted(16).split(',') })], 'x-110', 0],
  ['of a list of 17', [policy({ allowedHeaders: sorted(17).split(',') })], 'x-110', 1],
])('how many sets are made %s', (_, policies, headers, made) => {
  expect(setsMade(() => void decide(policies, { headers }))).toBe(made);
});

/** So many names, sorted. */
function sorted(count: number): string {
  return Array.from({ length: count }, (_, index) => `x-${index + 100}`).join();
}

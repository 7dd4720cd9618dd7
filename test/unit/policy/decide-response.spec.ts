import {
  decideAtOnce,
  decideResponse,
  prepareAmbiguous,
  prepareResponses,
} from '../../../lib/policy/decide-response.js';
import type { CorsPolicy, CorsRequest } from '../../../lib/policy/policy.js';
import { ANY, APP, EVIL, policy } from './policies.js';

const REQUEST: CorsRequest = {
  origin: APP,
  method: 'GET',
  url: '/',
  hostname: 'api.example.com',
  protocol: 'https',
};
const decide = (of: CorsPolicy | false, origin: string | undefined) =>
  decideResponse(prepareResponses(of), { origin, toCorsRequest: () => REQUEST });

describe('listed origins', () => {
  it.each<[string, Partial<CorsPolicy>, string[]]>([
    ['a policy of defaults', {}, []],
    ['credentials', { credentials: true }, ['Access-Control-Allow-Credentials', 'true']],
    [
      'exposed headers',
      { exposedHeaders: ['etag', 'x-a'] },
      ['Access-Control-Expose-Headers', 'etag, x-a'],
    ],
    ['timing', { timingAllowOrigin: true }, ['Timing-Allow-Origin', APP]],
    [
      'everything',
      { credentials: true, exposedHeaders: ['etag'], timingAllowOrigin: true },
      [
        'Access-Control-Allow-Credentials',
        'true',
        'Access-Control-Expose-Headers',
        'etag',
        'Timing-Allow-Origin',
        APP,
      ],
    ],
  ])('%s', (_, changes, headers) => {
    expect(decide(policy(changes), APP)).toEqual({
      outcome: 'allowed',
      headers: ['Access-Control-Allow-Origin', APP, ...headers],
      varyByOrigin: true,
    });
  });

  it.each([
    [EVIL, 'origin-not-allowed'],
    ['null', 'origin-not-allowed'],
    [`${APP}/`, 'malformed-origin'],
    ['', 'malformed-origin'],
    [`https://${'a'.repeat(600)}.com`, 'malformed-origin'],
    [undefined, 'not-a-cors-request'],
  ])('%.40s: %s', (origin, outcome) => {
    expect(decide(policy({ credentials: true, exposedHeaders: ['etag'] }), origin)).toEqual({
      outcome,
      headers: [],
      varyByOrigin: true,
    });
  });
});

describe('any origin', () => {
  const open = policy({ origin: ANY, exposedHeaders: ['*'], timingAllowOrigin: true });

  it.each([
    [APP, 'allowed'],
    ['null', 'allowed'],
    ['nonsense', 'allowed'],
    [undefined, 'not-a-cors-request'],
  ])('%s: the same headers, whatever the origin', (origin, outcome) => {
    expect(decide(open, origin)).toEqual({
      outcome,
      headers: [
        'Access-Control-Allow-Origin',
        '*',
        'Access-Control-Expose-Headers',
        '*',
        'Timing-Allow-Origin',
        '*',
      ],
      varyByOrigin: false,
    });
  });
});

it.each([APP, 'nonsense', undefined])('switched off, origin %s', (origin) => {
  expect(decide(false, origin)).toEqual({
    outcome: 'cors-disabled',
    headers: [],
    varyByOrigin: false,
  });
});

describe('a function', () => {
  it.each([true, false])('that answers at once: %s', (answer) => {
    const calls: unknown[] = [];
    const ask = (...args: unknown[]) => {
      calls.push(args);
      return answer;
    };
    const decision = decide(policy({ origin: { kind: 'dynamic', allows: ask } }), APP);
    expect([decision, calls]).toEqual([
      {
        outcome: answer ? 'allowed' : 'origin-not-allowed',
        headers: answer ? ['Access-Control-Allow-Origin', APP] : [],
        varyByOrigin: true,
      },
      [[APP, REQUEST]],
    ]);
  });

  it.each([true, false])('that takes its time: %s', async (answer) => {
    const decision = decide(
      policy({ origin: { kind: 'dynamic', allows: () => Promise.resolve(answer) } }),
      APP,
    );
    expect([decision instanceof Promise, (await decision).outcome]).toEqual([
      true,
      answer ? 'allowed' : 'origin-not-allowed',
    ]);
  });

  it.each(['nonsense', undefined])('is not asked about %s', (origin) => {
    const ask = () => {
      throw new Error('asked');
    };
    const decision = decide(policy({ origin: { kind: 'dynamic', allows: ask } }), origin);
    expect(decision).toMatchObject({ headers: [] });
  });
});

it('what is prepared is frozen', () => {
  const frozen = [policy(), policy({ origin: ANY }), false as const].map((each) =>
    prepareResponses(each),
  );
  expect(
    frozen
      .flatMap((one) => [one, one.withoutOrigin, one.notAllowed, one.malformed])
      .every(Object.isFrozen),
  ).toBe(true);
});

it('the headers for any origin are frozen, as they are the same for all', () => {
  const { allowed, withoutOrigin } = prepareResponses(policy({ origin: ANY }));
  expect([allowed(APP), withoutOrigin].map(({ headers }) => Object.isFrozen(headers))).toEqual([
    true,
    true,
  ]);
});

it('of what is prepared, preflights have the policy as their only candidate', () => {
  const own = policy();
  const open = policy({ origin: ANY });
  const prepared = [
    prepareResponses(own),
    prepareResponses(open),
    prepareResponses(false),
    prepareResponses(false, 'passed-through'),
    prepareAmbiguous(),
  ];
  expect(
    prepared.map(({ alone, passesThrough, policy: of }) => [alone, passesThrough, of]),
  ).toEqual([
    [[own], false, own],
    [[open], false, open],
    [[false], false, false],
    [[false], true, false],
    [[false], false, false],
  ]);
  expect(prepared.map(({ known }) => known.size)).toEqual([0, 0, 0, 0, 0]);
});

it.each([APP, 'nonsense', undefined])('passed through, origin %s', (origin) => {
  const prepared = prepareResponses(false, 'passed-through');
  expect(decideResponse(prepared, { origin, toCorsRequest: () => REQUEST })).toEqual({
    outcome: 'passed-through',
    headers: [],
    varyByOrigin: false,
  });
});

it('where a path can be read in several ways, no origin is allowed, and the response varies', () => {
  const prepared = prepareAmbiguous();
  const decisions = [APP, 'nonsense', undefined].map((origin) =>
    decideResponse(prepared, { origin, toCorsRequest: () => REQUEST }),
  );
  const refused = { outcome: 'ambiguous-path', headers: [], varyByOrigin: true };
  const without = { ...refused, outcome: 'not-a-cors-request' };
  expect(decisions).toEqual([refused, refused, without]);
  expect(prepared.allowed(APP)).toEqual(refused);
  expect([prepared, ...decisions].every(Object.isFrozen)).toBe(true);
});

it('a policy that is switched off has no decision that allows', () => {
  const off = prepareResponses(false);
  const outcomes = [off.withoutOrigin, off.notAllowed, off.malformed, off.allowed(APP)].map(
    ({ outcome, headers }) => [outcome, ...headers],
  );
  expect(outcomes).toEqual(Array.from({ length: 4 }, () => ['cors-disabled']));
});

it('a thousand decisions are kept, however many origins are listed and asked about', () => {
  const listed = Array.from({ length: 2500 }, (_, index) => `https://t${index}.example.com`);
  const origin = { kind: 'listed', exact: new Set(listed), matches: () => true } as const;
  const prepared = prepareResponses(policy({ origin }));
  const wrong = listed.concat(listed.slice(0, 100)).filter((from) => {
    const decision = decideResponse(prepared, { origin: from, toCorsRequest: () => REQUEST });
    const { headers } = decision as { headers: readonly string[] };
    return headers[1] !== from || prepared.known.size > 1000 || !prepared.known.has(from);
  });
  expect(wrong).toEqual([]);
});

it('several exact origins are known at the same time', () => {
  const others = [APP, 'https://other.example.com'];
  const origin = { kind: 'listed', exact: new Set(others), matches: () => true } as const;
  const prepared = prepareResponses(policy({ origin }));
  const decideAll = () =>
    others.map((from) => decideResponse(prepared, { origin: from, toCorsRequest: () => REQUEST }));
  const [first, again] = [decideAll(), decideAll()];
  expect(again.map((decision, index) => decision === first[index])).toEqual([true, true]);
});

it('an exact origin gets the same decision each time, any other origin a new one', () => {
  const SUB = 'https://sub.example.com';
  const origin = { kind: 'listed', exact: new Set([APP]), matches: () => true } as const;
  const prepared = prepareResponses(policy({ origin }));
  const decideFor = (from: string) =>
    decideResponse(prepared, { origin: from, toCorsRequest: () => REQUEST });
  const twice = [APP, SUB].map((from) => [decideFor(from), decideFor(from)] as const);
  expect([twice.map(([one, other]) => one === other), [...prepared.known.keys()]]).toEqual([
    [true, false],
    [APP],
  ]);
  expect(twice.map(([one, other]) => [one, other])).toEqual(
    [APP, SUB].map((from) => {
      const headers = ['Access-Control-Allow-Origin', from];
      const allowed = { outcome: 'allowed', headers, varyByOrigin: true };
      return [allowed, allowed];
    }),
  );
});

it('at once, what a function of the user would decide is granted to nobody', () => {
  const allows = () => {
    throw new Error('Called, although nobody may be asked.');
  };
  const prepared = prepareResponses(policy({ origin: { kind: 'dynamic', allows } }));
  expect([APP, `${APP}/`, undefined].map((origin) => decideAtOnce(prepared, origin))).toEqual([
    { outcome: 'undecided', headers: [], varyByOrigin: true },
    { outcome: 'malformed-origin', headers: [], varyByOrigin: true },
    { outcome: 'not-a-cors-request', headers: [], varyByOrigin: true },
  ]);
});

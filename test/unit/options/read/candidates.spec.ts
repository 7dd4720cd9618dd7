import { compile, handlerOf, NONE, summaryOf } from '../configuration.js';

const APP = 'https://app.example.com';

const onMethod = (...written: unknown[]) => written.map((one) => handlerOf(NONE, one));

/** What applies, and what would apply with `reportOnly`: of the global policy, handlers, paths. */
function maxAges(options: object, ...written: unknown[]) {
  const { candidate, ...compiled } = compile(
    { origin: APP, maxAge: 1, ...options },
    ...onMethod(...written),
  );
  const live = [compiled.global, ...compiled.policies];
  return {
    live: live.map((policy) => policy && policy.maxAge),
    candidate: candidate?.map(({ policy }) => policy && policy.maxAge),
  };
}

const POLICIES = {
  plain: { maxAge: 10 },
  tried: { maxAge: 20, reportOnly: { maxAge: 21 } },
};

describe('what `reportOnly` tries', () => {
  test('is nothing where it is nowhere', () => {
    const options = { policies: { plain: { maxAge: 10 } }, paths: { '/files/*': 'plain' } };
    expect(maxAges(options, NONE, {}, 'plain', false)).toEqual({
      live: [1, 1, 1, 10, false],
      candidate: undefined,
    });
  });

  test.each<
    [where: string, options: object, written: unknown[], live: unknown[], tried: unknown[]]
  >([
    ['forRoot()', { reportOnly: { maxAge: 2 } }, [NONE, { maxAge: 3 }], [1, 1, 3], [2, 2, 3]],
    ['a policy that nobody names', { policies: POLICIES }, [NONE], [1, 1], [1, 1]],
    ['a named policy', { policies: POLICIES }, ['tried', 'plain'], [1, 20, 10], [1, 21, 10]],
    [
      'a named policy under options of their own',
      { policies: POLICIES },
      [
        { policy: 'tried', maxAge: 30 },
        { policy: 'tried', credentials: true },
      ],
      [1, 30, 20],
      [1, 30, 21],
    ],
    [
      '@Cors()',
      { policies: POLICIES },
      [
        { reportOnly: { maxAge: 40 } },
        { policy: 'plain', reportOnly: { maxAge: 41 } },
        { policy: 'tried', reportOnly: { maxAge: 42 } },
        { policy: 'plain', reportOnly: { credentials: true } },
        { policy: 'tried', reportOnly: { credentials: true } },
        { maxAge: 43, reportOnly: { credentials: true } },
      ],
      [1, 1, 10, 20, 10, 20, 43],
      [1, 40, 41, 42, 10, 21, 43],
    ],
    ['@Cors() alone', {}, [{ reportOnly: { maxAge: 50 } }, NONE], [1, 1, 1], [1, 50, 1]],
    [
      '@Cors() beside none',
      {},
      [false, { reportOnly: { maxAge: 50 } }],
      [1, false, 1],
      [1, false, 50],
    ],
    [
      'paths',
      { paths: { '/a': { reportOnly: { maxAge: 60 } }, '/b': { maxAge: 61 } } },
      [NONE],
      [1, 1],
      [1, 1, 60, 61],
    ],
  ])('in %s', (_, options, written, live, candidate) => {
    expect(maxAges(options, ...written)).toEqual({ live, candidate });
  });

  test('where CORS passes through, it does so in either', () => {
    const { candidate, ...compiled } = compile(
      { origin: APP, reportOnly: { maxAge: 2 } },
      ...onMethod({ passThrough: true }),
    );
    expect([compiled.policies, candidate?.map(({ declared }) => declared)]).toEqual([
      [false],
      [expect.any(Object), 'pass-through'],
    ]);
  });
});

test.each<[options: object, written: unknown, ...issues: string[]]>([
  [{ reportOnly: ['x'] }, NONE, 'forRoot().reportOnly report-only-wrong-type'],
  [{ reportOnly: { maxAge: -1 } }, NONE, 'forRoot().reportOnly.maxAge max-age-out-of-range'],
  [
    { policies: { public: { reportOnly: { maxAge: -1 } } } },
    NONE,
    'forRoot().policies.public.reportOnly.maxAge max-age-out-of-range',
  ],
  [
    { policies: { public: { credentials: true, reportOnly: { origin: '*' } } } },
    NONE,
    'forRoot().policies.public.reportOnly.origin wildcard-origin-with-credentials',
  ],
  [
    {},
    { reportOnly: { maxAge: -1 } },
    '@Cors() on OrdersController.update: reportOnly: maxAge max-age-out-of-range',
  ],
  [{ reportOnly: { reportOnly: {} } }, NONE, 'forRoot().reportOnly.reportOnly misplaced-option'],
  [{ passThrough: true }, NONE, 'forRoot().passThrough misplaced-option'],
  [
    { policies: { public: { passThrough: true } } },
    NONE,
    'forRoot().policies.public.passThrough misplaced-option',
  ],
  [{}, { passThrough: true }],
  [
    {},
    { passThrough: false },
    '@Cors() on OrdersController.update: passThrough pass-through-not-true',
  ],
  [
    {},
    { passThrough: true, maxAge: 60 },
    '@Cors() on OrdersController.update: passThrough pass-through-with-options',
  ],
])('%j with @Cors(%j)', (options, written, ...issues) => {
  expect(summaryOf({ origin: APP, ...options }, handlerOf(NONE, written))).toEqual(issues);
});

import { compileConfiguration } from '../../../lib/options/compile-configuration.js';
import type { OriginFunction } from '../../../lib/options/origin/read-origins.js';
import type { CorsPolicy } from '../../../lib/policy/policy.js';
import { compile, handlerOf, NONE, RESOLVERS, TOOLS } from './configuration.js';

const APP = 'https://app.example.com';
const SHOP = 'https://shop.example.com';

const OPTIONS = {
  origin: APP,
  credentials: true,
  policies: {
    public: { origin: '*', credentials: false },
    slow: { maxAge: 10, methods: ['GET'] },
  },
};

/** What differs between the effective policies in these tests. */
function describePolicy(policy: CorsPolicy | false | undefined) {
  if (policy === false || policy === undefined) return policy;
  const { origin, credentials, maxAge, methods } = policy;
  const allowed = origin.kind === 'listed' ? [APP, SHOP].filter(origin.matches) : origin.kind;
  return { allowed, credentials, maxAge, methods };
}

const GLOBAL = { allowed: [APP], credentials: true, maxAge: 600, methods: 'mapped' };

describe('compileConfiguration', () => {
  test.each<[onClass: unknown, onMethod: unknown, policy: unknown]>([
    [NONE, NONE, GLOBAL],
    [NONE, {}, GLOBAL],
    [{}, NONE, GLOBAL],
    [{ origin: SHOP }, NONE, { ...GLOBAL, allowed: [SHOP] }],
    [{ origin: SHOP }, {}, { ...GLOBAL, allowed: [SHOP] }],
    [{ origin: SHOP }, { maxAge: 60 }, { ...GLOBAL, allowed: [SHOP], maxAge: 60 }],
    [{ origin: [SHOP] }, { origin: [APP] }, GLOBAL],
    [{ maxAge: 60 }, { maxAge: 5 }, { ...GLOBAL, maxAge: 5 }],
    [{ maxAge: 60 }, { maxAge: undefined }, { ...GLOBAL, maxAge: 60 }],
    [NONE, 'public', { ...GLOBAL, allowed: 'any', credentials: false }],
    ['public', NONE, { ...GLOBAL, allowed: 'any', credentials: false }],
    ['public', { origin: SHOP }, { ...GLOBAL, allowed: [SHOP], credentials: false }],
    [{ maxAge: 60 }, 'public', { ...GLOBAL, allowed: 'any', credentials: false, maxAge: 60 }],
    [{ maxAge: 60 }, 'slow', { ...GLOBAL, maxAge: 10, methods: ['GET'] }],
    [NONE, { policy: 'slow' }, { ...GLOBAL, maxAge: 10, methods: ['GET'] }],
    [NONE, { policy: 'slow', maxAge: 5 }, { ...GLOBAL, maxAge: 5, methods: ['GET'] }],
    [NONE, { maxAge: 5, policy: 'slow' }, { ...GLOBAL, maxAge: 5, methods: ['GET'] }],
    [NONE, { maxAge: undefined, policy: 'slow' }, { ...GLOBAL, maxAge: 10, methods: ['GET'] }],
    [NONE, { policy: undefined, maxAge: 5 }, { ...GLOBAL, maxAge: 5 }],
    ['slow', 'public', { allowed: 'any', credentials: false, maxAge: 10, methods: ['GET'] }],
    [NONE, false, false],
    [false, NONE, false],
    [false, false, false],
    [{ maxAge: 5 }, false, false],
    [false, {}, GLOBAL],
    [false, { maxAge: 5 }, { ...GLOBAL, maxAge: 5 }],
    [false, 'slow', { ...GLOBAL, maxAge: 10, methods: ['GET'] }],
  ])('class %j, method %j', (onClass, onMethod, policy) => {
    const { policies } = compile(OPTIONS, handlerOf(onClass, onMethod));
    expect(policies.map(describePolicy)).toEqual([policy]);
  });

  test('the policies are in the order of the handlers', () => {
    const { policies } = compile(
      OPTIONS,
      handlerOf(NONE, { maxAge: 1 }, 'one'),
      handlerOf(NONE, false, 'two'),
      handlerOf(NONE, { maxAge: 3 }, 'three'),
    );
    expect(policies.map((policy) => policy && policy.maxAge)).toEqual([1, false, 3]);
  });

  test('without handlers there is the global policy', () => {
    const { global, policies } = compile(OPTIONS);
    expect([describePolicy(global), policies]).toEqual([GLOBAL, []]);
  });

  describe('equal policies are one object', () => {
    const shared = { maxAge: 60 };
    const compileAll = () =>
      compile(
        OPTIONS,
        handlerOf(NONE, NONE),
        handlerOf(NONE, {}),
        handlerOf({}, {}),
        handlerOf(false, {}),
        handlerOf(NONE, 'public'),
        handlerOf('public', {}),
        handlerOf(NONE, { policy: 'public' }),
        handlerOf(shared, NONE),
        handlerOf(NONE, { maxAge: 60 }),
        handlerOf(shared, { maxAge: 61 }),
      );

    test('without options of its own, a handler has the global one', () => {
      const { global, policies } = compileAll();
      expect(policies.slice(0, 4).every((policy) => policy === global)).toBe(true);
    });

    test('with the same values, handlers share one', () => {
      const { policies } = compileAll();
      expect(policies.map((policy) => policies.indexOf(policy))).toEqual([
        0, 0, 0, 0, 4, 4, 4, 7, 7, 9,
      ]);
    });

    test('with the same origins, policies share the rule', () => {
      const { global, policies } = compileAll();
      const rules = [global, ...policies].map((policy) => policy && policy.origin);
      expect(rules.map((rule) => rules.indexOf(rule))).toEqual([0, 0, 0, 0, 0, 5, 5, 5, 0, 0, 0]);
    });
  });

  test('a list is shared by identity, a string by value', () => {
    const list = [SHOP];
    const { policies } = compile(
      OPTIONS,
      handlerOf(NONE, { origin: list }),
      handlerOf(NONE, { origin: list, maxAge: 5 }),
      handlerOf(NONE, { origin: [SHOP] }),
      handlerOf(NONE, { origin: SHOP }),
      handlerOf(NONE, { origin: ['https://', 'shop.example.com'].join('') }),
    );
    const rules = policies.map((policy) => policy && policy.origin);
    expect(rules.map((rule) => rules.indexOf(rule))).toEqual([0, 0, 2, 3, 3]);
  });

  test('origin: false takes any other option, and is false wherever it is inherited', () => {
    const off = { origin: false, credentials: true, exposedHeaders: '*' };
    const { policies } = compileConfiguration({
      options: { ...off, policies: { off, inherited: {} }, paths: { '/a': off }, reportOnly: off },
      handlers: [handlerOf(NONE, off), handlerOf(NONE, {}), handlerOf(off, 'inherited')],
      tools: TOOLS,
      resolvers: RESOLVERS,
    });
    expect(policies.map(({ policy, declared }) => [policy, declared !== false])).toEqual(
      Array.from({ length: 5 }, () => [false, true]),
    );
  });

  test('an origin function is guarded once, whatever the number of policies', () => {
    const guarded: unknown[] = [];
    const origin = (): boolean => true;
    const other = (): boolean => false;
    const { policies } = compileConfiguration({
      options: { origin },
      handlers: [
        handlerOf(NONE, { maxAge: 5 }),
        handlerOf(NONE, { origin: other }),
        handlerOf(NONE, { origin }),
      ],
      tools: TOOLS,
      resolvers: {
        ...RESOLVERS,
        fromFunction: (ask) => {
          guarded.push(ask);
          return () => false;
        },
      },
    });
    expect(guarded).toEqual([origin, other]);
    const rules = policies.map(({ policy }) => policy && policy.origin);
    expect(rules.map((rule) => rule === rules[0])).toEqual([true, true, false, true]);
    expect(rules[0]).toMatchObject({ kind: 'dynamic' });
  });

  test('no origin function is guarded if anything is refused', () => {
    const guarded: unknown[] = [];
    const configuration = {
      options: { origin: () => true, maxAge: -1 },
      handlers: [],
      tools: TOOLS,
      resolvers: {
        ...RESOLVERS,
        fromFunction: (ask: OriginFunction) => {
          guarded.push(ask);
          return ask;
        },
      },
    };
    expect(() => compileConfiguration(configuration)).toThrow('The CORS configuration is refused');
    expect(guarded).toEqual([]);
  });

  test.each([
    [{}, false],
    [{ rejectDisallowed: false }, false],
    [{ rejectDisallowed: true }, true],
  ])('%j: disallowed origins are rejected: %s', (switches, isRejected) => {
    expect(compile({ ...OPTIONS, ...switches }).application.rejectDisallowed).toBe(isRejected);
  });

  test('two configurations share nothing', () => {
    const options = { origin: [APP] };
    expect(compile(options).global.origin).not.toBe(compile(options).global.origin);
  });

  test('100,000 origins', () => {
    const origin = Array.from({ length: 100_000 }, (_, index) => `https://a${index}.example.com`);
    const handlers = Array.from({ length: 1000 }, (_, index) =>
      handlerOf(NONE, { maxAge: index }, `handler${index}`),
    );
    const { global, policies } = compile({ origin, credentials: true }, ...handlers);
    expect(policies.every((policy) => policy !== false && policy.origin === global.origin)).toBe(
      true,
    );
    if (global.origin.kind !== 'listed') throw new Error('A list makes a listed rule.');
    expect(
      ['https://a0.example.com', 'https://a99999.example.com', 'https://a100000.example.com'].map(
        global.origin.matches,
      ),
    ).toEqual([true, true, false]);
  });
});

test('handlers that declare nothing share the global policy, and what is declared', () => {
  const { policies } = compileConfiguration({
    options: OPTIONS,
    handlers: [handlerOf(NONE, NONE), handlerOf(NONE, {}), handlerOf(NONE, NONE)],
    resolvers: RESOLVERS,
    tools: TOOLS,
  });
  const [global, first, own, last] = policies;
  expect([first === global, last === global, own === global]).toEqual([true, true, false]);
  expect(own?.policy).toBe(global?.policy);
});

test.each([
  {},
  { rejectDisallowed: true },
  { dangerouslyAllowInsecureOrigins: true },
  { dangerouslyAllowPublicSuffixes: true },
  {
    rejectDisallowed: false,
    dangerouslyAllowInsecureOrigins: false,
    dangerouslyAllowPublicSuffixes: false,
  },
])('%j holds for the application', (switches) => {
  expect(compile({ ...OPTIONS, ...switches }).application).toEqual({
    rejectDisallowed: false,
    dangerouslyAllowInsecureOrigins: false,
    dangerouslyAllowPublicSuffixes: false,
    ...switches,
  });
});

test('a class is asked by its resolver, also whether it ignores the method', () => {
  class Partners {
    isAllowed(): boolean {
      return true;
    }
  }
  const request = { origin: APP, method: 'GET', url: '/', hostname: '', protocol: 'http' };
  const ruleWith = (resolvers: Partial<typeof RESOLVERS>) => {
    const [global] = compileConfiguration({
      options: { origin: Partners },
      handlers: [],
      resolvers: { ...RESOLVERS, ...resolvers },
      tools: TOOLS,
    }).policies;
    const rule = global?.policy && global.policy.origin;
    if (!rule || rule.kind !== 'dynamic') throw new Error('The class decides.');
    return rule;
  };
  const asked: unknown[] = [];
  const ignoresMethod = (...question: unknown[]) => {
    asked.push(question);
    return question[2] === 'PUT';
  };
  const rule = ruleWith({ ignoresMethod });
  expect(['PUT', 'POST'].map((method) => rule.ignoresMethod?.(request, method))).toEqual([
    true,
    false,
  ]);
  expect(asked).toEqual([
    [Partners, request, 'PUT'],
    [Partners, request, 'POST'],
  ]);
  expect(ruleWith({}).ignoresMethod?.(request, 'PUT')).toBe(false);
});

import { announcedMethods } from '../../../lib/policy/announced-methods.js';
import type { CorsPolicy, CorsRequest } from '../../../lib/policy/policy.js';
import { ANY, APP, EVIL, listed, policy } from './policies.js';

const base = policy();

function asking(method: string, origin = APP) {
  const toCorsRequest = (): CorsRequest => ({
    origin,
    method,
    url: '/',
    hostname: 'api.example.com',
    protocol: 'https',
  });
  return { method, origin, toCorsRequest };
}

function announced(
  other: CorsPolicy | false,
  { own = base, requested = 'PUT', origin = APP, takesMethod = true } = {},
) {
  const mapped = [
    { method: 'GET', policies: [other] },
    { method: 'PUT', policies: [own] },
  ];
  return announcedMethods(
    [own],
    { policies: [own], mapped, takesMethod },
    asking(requested, origin),
  );
}

describe('methods mapped at the path', () => {
  it.each<[string, CorsPolicy | false, string[]]>([
    ['the same policy', base, ['GET', 'PUT']],
    ['an equal policy', policy(), ['GET', 'PUT']],
    [
      'a longer max-age and other exposed headers',
      policy({ maxAge: base.maxAge + 1, exposedHeaders: ['etag'] }),
      ['GET', 'PUT'],
    ],
    // Otherwise a browser would remember it for as long as PUT.
    ['a shorter max-age', policy({ maxAge: base.maxAge - 1 }), ['PUT']],
    ['any origin', policy({ origin: ANY }), ['GET', 'PUT']],
    ['the same rule of origins', policy({ origin: base.origin, maxAge: 6000 }), ['GET', 'PUT']],
    ['explicit methods with it', policy({ methods: ['POST', 'GET'] }), ['GET', 'PUT']],
    ['any method', policy({ methods: 'requested' }), ['GET', 'PUT']],
    ['explicit methods without it', policy({ methods: ['POST'] }), ['PUT']],
    ['other origins', policy({ origin: listed(EVIL) }), ['PUT']],
    ['other credentials', policy({ credentials: true }), ['PUT']],
    ['other headers', policy({ allowedHeaders: ['x-a'] }), ['PUT']],
    ['CORS switched off', false, ['PUT']],
    [
      'a function that would have to be asked again',
      policy({ origin: { kind: 'dynamic', allows: () => true } }),
      ['PUT'],
    ],
    [
      'another function, although it does not look at the method',
      policy({ origin: { kind: 'dynamic', allows: () => true, ignoresMethod: () => true } }),
      ['PUT'],
    ],
  ])('another method with %s', (_, other, methods) => {
    expect(announced(other)).toEqual(methods);
  });

  it.each<[string, string[], string[], string[]]>([
    ['in another order', ['x-a', 'x-b'], ['x-b', 'x-a'], ['GET', 'PUT']],
    ['fewer', ['x-a', 'x-b'], ['x-a'], ['PUT']],
    ['more', ['x-a'], ['x-a', 'x-b'], ['PUT']],
    ['others', ['x-a'], ['x-b'], ['PUT']],
    ['others in part', ['x-a', 'x-b'], ['x-a', 'x-c'], ['PUT']],
  ])('the same headers %s', (_, own, other, methods) => {
    const mine = policy({ allowedHeaders: own });
    expect(announced(policy({ allowedHeaders: other }), { own: mine })).toEqual(methods);
  });

  it.each<[string, boolean | undefined, string[]]>([
    ['nobody knows', undefined, ['PUT']],
    ['the answer may depend on the method', false, ['PUT']],
    ['the answer is the same', true, ['GET', 'PUT']],
  ])('the same function is not asked again: %s', (_, isSame, methods) => {
    const asked: unknown[] = [];
    const origin = {
      kind: 'dynamic',
      allows: () => true,
      ...(isSame !== undefined && {
        ignoresMethod: ({ method, hostname }: CorsRequest, other: string) => {
          asked.push([method, hostname, other]);
          return isSame;
        },
      }),
    } as const;
    const own = policy({ origin });
    expect(announced(policy({ origin, maxAge: 6000 }), { own })).toEqual(methods);
    expect(announced(own, { own })).toEqual(methods);
    const once = ['PUT', 'api.example.com', 'GET'];
    expect(asked).toEqual(isSame === undefined ? [] : [once, once]);
  });

  it.each([[['x-a']], [['r', 'e', 'q', 'u', 's', 't', 'd', 're', 'ed']]])(
    'a list of names is not the same as any name: %j',
    (allowedHeaders) => {
      const own = policy({ allowedHeaders });
      expect(announced(policy(), { own })).toEqual(['PUT']);
      expect(announced(own, { own: policy() })).toEqual(['PUT']);
    },
  );

  it('a list of origins is not looked through again for a policy that shares it', () => {
    const asked: string[] = [];
    const matches = (origin: string) => asked.push(origin) > 0;
    const origin = { kind: 'listed', exact: new Set<string>(), matches } as const;
    const own = policy({ origin });
    expect(announced(policy({ origin, maxAge: 6000 }), { own })).toEqual(['GET', 'PUT']);
    expect(asked).toEqual([]);
    expect(announced(policy({ origin: { ...origin } }), { own })).toEqual(['GET', 'PUT']);
    expect(asked).toEqual([APP]);
  });

  it('of several policies that allow the origin, each must be met', () => {
    const other = policy({ credentials: true });
    const mapped = [
      { method: 'GET', policies: [base] },
      { method: 'PUT', policies: [base, other] },
    ];
    const target = { policies: [base, other], mapped, takesMethod: true };
    expect(announcedMethods([base, other], target, asking('PUT'))).toEqual(['PUT']);
  });

  it('every candidate of a method must allow alike', () => {
    const mapped = [{ method: 'GET', policies: [base, policy({ origin: listed(EVIL) })] }];
    const target = { policies: [base], mapped, takesMethod: true };
    expect(announcedMethods([base], target, asking('PUT'))).toEqual(['PUT']);
  });

  it('the requested method is named although only one of its candidates allows the origin', () => {
    const mapped = [{ method: 'PUT', policies: [base, false as const] }];
    const target = { policies: [base, false as const], mapped, takesMethod: true };
    expect(announcedMethods([base], target, asking('PUT'))).toEqual(['PUT']);
  });

  it.each([
    ['PATCH', true, ['GET', 'PUT', 'PATCH']],
    ['PATCH', false, ['GET', 'PUT']],
    ['patch', true, ['GET', 'PUT', 'patch']],
    ['*', true, ['GET', 'PUT']],
    ['TRACE', true, ['GET', 'PUT']],
    ['connect', true, ['GET', 'PUT']],
    ['P UT', true, ['GET', 'PUT']],
    ['', true, ['GET', 'PUT']],
  ])('requested %j, taken: %s', (requested, takesMethod, methods) => {
    expect(announced(base, { requested, takesMethod })).toEqual(methods);
  });
});

describe('other rules for methods', () => {
  const target = {
    policies: [],
    mapped: [{ method: 'GET', policies: [base] }],
    takesMethod: false,
  };

  it('a list is sent as it is', () => {
    const methods = ['PUT', 'DELETE'];
    expect(announcedMethods([policy({ methods })], target, asking('PATCH'))).toBe(methods);
  });

  it('a list goes without the methods of stricter handlers', () => {
    const own = policy({ methods: ['PUT', 'GET', 'DELETE', 'PATCH'] });
    const other = policy({ origin: listed(EVIL) });
    const announce = (requested: string) =>
      announcedMethods(
        [own],
        {
          policies: [own],
          mapped: [
            { method: 'PUT', policies: [own] },
            { method: 'DELETE', policies: [other] },
          ],
          unnamed: (method) => ({ method, policies: method === 'PATCH' ? [false] : [] }),
          takesMethod: true,
        },
        asking(requested),
      );
    expect([announce('PUT'), announce('DELETE')]).toEqual([
      ['PUT', 'GET'],
      ['PUT', 'GET', 'DELETE'],
    ]);
  });

  it('a list goes without the methods for which a stricter policy holds where no controller serves', () => {
    const own = policy({ methods: ['PUT', 'DELETE'] });
    const served = { policies: [own], mapped: [{ method: 'PUT', policies: [own] }] };
    const stricter = policy({ maxAge: own.maxAge - 1 });
    const announce = (unserved: CorsPolicy | false) =>
      announcedMethods(
        [own],
        { ...served, unnamed: (method) => ({ method, policies: [unserved] }), takesMethod: true },
        asking('PUT'),
      );
    expect([own, stricter, false as const].map(announce)).toEqual([
      ['PUT', 'DELETE'],
      ['PUT'],
      ['PUT'],
    ]);
  });

  it.each<[string, boolean, CorsPolicy['methods'], string[]]>([
    ['the mapped methods', true, 'mapped', ['PUT']],
    ['the mapped methods, and a handler takes it', false, 'mapped', ['PUT', 'DELETE']],
    ['any method', true, 'requested', ['PUT', 'DELETE']],
    ['a list with it', true, ['DELETE'], ['PUT', 'DELETE']],
    ['a list without it', true, ['PATCH'], ['PUT']],
  ])(
    'a list has a method that nothing serves, where %s: %s, %j',
    (_, isUnmapped, rule, methods) => {
      const own = policy({ methods: ['PUT', 'DELETE'] });
      const other = policy({ methods: rule });
      const put = {
        policies: [own],
        mapped: [{ method: 'PUT', policies: [own] }],
        unnamed: (method: string) => ({ method, policies: [other], isUnmapped }),
        takesMethod: true,
      };
      expect(announcedMethods([own], put, asking('PUT'))).toEqual(methods);
    },
  );

  it.each([
    ['PATCH', ['PATCH']],
    ['*', []],
    ['TRACK', []],
  ])('any method, requested %s', (requested, methods) => {
    const any = policy({ methods: 'requested' });
    expect(announcedMethods([any], target, asking(requested))).toEqual(methods);
  });

  it('several policies allow together', () => {
    const policies = [policy({ methods: ['PUT', 'POST'] }), policy(), policy({ methods: ['PUT'] })];
    expect(announcedMethods(policies, target, asking('PATCH'))).toEqual(['PUT', 'POST', 'GET']);
  });
});

import { compileConfiguration } from '../../../lib/options/compile-configuration.js';
import type { OriginResolverClass } from '../../../lib/options/cors-origin.js';
import type { Updates } from '../../../lib/options/read/read-root.js';
import type { ResolverLimits } from '../../../lib/options/read/resolver-limits.js';
import type { ResolverReason } from '../../../lib/options/refusal/cors-config-reason.js';
import { handlerOf, issuesIn, issuesOf, NONE, RESOLVERS, TOOLS } from './configuration.js';

const APP = 'https://app.example.com';
const SHOP = 'https://shop.example.com';

class Partners {
  isAllowed(): boolean {
    return true;
  }
}

/** As a compiler for old engines leaves a class. */
function Compiled(): void {
  // Nothing to construct.
}
Compiled.prototype.isAllowed = () => true;

/** What is called as what, with which limits; or what is refused. */
function called(
  options: unknown,
  reasonAgainst: (resolver: OriginResolverClass) => ResolverReason | undefined,
) {
  const resolvers: unknown[] = [];
  const ask =
    (kind: string) =>
    (what: unknown, limits: ResolverLimits): (() => boolean) => {
      resolvers.push([kind, what, limits]);
      return () => true;
    };
  const issues = issuesIn(() =>
    compileConfiguration({
      options,
      handlers: [],
      tools: TOOLS,
      resolvers: { fromFunction: ask('function'), fromClass: ask('class'), reasonAgainst },
    }),
  );
  return issues.length > 0 ? issues : resolvers;
}

const LIMITS = { ttl: 60_000, max: 10_000, timeout: 1000 };
const none = () => undefined;

describe('a class as origin', () => {
  it.each([
    ['a class', Partners],
    ['a class that was compiled to a function', Compiled],
  ])('%s is called as a class', (_, origin) => {
    expect(called({ origin }, none)).toEqual([['class', origin, LIMITS]]);
  });

  const aFunction = (origin: string) => origin.includes('class Partners {}');
  const withoutPrototype = Object.setPrototypeOf(() => true, null) as () => boolean;
  it.each([
    ['a function that speaks of a class', aFunction],
    ['a function with a bare prototype', withoutPrototype],
    ['a function without a prototype', Object.assign(() => true, { prototype: null })],
    [
      'a function with a prototype',
      Object.assign(function plain() {}, { prototype: { other: 1 } }),
    ],
  ])('%s is called as a function', (_, origin) => {
    expect(called({ origin }, none)).toEqual([['function', origin, LIMITS]]);
  });

  it.each<[fault: ResolverReason, message: string]>([
    [
      'resolver-not-injectable',
      'Expected `origin` to be an injectable class, got `function Partners` (function). Write `@Injectable()` above it, so that Nest can inject its dependencies.',
    ],
    [
      'resolver-not-provided',
      'Expected `origin` to be provided by a module, got `function Partners` (function). Add it to the `providers` of any imported module; it does not have to be exported.',
    ],
    [
      'resolver-not-singleton',
      'Expected `origin` to have one instance for the application, got `function Partners` (function). Its answers are shared by all requests. Remove its injection scope, and read what it needs of a request in its `scope()` method.',
    ],
  ])('%s', (reason, message) => {
    expect(called({ origin: Partners }, () => reason)).toEqual([
      { path: 'forRoot().origin', value: 'function Partners', reason, message },
    ]);
  });
});

it.each<[resolver: object | undefined, limits: ResolverLimits]>([
  [undefined, LIMITS],
  [{}, LIMITS],
  [{ ttl: 1 }, { ...LIMITS, ttl: 1 }],
  [{ ttl: 86_400_000 }, { ...LIMITS, ttl: 86_400_000 }],
  [{ max: 1 }, { ...LIMITS, max: 1 }],
  [{ max: 1_000_000 }, { ...LIMITS, max: 1_000_000 }],
  [{ timeout: 1 }, { ...LIMITS, timeout: 1 }],
  [{ timeout: 60_000 }, { ...LIMITS, timeout: 60_000 }],
])('limits %j', (resolver, limits) => {
  const origin = () => true;
  expect(called({ origin, resolver }, none)).toEqual([['function', origin, limits]]);
});

it.each<[resolver: unknown, ...issues: string[]]>([
  [
    { ttl: 86_400_001 },
    'Expected `ttl` to be an integer from 1 to 86400000, got `86400001` (number). It is in milliseconds: that is one day.',
  ],
  [
    { ttl: 1.5 },
    'Expected `ttl` to be an integer from 1 to 86400000, got `1.5` (number). It is in milliseconds; to cache nothing, write a function as `origin`.',
  ],
  [
    { max: 0 },
    'Expected `max` to be an integer from 1 to 1000000, got `0` (number). The memory for answers has to be bounded.',
  ],
  [
    { max: 1_000_001 },
    'Expected `max` to be an integer from 1 to 1000000, got `1000001` (number). The memory for answers has to be bounded.',
  ],
  [
    { timeout: 0 },
    'Expected `timeout` to be an integer from 1 to 60000, got `0` (number). It is in milliseconds; a request must not wait forever.',
  ],
  [
    { timeout: 60_001 },
    'Expected `timeout` to be an integer from 1 to 60000, got `60001` (number). It is in milliseconds; a request must not wait forever.',
  ],
  [{ timeuot: 5 }, 'Expected options that exist, got `timeuot`. Did you mean `timeout`?'],
  [
    { zzzzzzzz: 5 },
    'Expected options that exist, got `zzzzzzzz`. The options are `ttl`, `max`, `timeout`.',
  ],
])('limits %j are refused', (resolver, ...messages) => {
  expect(issuesOf({ origin: APP, resolver }).map(({ message }) => message)).toEqual(messages);
});

/** The origins that each policy allows, after updates. */
function allowedAfter(updates: Updates | undefined, reportOnly?: object) {
  const { policies, paths, named, candidate } = compileConfiguration({
    options: {
      origin: APP,
      credentials: true,
      policies: { partner: { origin: SHOP }, slow: { maxAge: 5 } },
      paths: { '/Files//*': 'partner', '/off': false, '/graphql': { maxAge: 7 } },
      ...(reportOnly && { reportOnly }),
    },
    handlers: [handlerOf(NONE, 'partner'), handlerOf(false, NONE), handlerOf(NONE, { maxAge: 9 })],
    resolvers: RESOLVERS,
    tools: TOOLS,
    ...(updates && { updates }),
  });
  const show = ({ policy }: (typeof policies)[number]) =>
    policy &&
    [APP, SHOP]
      .filter((origin) => policy.origin.kind === 'listed' && policy.origin.matches(origin))
      .join() + ` ${policy.maxAge} ${policy.credentials}`;
  return {
    policies: policies.map(show),
    paths,
    named: [...named].map(([name, policy]) => [name, show(policy)]),
    candidate: candidate?.map(show),
  };
}

const paths = ['/files/*', '/off', '/graphql'];

it('lists the global policy, those of handlers, those of paths', () => {
  expect(allowedAfter(undefined)).toEqual({
    policies: [
      `${APP} 600 true`,
      `${SHOP} 600 true`,
      false,
      `${APP} 9 true`,
      `${SHOP} 600 true`,
      false,
      `${APP} 7 true`,
    ],
    paths,
    named: [
      ['partner', `${SHOP} 600 true`],
      ['slow', `${APP} 5 true`],
    ],
    candidate: undefined,
  });
});

it('lays updates over what was written', () => {
  const updates = {
    global: { maxAge: 3 },
    policies: new Map([['partner', { origin: [APP, SHOP] }]]),
  };
  expect(allowedAfter(updates)).toEqual({
    policies: [
      `${APP} 3 true`,
      `${APP},${SHOP} 3 true`,
      false,
      `${APP} 9 true`,
      `${APP},${SHOP} 3 true`,
      false,
      `${APP} 7 true`,
    ],
    paths,
    named: [
      ['partner', `${APP},${SHOP} 3 true`],
      ['slow', `${APP} 5 true`],
    ],
    candidate: undefined,
  });
});

it('names the update that is invalid', () => {
  const updates = {
    global: { maxAge: -1 },
    policies: new Map([
      ['partner', { maxAge: -2 }],
      ['partners', { maxAge: 1 }],
    ]),
  };
  const issues = issuesIn(() => allowedAfter(updates));
  expect(issues.map(({ path, message }) => [path, message.split('. ')[0]])).toEqual([
    [
      "CorsService.update('partner').maxAge",
      'Expected `maxAge` to be an integer from 0 to 86400, got `-2` (number)',
    ],
    [
      "CorsService.update('partners')",
      "Expected `policy` to be the name of one of `forRoot({ policies })`, got `'partners'` (string)",
    ],
    [
      'CorsService.update().maxAge',
      'Expected `maxAge` to be an integer from 0 to 86400, got `-1` (number)',
    ],
  ]);
});

it('lays a candidate over the global policy, under the others', () => {
  expect(allowedAfter(undefined, { origin: SHOP, credentials: false }).candidate).toEqual([
    `${SHOP} 600 false`,
    `${SHOP} 600 false`,
    false,
    `${SHOP} 9 false`,
    `${SHOP} 600 false`,
    false,
    `${SHOP} 7 false`,
  ]);
});

it.each<[key: string, isPath: boolean]>([
  ['/', true],
  ['/*', true],
  ['/a', true],
  ['/a/', true],
  ['/a/*', true],
  ['/a.b/c-d_e~f', true],
  ['/caf%C3%A9', true],
  ['a', false],
  ['*', false],
  ['', false],
  ['/a*', false],
  ['/*/a', false],
  ['/a/**', false],
  ['/a?b', false],
  ['/a#b', false],
  ['/:a', false],
  ['/{a}', false],
  ['/(a)', false],
  ['/[a]', false],
  ['/a b', false],
  ['/a b/*', false],
  ['https://a.example/b', false],
])('%j as a key of paths: %s', (key, isPath) => {
  expect(issuesOf({ origin: APP, paths: { [key]: {} } }).map(({ reason }) => reason)).toEqual(
    isPath ? [] : ['path-invalid'],
  );
});

it.each<[options: object, path: string]>([
  [{ paths: ['/a'] }, 'forRoot().paths'],
  [{ paths: { '/:id': {} } }, "forRoot().paths['/:id']"],
  [{ paths: { '/a': {}, '/A': {} } }, "forRoot().paths['/A']"],
  [{ paths: { '/a': { maxAge: -1 } } }, "forRoot().paths['/a'].maxAge"],
  [{ origin: [...Array.from({ length: 10 }, () => APP), ''] }, 'forRoot().origin[10]'],
])('%j is refused at its path', (options, path) => {
  expect(issuesOf({ origin: APP, ...options }).map((issue) => issue.path)).toEqual([path]);
});

it.each([/^https:\/\/[^]*$/i, /^HTTPS:\/\/[^]*$/i])('%s is for every origin', (origin) => {
  const reasons = issuesOf({ origin, credentials: true }).map(({ reason }) => reason);
  expect(reasons).toContain('strangers-with-credentials');
});

import { fc } from '../../support/fast-check.js';

/** Methods that routes are registered for and requests come with. */
export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'SEARCH'];

/** A request to one of an application's routes, or near one: which is known with the routes only. */
export interface RequestSeed {
  /** Absent: the route's own, likewise the version. */
  readonly method: string | undefined;
  readonly version: string | undefined;
  readonly route: number;
  readonly values: readonly string[];
  readonly keepsOptional: boolean;
  readonly changes: readonly Change[];
  /** In place of the route's path. */
  readonly noise: string | undefined;
}
type Change = (target: string) => string;

/** One of these words. */
export const oneOf = (words: string) => fc.constantFrom(...words.split(' '));

/** A small alphabet, so that paths and targets meet: also in each other's case, and encoded. */
export const word = oneOf('a a b A ab a.b a-b é É %41 %61 k K 1');

const value = fc.oneof(
  { weight: 12, arbitrary: word },
  { weight: 4, arbitrary: oneOf('12 123456 a-b-c a.json a.gz a.tar.gz a,b a;b a:b :x * x@2') },
  { weight: 3, arbitrary: oneOf('a%20b a%2Fb a%2fb a%3Bb a%3Fb x%402 %25 %2525 %00 %2e%2e . ..') },
  { weight: 3, arbitrary: oneOf('% %zz %E9 %C3 %C3%A9 %c3%89 %E2%84%AA \u212a \u00b5 \0') },
  fc.constantFrom('', 'a'.repeat(101), '%41'.repeat(40), 'a-'.repeat(300)),
);

const change = fc.oneof(
  fc.constantFrom<Change>(
    (target) => target.toUpperCase(),
    (target) => target.toLowerCase(),
    (target) => target.replaceAll('k', '\u212a'),
    (target) => target.replace(/[a-z]/, (char) => `%${char.charCodeAt(0).toString(16)}`),
  ),
  fc.constantFrom<Change>(
    (target) => `${target}/`,
    (target) => `${target}//`,
    (target) => `/${target}`,
    (target) => target.replace(/\/$/, ''),
    (target) => target.replace(/\//g, '//'),
    (target) => target.replace('/', '/./'),
    (target) => target.replace(/\/[^/]*$/, ''),
    (target) => target.replace(/\/(?=[^/]*$)/, '%2F'),
    (target) => target.replaceAll('/', '\\'),
    (target) => target.slice(1),
    (target) => `${target}/extra`,
  ),
  fc.constantFrom<Change>(
    (target) => `${target}?x=/a/b`,
    (target) => `${target}?x=#y`,
    (target) => `${target}?\u00a0`,
    (target) => `${target}#/a`,
    (target) => `${target};x=1`,
    (target) => `${target}/;x`,
    (target) => `${target}%`,
    (target) => `${target}/%zz`,
    (target) => `${target}\t`,
  ),
  fc.constantFrom<Change>(
    (target) => `http://host${target}`,
    (target) => `HTTPS://a@host${target}`,
    (target) => `http://host?${target}`,
    (target) => `http://host name${target}`,
    (target) => `http://${target}`,
    (target) => `ftp://host${target}`,
    (target) => `//a@host${target}#`,
    (target) => `*${target}`,
    () => '*',
    () => '/',
    () => '//',
    () => '',
  ),
);

const noise = fc
  .array(fc.oneof(fc.constantFrom('/', '//'), value, fc.string({ maxLength: 3 })), { maxLength: 6 })
  .map((parts) => `/${parts.join('')}`);

/** A number of requests, most of them to a route. */
export function requestSeeds(count: number): fc.Arbitrary<RequestSeed[]> {
  const seed = fc.record({
    method: rarely(fc.constantFrom(...METHODS)),
    version: rarely(fc.constantFrom('', '1', '2')),
    route: fc.nat(),
    values: fc.array(value, { minLength: 1, maxLength: 4 }),
    keepsOptional: fc.boolean(),
    changes: fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 3, arbitrary: fc.array(change, { maxLength: 2 }) },
    ),
    noise: rarely(noise),
  });
  return fc.array(seed, { minLength: count, maxLength: count });
}

/** The request that a seed stands for, among an application's routes. */
export function requestOf(
  seed: RequestSeed,
  routes: readonly { method: string; path: unknown; version?: string | string[] }[],
): { method: string; target: string; version: string } {
  const route = routes[seed.route % Math.max(routes.length, 1)];
  const own = route?.method === 'ALL' ? 'PUT' : route?.method;
  const path = typeof route?.path === 'string' ? route.path : '/:x/:y';
  const target = seed.noise ?? fill(path, seed.values, seed.keepsOptional);
  return {
    method: seed.method ?? own ?? 'GET',
    target: seed.changes.reduce((changed, apply) => apply(changed), target),
    version: seed.version ?? [route?.version ?? ''].flat()[0] ?? '',
  };
}

function rarely<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, arbitrary);
}

/** Puts values where a path has parameters, and leaves its optional parts in or out. */
function fill(path: string, values: readonly string[], keepsOptional: boolean): string {
  let next = 0;
  const take = () => values[next++ % values.length] ?? '';
  return path
    .replace(/\{([^{}]*)\}/g, keepsOptional ? '$1' : '')
    .replace(/::|:\w+(\((\\.|[^()])*\))?\??|\*\w*/g, (part) => (part === '::' ? ':' : take()))
    .replace(/\\(.)/g, '$1');
}

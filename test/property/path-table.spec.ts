import { fc } from '../support/fast-check.js';
import { expressAnswers, type ExpressRoute } from '../unit/platform/express/express-answers.js';
import { fastifyAnswers, type FastifyRoute } from '../unit/platform/fastify/fastify-answers.js';
import { METHODS, oneOf, requestOf, requestSeeds, word } from '../unit/platform/random-requests.js';
import { runs } from './runs.js';

// The routers themselves are the specification: whatever they answer, the tables must foresee.
const RUNS = runs(2000);
const REQUESTS_PER_APP = 20;
const parameters = { numRuns: Math.ceil(RUNS / REQUESTS_PER_APP) };
const TIMEOUT = 60_000 + RUNS * 10;

const nothing = fc.constant('');
const slash = fc.oneof({ weight: 6, arbitrary: fc.constant('/') }, fc.constant('//'));

function pathOf(segment: fc.Arbitrary<string>, end: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(fc.array(fc.tuple(slash, segment), { minLength: 1, maxLength: 3 }), end)
    .map(([segments, last]) => segments.flat().join('') + last);
}

describe('the path table of Express, beside a real Express', () => {
  const segment = fc.oneof(
    { weight: 12, arbitrary: word },
    { weight: 8, arbitrary: oneOf(':x :x :y :x-:y :x.:y a:x :x.json {:x} a{b} *x a*x {*x} *x/b') },
    { weight: 2, arbitrary: oneOf('\\:a \\* a\\.b :"x-y" :x% :x-A9 . .. a%20b') },
    nothing,
  );
  const end = fc.oneof(
    { weight: 3, arbitrary: nothing },
    { weight: 7, arbitrary: oneOf('/ // {/} {/:x} {/:x} /*x {/*x} {/a} {/:x}b {/a{/:x}}') },
  );
  const path = fc.oneof(
    { weight: 8, arbitrary: pathOf(segment, end) },
    oneOf('/ // *x {*x} /*x /:x {/:x}/a a/:x {{/:x}/a}'),
    nothing,
  );
  // The last two have state, which the table and the router must not share.
  const expression = fc.constantFrom(
    /^\/a(\d*)$/,
    /b/i,
    /^\/(.*)\/(.*)$/,
    /^\/(?:(a)|(.*))$/,
    /^\/a/g,
    /\/[ab]+/y,
  );
  const route: fc.Arbitrary<ExpressRoute> = fc.record({
    method: fc.constantFrom(...METHODS, 'GET', 'GET', 'ALL'),
    path: fc.oneof(
      { weight: 12, arbitrary: path },
      expression,
      fc.array(fc.oneof(path, expression), { maxLength: 3 }),
    ),
    conditional: fc.boolean(),
  });
  const app = fc.record({
    routes: fc.array(route, { minLength: 1, maxLength: 12 }),
    options: fc.record({ caseSensitive: fc.boolean(), strict: fc.boolean() }),
    seeds: requestSeeds(REQUESTS_PER_APP),
  });

  it(
    'foresees every route that the router tries',
    async () => {
      let served = 0;
      await fc.assert(
        fc.asyncProperty(app, async ({ routes, options, seeds }) => {
          const { table, router } = expressAnswers(routes, options);
          for (const seed of seeds) {
            const { method, target } = requestOf(seed, routes);
            const tried = await router(method, target);
            if (tried.length > 0) served++;
            const request = `${method} ${target}`;
            const foreseen = table.candidates(method, target);
            expect({ request, foreseen }).toStrictEqual({ request, foreseen: tried });

            const match = table.match(target);
            for (const each of METHODS) {
              const candidates = table.candidates(each, target);
              expect(match.candidates(each)).toStrictEqual(candidates);
              for (const index of candidates) {
                expect(match.methods).toContain(routes[index]?.method);
              }
            }
            for (const each of match.methods) expect(match.candidates(each)).not.toHaveLength(0);
          }
        }),
        parameters,
      );
      expect(served).toBeGreaterThan(RUNS / 20);
    },
    TIMEOUT,
  );
});

describe('the path table of Fastify, beside a real Fastify under the adapter of Nest', () => {
  const segment = fc.oneof(
    { weight: 12, arbitrary: word },
    { weight: 8, arbitrary: oneOf(':x :x :y :x-:y :x.:y a:x :x.json :x.gz :x.tar.gz :x,:y :x@2') },
    { weight: 5, arbitrary: oneOf(':x(\\d+) :x(^[a-z]+$) :x(\\d+)-:y :x(\\d*) :x(.*)') },
    { weight: 3, arbitrary: oneOf('::a a::b . .. a%20b % a%25b a;b') },
    fc.constant('a b'),
  );
  const end = fc.oneof(
    { weight: 3, arbitrary: nothing },
    { weight: 7, arbitrary: oneOf('/ // /* * /:x? /:x(\\d+)? /:x?/ {/:x}') },
  );
  const path = fc.oneof(
    { weight: 8, arbitrary: pathOf(segment, end) },
    oneOf('/ // * /* /:x /:x? /*x a /(a)'),
  );
  const route: fc.Arbitrary<FastifyRoute> = fc.record(
    {
      method: fc.constantFrom(...METHODS, 'GET', 'GET', 'ALL'),
      path,
      version: fc.constantFrom<string | string[]>('1', '2', ['1', '2'], ['2', '3']),
      isRaw: fc.boolean(),
    },
    { requiredKeys: ['method', 'path'] },
  );
  const app = fc.record({
    routes: fc.array(route, { minLength: 1, maxLength: 12 }),
    options: fc.record(
      {
        caseSensitive: fc.boolean(),
        ignoreTrailingSlash: fc.boolean(),
        ignoreDuplicateSlashes: fc.boolean(),
        useSemicolonDelimiter: fc.boolean(),
        maxParamLength: fc.constantFrom(1, 5, 100, 200),
        allowUnsafeRegex: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
    seeds: requestSeeds(REQUESTS_PER_APP),
  });

  it(
    'foresees the route that serves',
    async () => {
      let served = 0;
      await fc.assert(
        fc.asyncProperty(app, async ({ routes: wanted, options, seeds }) => {
          // An application does not boot with routes that Fastify refuses: leave them out.
          const { refused } = await fastifyAnswers(wanted, options);
          const routes = wanted.filter((_, index) => !refused.has(index));
          const { table, router, foresee } = await fastifyAnswers(routes, options);
          for (const seed of seeds) {
            const { method, target, version } = requestOf(seed, routes);
            const answered = router(method, target, version);
            if (answered !== undefined) served++;
            const request = `${method} ${target} version ${version}`;
            const foreseen = foresee(method, target, version);
            expect({ request, foreseen }).toStrictEqual({ request, foreseen: answered });

            const match = table.match(target);
            for (const each of METHODS) {
              const candidates = table.candidates(each, target);
              expect(match.candidates(each)).toStrictEqual(candidates);
              expect(match.methods.includes(each)).toBe(candidates.length > 0);
            }
          }
        }),
        parameters,
      );
      expect(served).toBeGreaterThan(RUNS / 20);
    },
    TIMEOUT,
  );
});

import { decidePreflight, type PreflightDecision } from '../../lib/policy/decide-preflight.js';
import type { CorsPolicy } from '../../lib/policy/policy.js';
import { fc } from '../support/fast-check.js';
import { runs } from './runs.js';

const APP = 'https://app.example.com';
const METHODS = ['GET', 'PUT', 'DELETE', 'PATCH'] as const;

const origin = fc.constantFrom<CorsPolicy['origin']>(
  { kind: 'any' },
  { kind: 'listed', exact: new Set([APP]), matches: (asked) => asked === APP },
  { kind: 'listed', exact: new Set(), matches: () => false },
  { kind: 'dynamic', allows: () => true },
  { kind: 'dynamic', allows: () => false },
);
const policy: fc.Arbitrary<CorsPolicy> = fc.record({
  origin,
  credentials: fc.boolean(),
  methods: fc.oneof(
    { weight: 3, arbitrary: fc.constant('mapped' as const) },
    { weight: 1, arbitrary: fc.constant('requested' as const) },
    { weight: 3, arbitrary: fc.subarray([...METHODS]) },
  ),
  allowedHeaders: fc.oneof(
    fc.constant('requested' as const),
    fc.subarray(['x-a', 'x-b']) as fc.Arbitrary<readonly string[]>,
  ),
  exposedHeaders: fc.constant([]),
  maxAge: fc.constantFrom(0, 5, 600),
  timingAllowOrigin: fc.constant(false),
});

/** The policies of a path: a few, since equal ones are one object; which of them each method has. */
const path = fc.record({
  policies: fc.array(fc.oneof({ weight: 5, arbitrary: policy }, fc.constant(false as const)), {
    minLength: 1,
    maxLength: 3,
  }),
  // Of a method: none, served by its own route, or by one for all methods; and by which policy.
  served: fc.tuple(
    ...METHODS.map(() =>
      fc.record({
        by: fc.constantFrom('route', 'route', 'all', 'nothing'),
        policies: fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 2 }),
      }),
    ),
  ),
  requested: fc.nat({ max: METHODS.length - 1 }),
});
type Path = typeof path extends fc.Arbitrary<infer T> ? T : never;

/** The response to the preflight of one method of a path. */
async function answer({ policies, served }: Path, method: string): Promise<PreflightDecision> {
  const policiesOf = (name: string) =>
    served[METHODS.indexOf(name as 'GET')]?.policies.map(
      (index) => policies[index % policies.length] ?? false,
    ) ?? [];
  const by = (name: string) => served[METHODS.indexOf(name as 'GET')]?.by ?? 'nothing';
  const mapped = METHODS.filter((name) => by(name) === 'route').map((name) => ({
    method: name,
    policies: policiesOf(name),
  }));
  const isServed = by(method) !== 'nothing';
  return decidePreflight(
    {
      policies: isServed ? policiesOf(method) : [policies[0] ?? false],
      mapped,
      unnamed: (name) => ({
        method: name,
        policies: by(name) === 'all' ? policiesOf(name) : [],
      }),
      takesMethod: isServed || mapped.length === 0,
    },
    {
      origin: APP,
      method,
      requestHeaders: 'x-a',
      toCorsRequest: () => ({
        origin: APP,
        method,
        url: '/',
        hostname: 'a.test',
        protocol: 'http',
      }),
    },
  );
}

const valueOf = ({ headers }: PreflightDecision, name: string) =>
  headers[headers.indexOf(name) + 1] ?? '';
const announcedBy = (decision: PreflightDecision) =>
  decision.headers.includes('Access-Control-Allow-Methods')
    ? valueOf(decision, 'Access-Control-Allow-Methods').split(', ')
    : [];

it('a served method is announced only where its own preflight allows it, as long and as much', async () => {
  let others = 0;
  await fc.assert(
    fc.asyncProperty(path, async (generated) => {
      const requested = METHODS[generated.requested] ?? 'GET';
      const preflight = await answer(generated, requested);
      if (preflight.status !== 204) return;
      for (const method of announcedBy(preflight)) {
        const by = generated.served[METHODS.indexOf(method as 'GET')]?.by;
        if (method === requested || by === 'nothing') continue;
        others += 1;
        const own = await answer(generated, method);
        expect(own.status).toBe(204);
        expect(announcedBy(own)).toContain(method);
        expect(valueOf(own, 'Access-Control-Allow-Headers')).toBe(
          valueOf(preflight, 'Access-Control-Allow-Headers'),
        );
        expect(own.headers.includes('Access-Control-Allow-Credentials')).toBe(
          preflight.headers.includes('Access-Control-Allow-Credentials'),
        );
        expect(Number(valueOf(own, 'Access-Control-Max-Age'))).toBeGreaterThanOrEqual(
          Number(valueOf(preflight, 'Access-Control-Max-Age')),
        );
      }
    }),
    { numRuns: runs(3000) },
  );
  // The property says little where no other method is announced.
  expect(others).toBeGreaterThan(100);
});

import type { PolicyFileRoute, PolicyReference } from '../../lib/policy-file/policy-file.js';
import { PolicyModel } from '../../lib/policy-file/policy-model.js';
import { diffPolicies } from '../../lib/review/diff.js';
import { fc } from '../support/fast-check.js';
import { policyFile } from '../support/policy-files.js';
import { runs } from './runs.js';

/** From nobody to anybody. */
const POLICIES: readonly PolicyReference[] = [false, 'forRoot()', '@Cors() on Open'];
const METHODS = ['GET', 'PUT', 'ALL'];
const PATHS = ['/', '/a', '/b', '/z', '/a/a', '/a/b', '/b/b', '/a/z', '/z/b', '/z/z', '/a/b/z'];
/** Paths that overlap in many ways, as each platform writes a wildcard. */
const ROUTES = {
  express: ['/a', '/b', '/:x', '/a/b', '/a/:y', '/:x/b', '/:x/:y', '/*rest', '/a/*rest', '/a{/:y}'],
  fastify: ['/a/:y?', '/b', '/:x', '/a/b', '/:x/b', '/:x/:y', '/*', '/a/*', '/z'],
};

describe.each(['express', 'fastify'] as const)('on %s', (platform) => {
  const route = fc.record({
    method: fc.constantFrom(...METHODS),
    path: fc.constantFrom(...ROUTES[platform]),
    policy: fc.constantFrom(...POLICIES),
  });
  const key = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
  const list = fc.uniqueArray(route, { maxLength: 5, selector: key });
  const file = (routes: readonly Omit<PolicyFileRoute, 'handler'>[]) =>
    policyFile({
      policies: { '@Cors() on Open': { origin: '*' } },
      rest: {
        platform: { name: platform, router: {} },
        routes: routes.map((one) => ({ ...one, handler: key(one) })),
      },
    });

  test('no request to a route has a wider policy than before unless the comparison says so', async () => {
    let wider = 0;
    await fc.assert(
      fc.asyncProperty(list, list, async (old, now) => {
        const [before, after] = [file(old), file(now)];
        const models = [await PolicyModel.of(before), await PolicyModel.of(after)];
        const widened = PATHS.flatMap((target) =>
          ['GET', 'PUT', 'PATCH']
            .filter((method) => {
              const [was, is] = models.map(
                (model) => model.serving({ method, target, host: 'localhost' })[0]?.policy,
              );
              // Nothing that a page can read is where nothing serves.
              if (is === undefined) return false;
              return POLICIES.indexOf(is) > POLICIES.indexOf(was ?? 'forRoot()');
            })
            .map((method) => `${method} ${target}`),
        );
        const { verdict } = await diffPolicies(before, after);
        if (widened.length === 0) return;
        wider += 1;
        expect([verdict, widened]).toEqual(['wider', widened]);
      }),
      { numRuns: runs(300) },
    );
    expect(wider).toBeGreaterThan(0);
  });
});

import { compileConfiguration } from '../../lib/options/compile-configuration.js';
import { mergeOptions } from '../../lib/options/read/effective-options.js';
import type { DeclaredOption, DeclaredOptions } from '../../lib/options/declared-options.js';
import { fc } from '../support/fast-check.js';
import { RESOLVERS, TOOLS } from '../unit/options/configuration.js';
import { runs } from './runs.js';

const APP = 'https://app.example.com';

function declared<T>(values: fc.Arbitrary<T>): fc.Arbitrary<DeclaredOption<T> | undefined> {
  const option = fc.tuple(values, fc.constantFrom('a', 'b')).map(([value, declaredAt]) => ({
    value,
    raw: value,
    declaredAt,
    precedence: 0,
  }));
  return fc.option(option, { nil: undefined });
}

const names = fc.oneof(fc.constant('*' as const), fc.array(fc.constantFrom('x-a', 'x-b')));
const layer: fc.Arbitrary<DeclaredOptions> = fc.record({
  origin: declared(fc.constantFrom(APP, 'https://shop.example.com')),
  methods: declared(fc.oneof(fc.constant('*' as const), fc.array(fc.constantFrom('GET', 'PUT')))),
  allowedHeaders: declared(names),
  exposedHeaders: declared(names),
  credentials: declared(fc.boolean()),
  maxAge: declared(fc.nat(86_400)),
  timingAllowOrigin: declared(fc.boolean()),
});
const layers = fc.array(fc.oneof(layer, fc.constant(false as const)), { maxLength: 4 });

/** Options as a user writes them, all valid together. */
const written = fc.record(
  {
    origin: fc.constantFrom(APP, 'https://shop.example.com', undefined),
    methods: fc.constantFrom('*', ['GET'], ['PUT', 'PATCH'], undefined),
    credentials: fc.option(fc.boolean(), { nil: undefined }),
    maxAge: fc.option(fc.nat(86_400), { nil: undefined }),
    timingAllowOrigin: fc.option(fc.boolean(), { nil: undefined }),
  },
  { requiredKeys: [] },
);
type Written = Record<string, unknown>;

/** Without what is undefined, which counts as not written (and for `origin` is refused). */
function withoutUndefined(options: Written): Written {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function compiled(global: Written, ...overrides: readonly [Written, Written]) {
  const [classOverride, methodOverride] = overrides.map((override) => ({ written: override }));
  const { policies } = compileConfiguration({
    options: { origin: APP, ...global },
    handlers: [{ controller: 'A', handler: 'b', classOverride, methodOverride }],
    resolvers: RESOLVERS,
    tools: TOOLS,
  });
  const policy = policies[1]?.policy;
  if (policy === undefined || policy === false) throw new Error('There is a policy.');
  const { origin, ...values } = policy;
  const allowed = [APP, 'https://shop.example.com'].filter(
    (text) => origin.kind === 'listed' && origin.matches(text),
  );
  return { allowed, ...values };
}

describe('merging', () => {
  const parameters = { numRuns: runs(1000) };

  test('is associative', () => {
    fc.assert(
      fc.property(layer, layer, layer, (global, outer, inner) => {
        const all = mergeOptions(global, [outer, inner]);
        const left = mergeOptions(global, [outer]);
        const right = mergeOptions(outer, [inner]);
        if (typeof left !== 'object' || typeof right !== 'object') {
          throw new TypeError('Every layer has options.');
        }
        expect(mergeOptions(left, [inner])).toEqual(all);
        expect(mergeOptions(global, [right])).toEqual(all);
      }),
      parameters,
    );
  });

  test('is idempotent: a layer repeated changes nothing', () => {
    fc.assert(
      fc.property(layer, layer, (global, one) => {
        expect(mergeOptions(global, [one, one])).toEqual(mergeOptions(global, [one]));
      }),
      parameters,
    );
  });

  test('ignores everything outside the last `false`', () => {
    fc.assert(
      fc.property(layer, layers, layers, (global, farther, nearer) => {
        expect(mergeOptions(global, [...farther, false, ...nearer])).toEqual(
          mergeOptions(global, [false, ...nearer]),
        );
        fc.pre(nearer.length > 0 && nearer[0] !== false);
        expect(mergeOptions(global, [...farther, false, ...nearer])).toEqual(
          mergeOptions(global, nearer),
        );
      }),
      parameters,
    );
  });

  test('agrees with merging plain objects', () => {
    fc.assert(
      fc.property(written, written, written, (global, onClass, onMethod) => {
        const [outer, middle, inner] = [global, onClass, onMethod].map(withoutUndefined);
        const merged = compiled(outer ?? {}, middle ?? {}, inner ?? {});
        expect(merged).toEqual(compiled({ ...outer, ...middle, ...inner }, {}, {}));
        expect(merged).toEqual(compiled(outer ?? {}, {}, { ...middle, ...inner }));
        expect(merged).toEqual(compiled(outer ?? {}, { ...middle, ...inner }, {}));
      }),
      { numRuns: runs(300) },
    );
  });
});

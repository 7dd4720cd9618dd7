import {
  compileInSteps,
  type CompiledConfiguration,
  noKnownOrigins,
  type WrittenConfiguration,
} from '../../../lib/options/compile-configuration.js';
import { Snapshot } from '../../../lib/options/read/snapshot.js';
import { compile, handlerOf, NONE, RESOLVERS, TOOLS } from './configuration.js';

const MEMBERS = 10_000;
const APP = 'https://app.example.com';

const listOf = (originOf: (index: number) => string | RegExp, length = MEMBERS) =>
  Array.from({ length }, (_, index) => originOf(index));

/** Compiles an application of which an update was given some options. */
function compileUpdated(
  options: object,
  update: object,
  more: Partial<WrittenConfiguration> = {},
): { compiled: CompiledConfiguration; steps: number } {
  const compiling = compileInSteps({
    options,
    handlers: [],
    resolvers: RESOLVERS,
    tools: TOOLS,
    updates: { global: new Snapshot().of(update) as Record<string, unknown>, policies: new Map() },
    ...more,
  });
  for (let steps = 0; ; steps += 1) {
    const step = compiling.next();
    if (step.done === true) return { compiled: step.value, steps };
  }
}

describe('an update pauses often enough', () => {
  it.each([
    ['exact origins', (index: number) => `https://a${index}.example.com`],
    ['origins over http', (index: number) => `http://a${index}.example.com:8080`],
    ['patterns', (index: number) => `https://*.a${index}.example.com`],
    ['patterns within a label', (index: number) => `https://a${index}-*.example.com`],
  ])('in a long list of %s', (_, originOf) => {
    const { steps } = compileUpdated({ origin: APP }, { origin: listOf(originOf) });
    expect(steps).toBeGreaterThan(MEMBERS / 300);
  });

  it.each<[string, (origin: unknown) => { options?: object; written?: object; update?: object }]>([
    ['forRoot()', (origin) => ({ options: { origin } })],
    ['a named policy', (origin) => ({ options: { policies: { a: { origin } } } })],
    ['paths', (origin) => ({ options: { paths: { '/a': { origin } } } })],
    ['reportOnly', (origin) => ({ options: { reportOnly: { origin } } })],
    [
      'reportOnly of a policy',
      (origin) => ({ options: { policies: { a: { reportOnly: { origin } } } } }),
    ],
    [
      'reportOnly in paths',
      (origin) => ({ options: { paths: { '/a': { reportOnly: { origin } } } } }),
    ],
    ['@Cors()', (origin) => ({ written: { origin } })],
    ['reportOnly in @Cors()', (origin) => ({ written: { reportOnly: { origin } } })],
    ['an update', (origin) => ({ update: { origin } })],
  ])('in a long list, wherever it is: %s', (_, place) => {
    const stepsWith = (origin: unknown) => {
      const { options, written = {}, update = {} } = place(origin);
      return ['class', 'method'].map((target) => {
        const handler = target === 'class' ? handlerOf(written, NONE) : handlerOf(NONE, written);
        return compileUpdated({ origin: APP, ...options }, update, { handlers: [handler] }).steps;
      });
    };
    const list = listOf((index) => `https://a${index}.example.com`, 2560);
    const short = stepsWith(list.slice(0, 1));
    expect(stepsWith(list)).toEqual(short.map((steps) => steps + 9));
  });

  it('where many origins are dangerous with credentials, or might be', () => {
    const origin = listOf((index) => `http://a${index}.example.com`);
    const options = { origin: APP, credentials: true, dangerouslyAllowInsecureOrigins: true };
    const read = compileUpdated({ ...options, credentials: false }, { origin }).steps;
    expect(compileUpdated(options, { origin }).steps).toBeGreaterThan(read + MEMBERS / 40);
  });

  it('in each RegExp, and many times where they are united', () => {
    const origin = listOf((index) => new RegExp(`^https://a${index}\\.example\\.com$`), 100);
    expect(compileUpdated({ origin: APP }, { origin }).steps).toBeGreaterThan(100 * 20);
  });

  it('in each policy, handler and path, each time they are gone through', () => {
    const names = Array.from({ length: 500 }, (_, index) => `p${index}`);
    const { steps } = compileUpdated(
      {
        origin: APP,
        policies: Object.fromEntries(names.map((name) => [name, { maxAge: 5 }])),
        paths: Object.fromEntries(names.map((name) => [`/${name}`, name])),
      },
      { maxAge: 7 },
      { handlers: names.map((name) => handlerOf(NONE, name, name)) },
    );
    // Read, merged, checked and compiled.
    expect(steps).toBeGreaterThan((3 * names.length * 4) / 40);
  });
});

describe('what an update does not change', () => {
  it.each([
    ['exact origins', listOf((index) => `https://a${index}.example.com`)],
    ['patterns', listOf((index) => `https://*.a${index}.example.com`)],
    ['RegExps', listOf((index) => new RegExp(`^https://a${index}\\.example\\.com$`), 50)],
  ])('is not read again: a list of %s', (_, origin) => {
    const known = noKnownOrigins();
    const options = { origin, credentials: true };
    const first = compileUpdated(options, {}, { known });
    const second = compileUpdated(options, { maxAge: 7 }, { known });
    expect(first.steps).toBeGreaterThan(30);
    expect(second.steps).toBeLessThan(10);
    const [before, after] = [first, second].map(({ compiled }) => compiled.policies[0]?.policy);
    expect(before && after && [after.maxAge, after.origin === before.origin]).toEqual([7, true]);
  });

  it('is refused again where it becomes dangerous', () => {
    const known = noKnownOrigins();
    const options = { origin: [APP, 'http://insecure.example.com'] };
    compileUpdated(options, {}, { known });
    for (let round = 0; round < 2; round += 1) {
      expect(() => compileUpdated(options, { credentials: true }, { known })).toThrow(
        'http://insecure.example.com',
      );
    }
  });
});

describe('RegExps that need too many states together', () => {
  const apart = (count: number) =>
    Array.from(
      'abcdefghijklmnopqrst'.slice(0, count),
      (letter) => new RegExp(`^https://[a-z]*${letter}[a-z]{7}\\.example\\.com$`),
    );

  it('are a warning with their number and a remedy, once for each place', () => {
    const origin = apart(18);
    expect(compile({ origin }, handlerOf(NONE, { maxAge: 5 })).warnings).toEqual([
      'forRoot().origin: its 18 RegExps make 18 automata, since together they would need too many states, and a decision may walk all of them. Write once what they have in common, as in `(?:app|shop)`, use patterns such as `https://*.example.com`, or let a class decide.',
    ]);
    expect(compile({ origin: APP }, handlerOf(NONE, { origin })).warnings).toEqual([
      expect.stringMatching(/^@Cors\(\) on OrdersController\.update.*origin: its 18 RegExps/),
    ]);
  });

  it('are none where there are few, and where many are one automaton', () => {
    const many = listOf((index) => new RegExp(`^https://a${index}\\.example\\.com$`), 50);
    expect([
      ...compile({ origin: apart(16) }).warnings,
      ...compile({ origin: many }).warnings,
    ]).toEqual([]);
  });
});

import { FastifyPathTable } from '../../../../lib/platform/fastify/fastify-path-table.js';
import type { PathRoute, RouteConstraints } from '../../../../lib/routing/path-table.js';

const A = 'a.example:8080';
const from = (host: string | undefined) => ({ hostHeader: () => host });

/** A route with constraints; as Fastify has it, it is conditional where some are hidden. */
function constrained(
  value: string,
  constraints: RouteConstraints | undefined,
  changes: Partial<PathRoute<string>> = {},
): PathRoute<string> {
  const conditional = Object.keys(constraints?.hidden ?? {}).length > 0;
  return { method: 'GET', path: '/a', conditional, constraints, value, ...changes };
}

function tableOf(...routes: readonly PathRoute<string>[]): FastifyPathTable<string> {
  const table = new FastifyPathTable<string>({});
  for (const route of routes) table.add(route);
  return table;
}

/** Who may serve a request, by a look-up for its method and by one for all. */
function candidates(
  table: FastifyPathTable<string>,
  host: string | undefined,
  method = 'GET',
): readonly string[] {
  const found = table.candidates(method, '/a', from(host));
  expect(table.match('/a', from(host)).candidates(method)).toEqual(found);
  return found;
}

describe('a host that a route is bound to', () => {
  it.each<[what: string, bound: string | RegExp, served: (string | undefined)[]]>([
    ['a text', A, [A]],
    ['a RegExp', /^a\./, [A, 'a.example']],
  ])('is evaluated: %s', (_, host, served) => {
    const table = tableOf(
      constrained('any', undefined),
      constrained('bound', { host, hidden: {} }),
    );
    const hosts = [A, 'a.example', 'b.example', '', undefined];
    expect(hosts.map((one) => candidates(table, one))).toEqual(
      hosts.map((one) => [served.includes(one) ? 'bound' : 'any']),
    );
  });

  it('serves nothing else', () => {
    const table = tableOf(constrained('bound', { host: A, hidden: {} }));
    expect([candidates(table, A), candidates(table, 'b.example')]).toEqual([['bound'], []]);
    // Nobody has said which host is asked for.
    expect([table.candidates('GET', '/a'), table.match('/a').methods]).toEqual([[], []]);
  });

  it('is asked for once it is needed, and not before', () => {
    let asked = 0;
    const request = {
      hostHeader: () => {
        asked += 1;
        return A;
      },
    };
    const counts = [undefined, { host: A, hidden: {} }].map((constraints) => {
      tableOf(constrained('a', constraints)).candidates('GET', '/a', request);
      return asked;
    });
    expect(counts).toEqual([0, 1]);
  });

  it('counts for a HEAD as for its GET', () => {
    const bound = { host: A, hidden: {} };
    const table = tableOf(
      constrained('bound', bound),
      constrained('bound', bound, { method: 'HEAD', isImplicitHead: true }),
    );
    expect([candidates(table, A, 'HEAD'), candidates(table, 'b.example', 'HEAD')]).toEqual([
      ['bound'],
      [],
    ]);
  });

  it('that differs makes another route of the same path', () => {
    const table = tableOf(
      constrained('one', { host: A, hidden: {} }),
      constrained('again', { host: A, hidden: {} }),
      constrained('two', { host: 'b.example', hidden: {} }),
    );
    expect([candidates(table, A), candidates(table, 'b.example')]).toEqual([['one'], ['two']]);
  });
});

describe('what a preflight does not show', () => {
  const V1 = { version: '1' };
  const V2 = { version: '2' };

  it('leaves several candidates, up to the first route without any', () => {
    const table = tableOf(
      constrained('1', { hidden: V1 }),
      constrained('2', { hidden: V2 }),
      constrained('any', undefined),
    );
    expect(candidates(table, A)).toEqual(['2', '1', 'any']);
  });

  it('counts as often as it is written: the route with the most is tried first', () => {
    const tables = [
      [constrained('one', { hidden: V1 }), constrained('two', { hidden: { ...V1, secret: 'a' } })],
      [constrained('two', { hidden: { ...V1, secret: 'a' } }), constrained('one', { hidden: V1 })],
      // Beside a host, which counts as well.
      [
        constrained('one', { hidden: V1 }),
        constrained('two', { host: A, hidden: V1 }),
        constrained('any', undefined),
      ],
    ].map((routes) => candidates(tableOf(...routes), A));
    expect(tables).toEqual([
      ['two', 'one'],
      ['two', 'one'],
      ['two', 'one', 'any'],
    ]);
  });

  it('makes one route of two that are equal, as Fastify refuses them', () => {
    const table = tableOf(
      constrained('first', { hidden: V1 }),
      constrained('again', { hidden: { ...V1 } }),
      constrained('other', { hidden: V2 }),
    );
    expect(candidates(table, A)).toEqual(['other', 'first']);
  });

  it('may be of any number', () => {
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`c${index}`, index]));
    const table = tableOf(constrained('many', { hidden: many }), constrained('any', undefined));
    expect(candidates(table, A)).toEqual(['many', 'any']);
  });

  it('may be nothing that is named: a handler that only may take the request', () => {
    const table = tableOf(
      constrained('1', undefined, { conditional: true }),
      constrained('2', undefined, { conditional: true }),
      constrained('any', undefined),
    );
    expect(candidates(table, A)).toEqual(['2', '1', 'any']);
  });

  it('does not keep a route that turns the request away from the next one', () => {
    const table = tableOf(
      constrained('1', { hidden: V1 }, { serves: () => false }),
      constrained('2', { hidden: V2 }),
    );
    expect(candidates(table, A)).toEqual(['2']);
  });

  it('does not tell which other host is asked for', () => {
    const table = tableOf(
      constrained('1', { host: A, hidden: V1 }),
      constrained('2', { host: 'b.example', hidden: V2 }),
    );
    expect([A, 'b.example', 'c.example'].map((host) => candidates(table, host))).toEqual([
      ['1'],
      ['2'],
      [],
    ]);
  });
});

describe('how far a path is read', () => {
  const found = (options: object, path: string, target: string) => {
    const table = new FastifyPathTable<number>(options);
    table.add({ method: 'GET', path, conditional: false, value: 1 });
    return table.candidates('GET', target).length;
  };
  const long = 'b'.repeat(150);

  it.each<[what: string, options: object, path: string, target: string, found: number]>([
    ['parameters of 100 characters', {}, '/:id', `/${'a'.repeat(100)}`, 1],
    ['no longer parameters', {}, '/:id', `/${'a'.repeat(101)}`, 0],
    ['longer ones where the router takes them', { maxParamLength: 200 }, '/:id', `/${long}`, 1],
    ['none that is too long for it', { maxParamLength: 200 }, '/:id', `/${long}${long}`, 0],
    ['no repeated slashes', {}, '/a/b', `/a${'/'.repeat(100)}b`, 0],
    [
      'repeated slashes where the router takes them for one',
      { ignoreDuplicateSlashes: true },
      '/a/b',
      `/a${'/'.repeat(100)}b`,
      1,
    ],
    ['a semicolon', {}, '/a', `/a;${long}`, 0],
    [
      'up to a semicolon where the router ends there',
      { useSemicolonDelimiter: true },
      '/a',
      `/a;${long}`,
      1,
    ],
    // The lower case of a final sigma depends on what follows.
    ['a whole path of one case', { caseSensitive: false }, '/aσ*', `/a%CE%A3${"'".repeat(9)}b`, 1],
  ])('%s', (_, options, path, target, expected) => {
    expect(found(options, path, target)).toBe(expected);
  });
});

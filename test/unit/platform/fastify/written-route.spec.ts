import { addWrittenRoute } from '../../../../lib/platform/fastify/written-route.js';
import type { RouteEntry } from '../../../../lib/routing/route-entry.js';
import type { RouteTable } from '../../../../lib/routing/route-table.js';

type Added = [entry: RouteEntry, as: NonNullable<Parameters<RouteTable['add']>[1]>];

function added(changes: Partial<RouteEntry>): { route: RouteEntry; all: Added[] } {
  const all: Added[] = [];
  const route = {
    method: 'GET',
    path: '/:id',
    handler: 'Cats.one',
    policyIndex: 1,
    versioned: false,
  };
  const written = { ...route, ...changes };
  const routes = { add: (...args: Added) => void all.push(args) };
  addWrittenRoute(routes as unknown as RouteTable, written);
  return { route: written, all };
}

describe('a route that is written in a file', () => {
  it.each<[what: string, changes: Partial<RouteEntry>, methods: [string, boolean][]]>([
    [
      'GET brings its HEAD along',
      {},
      [
        ['GET', false],
        ['HEAD', true],
      ],
    ],
    ['GET of no controller does not: the file has it', { handler: null }, [['GET', false]]],
    ['PUT is one route', { method: 'PUT' }, [['PUT', false]]],
    ['HEAD is one route', { method: 'HEAD' }, [['HEAD', false]]],
  ])('%s', (_, changes, methods) => {
    const { route, all } = added(changes);
    expect(all.map(([entry, as]) => [entry === route, as.method, as.isImplicitHead])).toEqual(
      methods.map(([method, isImplicitHead]) => [true, method, isImplicitHead]),
    );
  });

  it('@All() is a route for each method that Fastify has', () => {
    const methods =
      'GET HEAD TRACE DELETE OPTIONS PATCH PUT POST QUERY SEARCH PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK';
    const { all } = added({ method: 'ALL' });
    expect(all.map(([, as]) => as.method).join(' ')).toBe(methods);
    expect(all.some(([, as]) => as.isImplicitHead)).toBe(false);
  });

  it.each<[what: string, constraints: RouteEntry['constraints'], conditional: boolean]>([
    ['no constraints', undefined, false],
    ['a host, which every request shows', { host: 'a.example', hidden: {} }, false],
    ['a version, which no preflight shows', { hidden: { version: '1' } }, true],
  ])('with %s', (_, constraints, conditional) => {
    const { all } = added({ method: 'PUT', ...(constraints && { constraints }) });
    expect(all.map(([, as]) => [as.constraints, as.conditional])).toEqual([
      [constraints, conditional],
    ]);
  });

  it('of a controller does not serve where a parameter is empty, but for a wildcard', () => {
    const [first] = added({}).all;
    const serves = (params: Record<string, string>) => first?.[1].serves?.(params, '/');
    expect([
      serves({}),
      serves({ id: '1' }),
      serves({ id: '' }),
      serves({ id: '1', name: '' }),
      serves({ '*': '' }),
      serves({ '*': '', id: '' }),
      serves({ '*': '', id: '1' }),
    ]).toEqual([true, true, false, false, true, false, true]);
  });

  it('of no controller serves whatever the router gives it', () => {
    const [first] = added({ handler: null }).all;
    expect(first?.[1]).toEqual({
      method: 'GET',
      conditional: false,
      constraints: undefined,
      isImplicitHead: false,
    });
  });
});

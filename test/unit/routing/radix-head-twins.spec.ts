import { RadixPathTable } from '../../../lib/routing/radix-path-table.js';

type Route = readonly [method: string, path: string, twin?: boolean];

/** A table as Fastify fills it: each GET with its HEAD twin, unless said otherwise. */
function tableOf(...routes: readonly Route[]) {
  const table = new RadixPathTable<string>({});
  for (const [method, path, twin = true] of routes) {
    const value = `${method} ${path}`;
    table.add({ method, path, conditional: false, value });
    if (method === 'GET' && twin) {
      table.add({ method: 'HEAD', path, conditional: false, value, isHeadTwin: true });
    }
  }
  return table;
}

const head = (table: RadixPathTable<string>, target: string) => [
  table.candidates('HEAD', target),
  table.match(target).candidates('HEAD'),
];

it.each<readonly [string, readonly Route[], string, readonly string[]]>([
  ['GET answers for its twin', [['GET', '/a/:id']], '/a/1', ['GET /a/:id']],
  [
    'a HEAD written first',
    [
      ['HEAD', '/a/b'],
      ['GET', '/a/:id'],
    ],
    '/a/b',
    ['HEAD /a/b'],
  ],
  [
    'a HEAD written last',
    [
      ['GET', '/a/:id'],
      ['HEAD', '/a/b'],
    ],
    '/a/b',
    ['HEAD /a/b'],
  ],
  [
    'a HEAD beside',
    [
      ['GET', '/a/:id'],
      ['HEAD', '/a/b'],
    ],
    '/a/1',
    ['GET /a/:id'],
  ],
  [
    'a GET without a twin',
    [
      ['GET', '/a', false],
      ['GET', '/b'],
    ],
    '/a',
    [],
  ],
  [
    'a GET beside one without',
    [
      ['GET', '/a', false],
      ['GET', '/b'],
    ],
    '/b',
    ['GET /b'],
  ],
  ['another method', [['PUT', '/a']], '/a', []],
])('%s', (_, routes, target, values) => {
  expect(head(tableOf(...routes), target)).toEqual([values, values]);
});

it('names HEAD only where it has routes of its own', () => {
  expect([
    tableOf(['GET', '/a']).match('/a').methods,
    tableOf(['GET', '/a'], ['HEAD', '/b']).match('/b').methods,
  ]).toEqual([['GET'], ['HEAD']]);
});

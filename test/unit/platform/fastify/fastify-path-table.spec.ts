import type { FastifyRouterOptions } from '../../../../lib/platform/fastify/fastify-options.js';
import { FastifyPathTable } from '../../../../lib/platform/fastify/fastify-path-table.js';
import { fastifyAnswers, type FastifyRoute } from './fastify-answers.js';

const get = (path: string, version?: string): FastifyRoute => ({
  method: 'GET',
  path,
  ...(version === undefined ? {} : { version }),
});

type Case = [
  name: string,
  options: FastifyRouterOptions,
  routes: FastifyRoute[],
  answers: Record<string, number[]>,
];

describe('FastifyPathTable', () => {
  describe.each<Case>([
    [
      'prefers literal text to parameters to wildcards, whatever the order of registration',
      {},
      [get('/*'), get('/users/:id'), get('/users/me'), get('/users/:id(^\\d+$)')],
      {
        'GET /users/me': [2],
        'GET /users/12': [3],
        'GET /users/you': [1],
        'GET /users/me/x': [0],
        'GET /': [0],
      },
    ],
    [
      'reads on behind a slash that would be ignored at the end',
      { ignoreTrailingSlash: true },
      [get('/*'), get('/health')],
      { 'GET /health/x': [0], 'GET /health//': [0], 'GET /health/': [1], 'GET /health': [1] },
    ],
    [
      'knows each method by its name',
      {},
      [get('/a'), { method: 'SEARCH', path: '/a' }, { method: 'ALL', path: '/b' }],
      {
        'HEAD /a': [0],
        'SEARCH /a': [1],
        'POST /a': [],
        'OPTIONS /b': [2],
        'PROPFIND /b': [2],
        'BREW /b': [],
      },
    ],
    [
      'keeps trailing and duplicate slashes apart',
      {},
      [get('/a'), get('/b/'), get('/c//d')],
      {
        'GET /a/': [],
        'GET /b': [],
        'GET /b/': [1],
        'GET //a': [],
        'GET /c/d': [],
        'GET /c//d': [2],
      },
    ],
    [
      'ignores slashes where the router does',
      { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
      [get('/a'), get('/b/:id')],
      { 'GET /a/': [0], 'GET //a//': [0], 'GET /b//1/': [1] },
    ],
    [
      'minds case unless the router does not',
      { caseSensitive: false },
      [get('/Users/:id')],
      { 'GET /USERS/A': [0] },
    ],
    ['minds case', {}, [get('/Users/:id')], { 'GET /users/1': [], 'GET /Users/A': [0] }],
    [
      'ends the path at a semicolon where the router does',
      { useSemicolonDelimiter: true },
      [get('/a')],
      { 'GET /a;b=1': [0] },
    ],
    ['takes a semicolon for text', {}, [get('/a')], { 'GET /a;b=1': [] }],
    [
      'refuses parameters that are too long',
      { maxParamLength: 5 },
      [get('/a/:id'), get('/b/*')],
      { 'GET /a/12345': [0], 'GET /a/123456': [], 'GET /b/123456': [1] },
    ],
    [
      'decodes as the router does',
      {},
      [get('/a b'), get('/é'), get('/p/:x'), get('/q/r')],
      {
        'GET /a%20b': [0],
        'GET /%C3%A9': [1],
        'GET /p/%2F': [2],
        'GET /q%2Fr': [],
        'GET /%71/r': [3],
        'GET /p/%zz': [],
        'GET /p/%E9': [],
        'GET /p/1?%zz': [2],
      },
    ],
    [
      'reads every form of path that Fastify knows',
      {},
      [get('/o/:x?'), get('/m/:a-:b'), get('/f/:n.json'), get('/c/::x'), get('/g{/:b}'), get('*')],
      {
        'GET /o': [0],
        'GET /o/1': [0],
        'GET /m/1-2': [1],
        'GET /f/x.json': [2],
        'GET /c/:x': [3],
        'GET /g': [5],
        'GET /m/1': [5],
      },
    ],
    [
      'takes the targets that Nest lets Fastify route',
      {},
      [get('/users'), get('/')],
      {
        'GET http://host/users?a': [0],
        'GET http://host': [1],
        'GET http://host?a/users': [],
        'GET http:///users': [],
        'GET http://host/users#a': [],
        'GET *users': [],
        'GET *': [],
        'GET /users#a': [0],
      },
    ],
    [
      'turns away empty parameters, but for wildcards and routes past the adapter',
      {},
      [get('/a/:id/b'), get('/c/*'), { ...get('/d/:id'), isRaw: true }],
      { 'GET /a//b': [], 'GET /a/1/b': [0], 'GET /c/': [1], 'GET /d/': [2] },
    ],
    [
      'turns away what the adapter reads otherwise than Fastify',
      {},
      [get('/geo/:lat,:lng'), get('/p/:id/t/:id')],
      { 'GET /geo/1,2': [0], 'GET /geo/12': [], 'GET /p//t/1': [], 'GET /p/1/t/1': [1] },
    ],
  ])('%s', (_name, options, routes, answers) => {
    it.each(Object.entries(answers))('%s', async (request, expected) => {
      const [method = '', target = ''] = request.split(' ');
      const { table, router, refused } = await fastifyAnswers(routes, options);
      expect([...refused]).toStrictEqual([]);
      expect(table.candidates(method, target)).toStrictEqual(expected);
      expect(table.match(target).candidates(method)).toStrictEqual(expected);
      expect(router(method, target)).toBe(expected[0]);
    });
  });

  describe('conditional routes', () => {
    const routes = [
      get('/*'),
      get('/a/:id', '1'),
      get('/a/b'),
      get('/a/:id', '2'),
      get('/c/d', '1'),
      get('/c/:id', '2'),
    ];

    it.each([
      ['/a/b', [2]],
      ['/a/x', [3, 1, 0]],
      ['/c/d', [4, 5, 0]],
      ['/c/x', [5, 0]],
    ])('GET %s', async (target, expected) => {
      const { table } = await fastifyAnswers(routes);
      expect(table.candidates('GET', target)).toStrictEqual(expected);
      expect(table.match(target).candidates('GET')).toStrictEqual(expected);
    });

    it.each([
      ['/a/x', '1', 1],
      ['/a/x', '2', 3],
      ['/a/x', '3', 0],
      ['/c/d', '2', 5],
      ['/c/d', '', 0],
      ['/a/b', '1', 2],
    ])('GET %s, version %j', async (target, version, expected) => {
      const { router, foresee } = await fastifyAnswers(routes);
      expect(router('GET', target, version)).toBe(expected);
      expect(foresee('GET', target, version)).toBe(expected);
    });

    it('omits the HEAD of a GET, as Fastify does, where an equal one exists', async () => {
      const { table, router, foresee } = await fastifyAnswers(
        [
          { method: 'HEAD', path: '/:x/:y?', version: '2' },
          get('/:x/:y/', '2'),
          get('/:x/:z', '3'),
        ],
        { ignoreTrailingSlash: true },
      );
      expect(table.candidates('HEAD', '/a/b')).toStrictEqual([2, 0]);
      expect(['2', '3'].map((version) => router('HEAD', '/a/b', version))).toStrictEqual([0, 2]);
      expect(['2', '3'].map((version) => foresee('HEAD', '/a/b', version))).toStrictEqual([0, 2]);
    });

    it('continues after a route that rejects the request', () => {
      const table = new FastifyPathTable<string>({});
      table.add({ method: 'GET', path: '/*', conditional: false, value: 'all' });
      table.add({ method: 'GET', path: '/a', conditional: true, value: 'a', serves: never });
      table.add({ method: 'GET', path: '/b', conditional: false, value: 'b', serves: never });
      expect(table.candidates('GET', '/a')).toStrictEqual(['all']);
      expect(table.candidates('GET', '/b')).toStrictEqual([]);
    });
  });

  it('names the methods at a target in the order of registration', async () => {
    const { table } = await fastifyAnswers([
      get('/x'),
      { method: 'PUT', path: '/a/:id' },
      { method: 'DELETE', path: '/b' },
      get('/b'),
      { method: 'POST', path: '/a/b' },
    ]);
    expect(table.match('/a/b').methods).toStrictEqual(['PUT', 'POST']);
    expect(table.match('/b').methods).toStrictEqual(['DELETE', 'GET', 'HEAD']);
    expect(table.match('/c').methods).toStrictEqual([]);
    expect(table.match('*').methods).toStrictEqual([]);
  });

  it('keeps the first of two equal routes, as with the HEAD that Fastify adds to each GET', () => {
    const table = new FastifyPathTable<string>({});
    const add = (path: string, value: string, conditional = false) =>
      table.add({ method: 'HEAD', path, conditional, value });
    expect(add('/:id', 'own')).toBe(true);
    expect(add('/:name', 'added')).toBe(true);
    expect(add('/:id', 'conditional', true)).toBe(true);
    expect(table.candidates('HEAD', '/1')).toStrictEqual(['conditional', 'own']);
  });

  it.each<[string, string | RegExp]>([
    ['GET', '/a/*/b'],
    ['GET', '/:a(b'],
    ['GET', '/:a((x+)+)'],
    ['GET', 'a'],
    ['GET', /a/],
    ['BREW', '/a'],
    ['ALL', '/a'],
  ])('says that it cannot read %s %s, and goes on', (method, path) => {
    const table = new FastifyPathTable<number>({});
    expect(table.add({ method, path, conditional: false, value: 1 })).toBe(false);
    expect(table.add({ method: 'GET', path: '/*', conditional: false, value: 2 })).toBe(true);
    expect(table.candidates('GET', '/a')).toStrictEqual([2]);
    expect(table.match('/a').methods).toStrictEqual(['GET']);
  });

  it('takes only the router options that decide on routes', () => {
    const options = {
      maxParamLength: 3,
      onBadUrl: () => undefined,
      onMaxParamLength: () => undefined,
      constraints: {},
      querystringParser: () => {
        throw new Error('Not to be asked.');
      },
    };
    const table = new FastifyPathTable<number>(options);
    table.add({ method: 'GET', path: '/:id', conditional: true, value: 1 });
    expect(table.candidates('GET', '/a?b')).toStrictEqual([1]);
    expect(table.candidates('GET', '/%zz')).toStrictEqual([]);
    expect(table.candidates('GET', '/abcd')).toStrictEqual([]);
  });

  it('reads no query', () => {
    const table = new FastifyPathTable<number>({});
    table.add({
      method: 'GET',
      path: '/:id',
      conditional: false,
      value: 1,
      serves: (params, target) => params['id'] === 'a' && target === '/a?id=b&id=c',
    });
    expect(table.candidates('GET', '/a?id=b&id=c')).toStrictEqual([1]);
    expect(table.candidates('GET', '/a')).toStrictEqual([]);
  });
});

function never(): boolean {
  return false;
}

type Route = readonly [method: string, path: string, hasHead?: boolean];

/** A table as Fastify fills it: each GET with its implicit HEAD, unless specified otherwise. */
function tableOf(...routes: readonly Route[]) {
  const table = new FastifyPathTable<string>({});
  for (const [method, path, hasHead = true] of routes) {
    const value = `${method} ${path}`;
    table.add({ method, path, conditional: false, value });
    if (method === 'GET' && hasHead) {
      table.add({ method: 'HEAD', path, conditional: false, value, isImplicitHead: true });
    }
  }
  return table;
}

const head = (table: FastifyPathTable<string>, target: string) => [
  table.candidates('HEAD', target),
  table.match(target).candidates('HEAD'),
];

it.each<readonly [string, readonly Route[], string, readonly string[]]>([
  ['GET answers for its implicit HEAD', [['GET', '/a/:id']], '/a/1', ['GET /a/:id']],
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
    'a GET without an implicit HEAD',
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
  const prepared = tableOf(...routes);
  prepared.prepare();
  expect(head(prepared, target)).toEqual([values, values]);
});

it('prepares a tree of HEAD route by route, and only where that of GET does not do', () => {
  const steps = (table: FastifyPathTable<string>) => {
    let count = 0;
    while (table.prepare()) count += 1;
    return count;
  };
  expect([
    steps(tableOf(['GET', '/a'], ['GET', '/b'])),
    steps(tableOf(['GET', '/a'], ['GET', '/b'], ['HEAD', '/c'])),
    steps(tableOf(['GET', '/a'], ['GET', '/b', false])),
  ]).toEqual([0, 3, 1]);
});

it('a HEAD of the same path serves before one that is registered later, whenever a look-up comes', () => {
  for (const looksUp of [false, true]) {
    const table = tableOf(['GET', '/a'], ['HEAD', '/b'], ['GET', '/c']);
    if (looksUp) table.match('/a');
    table.add({ method: 'HEAD', path: '/b', conditional: false, value: 'late' });
    expect(head(table, '/b')).toEqual([['HEAD /b'], ['HEAD /b']]);
    expect(head(table, '/c')).toEqual([['GET /c'], ['GET /c']]);
  }
});

it('takes only HEAD for GET', () => {
  const table = tableOf(['GET', '/a'], ['PUT', '/a'], ['GET', '/b']);
  const found = ['PUT', 'HEAD', 'POST'].map((method) => [
    table.candidates(method, '/a'),
    table.match('/a').candidates(method),
  ]);
  expect(found).toEqual([
    [['PUT /a'], ['PUT /a']],
    [['GET /a'], ['GET /a']],
    [[], []],
  ]);
  expect([table.candidates('PUT', '/b'), table.match('/b').candidates('PUT')]).toEqual([[], []]);
  const route = { method: 'HEAD', path: '/c', conditional: false, value: '' };
  expect(table.add({ ...route, isImplicitHead: true })).toBe(true);
});

it('names HEAD only where it has routes of its own', () => {
  expect([
    tableOf(['GET', '/a']).match('/a').methods,
    tableOf(['GET', '/a'], ['HEAD', '/b']).match('/b').methods,
  ]).toEqual([['GET'], ['HEAD']]);
});

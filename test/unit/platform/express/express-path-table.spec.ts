import { parse } from 'node:url';
import { requestPath } from '../../../../lib/platform/express/express-path-table.js';
import { expressAnswers, type ExpressRoute } from './express-answers.js';

const get = (path: ExpressRoute['path'], conditional = false): ExpressRoute => ({
  method: 'GET',
  path,
  conditional,
});

describe('ExpressPathTable', () => {
  describe.each<[name: string, routes: ExpressRoute[], answers: Record<string, number[]>]>([
    [
      'lets the first registered win',
      [get('/users/:id'), get('/users/me'), get('/:any/me'), get('/users/me')],
      { 'GET /users/me': [0], 'GET /groups/me': [2], 'GET /users': [] },
    ],
    [
      'goes on behind a conditional route',
      [get('/a', true), get('/:b', true), get('/a'), get('/a')],
      { 'GET /a': [0, 1, 2], 'GET /b': [1] },
    ],
    [
      'serves HEAD where it serves GET, and every method where it serves ALL',
      [get('/a'), { method: 'HEAD', path: '/a' }, { method: 'ALL', path: '/b' }],
      {
        'HEAD /a': [0],
        'POST /a': [],
        'OPTIONS /a': [],
        'OPTIONS /b': [2],
        'PROPFIND /b': [2],
        'HEAD /b': [2],
      },
    ],
    [
      'serves nothing else where it serves another method',
      [{ method: 'POST', path: '/:id' }, get('/:id'), { method: 'POST', path: '/a/b' }],
      { 'GET /a%20b': [1], 'POST /a%20b': [0], 'HEAD /a%20b': [1], 'HEAD /a/b': [] },
    ],
    [
      'reads one trailing slash as none',
      [get('/a'), get('/b/'), get('/c/:d'), get('/')],
      {
        'GET /a/': [0],
        'GET /a//': [],
        'GET //a': [],
        'GET /b': [1],
        'GET /c/1/': [2],
        'GET /': [3],
        'GET //': [3],
        'GET ///': [],
      },
    ],
    [
      'reads optional groups and wildcards',
      [get('/a{/:b}'), get('/files/*path'), get('/x{/*rest}'), get('/y{/b}c')],
      {
        'GET /a': [0],
        'GET /a/1': [0],
        'GET /a/1/2': [],
        'GET /files': [],
        'GET /files/1/2': [1],
        'GET /x': [2],
        'GET /x/1/2': [2],
        'GET /yc': [3],
        'GET /y/bc': [3],
        'GET /y/b': [],
      },
    ],
    [
      'reads several parameters in a segment, and escaped characters',
      [get('/:a-:b'), get('/f/:name.json'), get('/\\:c')],
      { 'GET /1-2': [0], 'GET /-2': [], 'GET /f/x.json': [1], 'GET /f/xjson': [], 'GET /:c': [2] },
    ],
    [
      'ignores case',
      [get('/Users'), get('/Books/:id'), get('/É'), get('/\u039c')],
      {
        'GET /uSERS': [0],
        'GET /bOOKS/1': [1],
        'GET /é': [2],
        'GET /\u00b5': [3],
        'GET /boo\u212as/1': [],
      },
    ],
    [
      'compares literal text as sent, and decodes parameters',
      [get('/a b'), get('/%C3%A9'), get('/p/:x')],
      { 'GET /a%20b': [], 'GET /é': [], 'GET /%C3%A9': [1], 'GET /p/%C3%A9': [2] },
    ],
    [
      'stops where a parameter cannot be decoded, whatever the method of its route',
      [
        get('/ok', true),
        { method: 'POST', path: '/:x' },
        get('/:x'),
        get('/%zz'),
        { method: 'PUT', path: '/%zz' },
      ],
      { 'GET /%zz': [], 'GET /%C3': [], 'GET /a/%zz': [], 'GET /ok': [0, 2], 'PUT /%zz': [] },
    ],
    [
      'keeps what came before the parameter that cannot be decoded',
      [get(/^\/%/, true), get('/:x'), get('/%zz')],
      { 'GET /%zz': [0] },
    ],
    [
      'ignores a malformed encoding outside of parameters',
      [get('/%zz'), get('/a/:x')],
      { 'GET /%zz': [0], 'GET /a/x?%zz': [1] },
    ],
    [
      'takes RegExps and lists, as raw routes may be',
      [get(/^\/a(\d*)$/), get(['/b', /^\/C$/i, '/d/:e']), get(/^\/g/g), get([])],
      {
        'GET /a12': [0],
        'GET /ab': [],
        'GET /b': [1],
        'GET /c': [1],
        'GET /d/%zz': [],
        'GET /g': [2],
      },
    ],
    [
      'reads request targets of every form',
      [get('/a'), get('*rest'), get('b')],
      {
        'GET /a?b#c': [0],
        'GET /a#c': [0],
        'GET http://host/a': [0],
        'GET http://host': [1],
        'GET *': [1],
        'GET b': [1],
        'GET http://x%zz@host/a': [],
        'GET ': [],
      },
    ],
    [
      'takes unusual paths for what they are',
      [get('/a'), get('/:x/b')],
      { 'GET /./a': [], 'GET /c/../a': [], 'GET //b': [], 'GET /a%00': [], 'GET /\0/b': [1] },
    ],
  ])('%s', (_name, routes, answers) => {
    it.each(Object.entries(answers))('%s', async (request, expected) => {
      const [method = '', target = ''] = request.split(' ');
      const { table, router } = expressAnswers(routes);
      expect(table.candidates(method, target)).toStrictEqual(expected);
      expect(table.match(target).candidates(method)).toStrictEqual(expected);
      expect(await router(method, target)).toStrictEqual(expected);
    });
  });

  it.each([
    ['/a', [0]],
    ['/A', []],
    ['/a/', []],
    ['/b/', [1]],
    ['/b', []],
    ['/c/1', [2]],
    ['/c/1/', []],
    ['/C/1', []],
  ])('is as strict as the router: GET %s', async (target, expected) => {
    const routes = [get('/a'), get('/b/'), get('/c/:d')];
    const { table, router } = expressAnswers(routes, { caseSensitive: true, strict: true });
    expect(table.candidates('GET', target)).toStrictEqual(expected);
    expect(await router('GET', target)).toStrictEqual(expected);
  });

  it('names the methods at a target in the order of registration', () => {
    const { table } = expressAnswers([
      { method: 'PUT', path: '/a/:id' },
      { method: 'DELETE', path: '/b' },
      { method: 'ALL', path: '/a/*rest', conditional: true },
      get('/a/b'),
      { method: 'PUT', path: '/a/b' },
    ]);
    expect(table.match('/a/b').methods).toStrictEqual(['PUT', 'ALL', 'GET']);
    expect(table.match('/b').methods).toStrictEqual(['DELETE']);
    expect(table.match('/c').methods).toStrictEqual([]);
    expect(table.match('/a/%zz').methods).toStrictEqual([]);
  });

  it.each(['/a(b)', '/a/:', '/a/*', '/a?', '/{a', '/:a:b'])(
    'says that it cannot read %s, and goes on',
    (path) => {
      const { table } = expressAnswers([]);
      expect(table.add({ method: 'GET', path, conditional: false, value: 1 })).toBe(false);
      expect(table.add({ method: 'GET', path: '/*all', conditional: false, value: 2 })).toBe(true);
      expect(table.candidates('GET', path)).toStrictEqual([2]);
    },
  );

  it('does not change the state of a RegExp', () => {
    const path = /^\/a/g;
    const { table } = expressAnswers([]);
    table.add({ method: 'GET', path, conditional: false, value: 1 });
    path.lastIndex = 1;
    expect(table.candidates('GET', '/a')).toStrictEqual([1]);
    expect(table.candidates('GET', '/a')).toStrictEqual([1]);
    expect(path.lastIndex).toBe(1);
  });
});

describe('requestPath', () => {
  it.each([
    ['/users', '/users'],
    ['/users?active=1', '/users'],
    ['/users?a=/b?c', '/users'],
    ['/', '/'],
    ['/?', '/'],
    ['//users//', '//users//'],
    ['/a/../b/./c', '/a/../b/./c'],
    ['/%zz/%00/\0', '/%zz/%00/\0'],
    ['/a;b=1', '/a;b=1'],
    ['/a\\b', '/a\\b'],
    ['/é{}', '/é{}'],
  ])('cuts the query off %j on its own', (target, path) => {
    expect(requestPath(target, parseNothing)).toBe(path);
  });

  it.each([
    ['/users#top', '/users'],
    ['/users?a#top', '/users'],
    ['/a{b}#top', '/a%7Bb%7D'],
    ['/a\\b#top', '/a/b'],
    ['/a\\b?c#top', '/a/b'],
    ['/a\\b?c\u00a0', '/a/b'],
    ['/users\t', '/users'],
    ['/users?a\u00a0', '/users'],
    ['http://api.example.com/users?a', '/users'],
    ['http://api.example.com', '/'],
    ['//user@host/users#', '/users'],
    ['*', '*'],
    ['users', 'users'],
    [`/${'a'.repeat(300)}#top`, `/${'a'.repeat(300)}`],
    [`/${'a'.repeat(300)}\\b?c\u00a0`, `/${'a'.repeat(300)}/b`],
  ])('reads %j as the parser of Express does', (target, path) => {
    expect(requestPath(target, parse)).toBe(path);
  });

  it.each(['', '?a', 'http://a%zz@host/users'])('reads no path in %j', (target) => {
    expect(requestPath(target, parse)).toBeUndefined();
  });
});

function parseNothing(url: string): never {
  throw new Error(`Not to be asked for ${url}`);
}

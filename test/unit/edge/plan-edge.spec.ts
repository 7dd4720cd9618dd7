import { PolicyFileError } from '../../../lib/policy-file/read-policy-file.js';
import type { CorsPolicyFile } from '../../../lib/policy-file/policy-file.js';
import { sorted, TableReader } from '../../support/edge-tables.js';
import { optionsInFile } from '../../support/policy-files.js';
import { edgeFile, planOf, route } from './files.js';

const APP = 'https://app.example.com';
const SHOP = 'https://shop.example.com';
const allowed = (origin: string) => ({
  cors: { 'access-control-allow-origin': origin, vary: 'Origin' },
});
const REFUSED = { cors: { vary: 'Origin' } };

async function readerOf(file: CorsPolicyFile, options: Parameters<typeof planOf>[1] = {}) {
  return new TableReader((await planOf(file, options)).tables);
}

const fastify = (router: Record<string, boolean | number> = {}) => ({ name: 'fastify', router });

describe('the plan for an edge', () => {
  const SHOP_ROUTES = {
    policies: { '@Cors() on Shop': optionsInFile({ origin: [SHOP] }, '@Cors() on Shop') },
    routes: [route('GET', '/orders/:id', { policy: '@Cors() on Shop' }), route('GET', '/orders')],
  };

  it.each([
    ['/orders/1', SHOP],
    ['/ORDERS/1/?x=/y', SHOP],
    ['/orders/a%2Fb', SHOP],
    ['/orders', APP],
    ['/orders/', APP],
    ['/orders/1/2', APP],
    ['//orders/1', APP],
    ['/orders/%E0', APP],
  ])('reads %s as Express does', async (target, origin) => {
    const reader = await readerOf(edgeFile(SHOP_ROUTES));
    expect(reader.response({ method: 'GET', target, origin })).toEqual(allowed(origin));
    const other = origin === SHOP ? APP : SHOP;
    expect(reader.response({ method: 'GET', target, origin: other })).toEqual(REFUSED);
  });

  it.each([
    ['/orders/1', {}, SHOP],
    ['/%6frders/1', {}, SHOP],
    ['/Orders/1', {}, APP],
    ['/Orders/1', { caseSensitive: false }, SHOP],
    ['/orders/1/', {}, APP],
    ['/orders/1/', { ignoreTrailingSlash: true }, SHOP],
    ['/orders/', {}, APP],
    [`/orders/${'x'.repeat(101)}`, {}, APP],
    [`/orders/${'%C3%BC'.repeat(60)}`, {}, SHOP],
    ['/orders/1;a/b', { useSemicolonDelimiter: true }, SHOP],
    ['/orders/1;a/b', {}, APP],
  ])('reads %s as Fastify does with %j', async (target, router, origin) => {
    const reader = await readerOf(edgeFile({ ...SHOP_ROUTES, platform: fastify(router) }));
    expect(reader.response({ method: 'GET', target, origin })).toEqual(allowed(origin));
  });

  it.each([
    ['/', SHOP],
    ['/a', SHOP],
    ['//', SHOP],
    ['/files/', APP],
    ['/files/a', APP],
  ])('gives %s to a wildcard of Fastify without slashes at ends', async (target, origin) => {
    const { policies } = SHOP_ROUTES;
    const routes = [
      route('GET', '*', { policy: '@Cors() on Shop' }),
      route('GET', '/files'),
      route('GET', '/files/*'),
    ];
    const platform = fastify({ ignoreTrailingSlash: true });
    const reader = await readerOf(edgeFile({ policies, routes, platform }));
    expect(reader.response({ method: 'GET', target, origin })).toEqual(allowed(origin));
  });

  it('announces the methods of a path, and asks a list once for all of them', async () => {
    const { tables } = await planOf(
      edgeFile({ routes: [route('GET', '/a'), route('PUT', '/a'), route('GET', '/b')] }),
    );
    const reader = new TableReader(tables);
    const asked = { method: 'PUT', target: '/a', origin: APP };
    expect(sorted(reader.preflight(asked))).toEqual({
      status: 204,
      cors: {
        'access-control-allow-origin': APP,
        'access-control-allow-methods': 'GET, PUT',
        'access-control-max-age': '600',
        vary: 'Origin',
      },
    });
    expect(tables.rules.map(({ exact }) => exact)).toEqual([[APP]]);
  });

  it('looks the root up with the slash that Express takes besides', async () => {
    const file = edgeFile({ global: false, routes: [route('GET', '/')] });
    const { tables } = await planOf(file);
    expect(tables.places.map(({ literals }) => literals)).toEqual([['/', '//']]);
  });

  it('refuses what may be longer than a parameter of Fastify, where that is not measured', async () => {
    const platform = fastify({ maxParamLength: 1500 });
    const reader = await readerOf(edgeFile({ ...SHOP_ROUTES, platform }));
    const at = (length: number) =>
      reader.response({ method: 'GET', target: `/orders/${'x'.repeat(length)}`, origin: SHOP });
    expect([at(1500), at(1501)]).toEqual([allowed(SHOP), REFUSED]);
  });

  it('has no place for what the next one says as well', async () => {
    const { tables } = await planOf(
      edgeFile({
        global: false,
        routes: [route('GET', '/a/:id'), route('GET', '/a/b'), route('GET', '/a/:id/c')],
      }),
    );
    expect(tables.places.map(({ comment }) => comment)).toEqual(['/a/:any', '/a/:any/c']);
  });

  it('has a place for each of three paths that differ by slashes at their ends alone', async () => {
    const platform = { name: 'express', router: { strict: true } };
    const policies = { shop: optionsInFile({ origin: [SHOP] }) };
    const paths = ['/a', '/a/', '/a//'];
    const routes = paths.map((path) => route('GET', path, { policy: 'shop' }));
    const reader = await readerOf(edgeFile({ platform, policies, routes }));
    for (const target of paths) {
      const answer = reader.response({ method: 'GET', target, origin: SHOP });
      expect([target, answer]).toEqual([target, allowed(SHOP)]);
    }
  });

  it('is the same for the same file', async () => {
    const file = edgeFile(SHOP_ROUTES);
    expect(JSON.stringify(await planOf(file))).toBe(JSON.stringify(await planOf(file)));
  });

  it('has what is below a path, and refuses what can be read in several ways', async () => {
    const file = edgeFile({
      paths: { '/files/*': '@Cors() on Shop', '/files/private/*': false },
      policies: SHOP_ROUTES.policies,
    });
    const reader = await readerOf(file);
    const at = (target: string) => reader.response({ method: 'GET', target, origin: SHOP });
    expect([at('/files'), at('/FILES/a/b.js'), at('/files/a%20b')]).toEqual(
      Array(3).fill(allowed(SHOP)),
    );
    expect(at('/nowhere')).toEqual(REFUSED);
    expect([at('/files%2Fprivate/a'), at('/x/../files/a')]).toEqual([REFUSED, REFUSED]);
    expect(at('/files/private/a')).toBe('untouched');
  });

  it('refuses two slashes in a row where a key could be meant, also below a route that begins so', async () => {
    const file = edgeFile({
      policies: SHOP_ROUTES.policies,
      routes: [route('GET', '//*rest')],
      paths: { '/*': '@Cors() on Shop', '/b/*': 'forRoot()' },
    });
    const reader = await readerOf(file);
    const at = (method: string) => reader.response({ method, target: '//b/a', origin: SHOP });
    expect([at('GET'), at('PUT')]).toEqual([REFUSED, REFUSED]);
    expect(reader.response({ method: 'GET', target: '//b/a', origin: APP })).toEqual(allowed(APP));
    expect(reader.response({ method: 'PUT', target: '//b/a', origin: APP })).toEqual(REFUSED);
  });

  it('refuses letters that Fastify decodes where a key could be meant', async () => {
    const file = edgeFile({
      policies: SHOP_ROUTES.policies,
      platform: fastify(),
      routes: [route('PUT', '/files/upload')],
      paths: { '/files/*': '@Cors() on Shop' },
    });
    const reader = await readerOf(file);
    const at = (target: string) => reader.response({ method: 'GET', target, origin: SHOP });
    expect([at('/files/a%2Fb'), at('/%66iles/a')]).toEqual([allowed(SHOP), REFUSED]);
  });

  it('asks about a path with an empty parameter where there is one, not about two slashes', async () => {
    const file = edgeFile({
      policies: { listed: optionsInFile({ methods: ['GET', 'PUT'] }) },
      platform: fastify({ ignoreDuplicateSlashes: true, maxParamLength: 4 }),
      routes: [route('ALL', '/'), route('PUT', '/:id/:name', { policy: 'listed' })],
      paths: { '/*': 'pass-through' },
    });
    const reader = await readerOf(file);
    expect(reader.response({ method: 'GET', target: '/a/', origin: APP })).toBe('untouched');
  });

  it('leaves semicolons to the application, where Fastify ends paths there and keys do not', async () => {
    const file = edgeFile({
      policies: SHOP_ROUTES.policies,
      platform: fastify({ useSemicolonDelimiter: true }),
      paths: { '/files': '@Cors() on Shop' },
    });
    const { tables, delegated } = await planOf(file);
    const at = (target: string) =>
      new TableReader(tables).response({ method: 'GET', target, origin: SHOP });
    expect([at('/files'), at('/files;a')]).toEqual([allowed(SHOP), 'untouched']);
    expect(delegated).toEqual([
      {
        place: 'paths with a semicolon, where Fastify ends them',
        reason: 'keys of `paths` are compared with all of such a path.',
      },
    ]);
  });

  it('mounts the application below a base path', async () => {
    const reader = await readerOf(edgeFile(SHOP_ROUTES), { basePath: '/api' });
    expect(reader.response({ method: 'GET', target: '/api/orders/1', origin: SHOP })).toEqual(
      allowed(SHOP),
    );
    expect(reader.response({ method: 'GET', target: '/orders/1', origin: SHOP })).toBe('untouched');
  });
});

describe('what is left to the application', () => {
  const ORIGINS = Array.from({ length: 7 }, (_, index) => `https://o${index}.example.com`);

  it.each<[string, Partial<CorsPolicyFile>, readonly string[]]>([
    [
      'a function',
      {
        policies: { f: optionsInFile({ origin: { function: 'isPartner' } }, '@Cors() on C.get') },
        routes: [route('GET', '/a', { policy: 'f' })],
      },
      ['GET /a (C.get): isPartner decides at run time, written in @Cors() on C.get.'],
    ],
    [
      'a class, everywhere',
      { policies: { 'forRoot()': optionsInFile({ origin: { class: 'Partners' } }) } },
      ['what no controller serves: Partners decides at run time, written in forRoot().'],
    ],
    [
      'versions in headers',
      {
        policies: { v: optionsInFile({ origin: [SHOP] }) },
        routes: [
          route('GET', '/a', { version: ['1'], policy: 'v' }),
          route('GET', '/a', { version: ['2'], handler: 'C.two' }),
        ],
      },
      [
        'GET /a (C.get): a version (1) decides that a preflight does not name.',
        'GET /a (C.two): a version (2) decides that a preflight does not name.',
      ],
    ],
    [
      'more parameters of Fastify than an expression can measure',
      {
        platform: fastify(),
        policies: { own: optionsInFile({ origin: [SHOP] }) },
        routes: [
          route('GET', '/a', { policy: 'pass-through' }),
          route('GET', '/:a/:b/:c/:d/:e', { policy: 'own', handler: 'C.five' }),
          route('GET', '/:a/:b/:c/:d', { policy: 'own', handler: 'C.four' }),
        ],
      },
      [
        'GET /:a/:b/:c/:d/:e (C.five): the regular expressions of nginx cannot say which paths it serves.',
        'GET /a (C.get): `passThrough` leaves CORS to the handler.',
        'what no controller serves: the regular expressions of nginx cannot say which paths it serves.',
      ],
    ],
    [
      'hosts',
      { routes: [route('GET', '/a', { host: ['one.example.com'] })] },
      ['GET /a (C.get): it is bound to hosts; `--host` says which host is served.'],
    ],
    [
      'paths: false',
      { paths: { '/hook': false } },
      ['the path /hook: `false` leaves CORS to what is served there.'],
    ],
    [
      'passThrough',
      { routes: [route('GET', '/a', { policy: 'pass-through' })] },
      ['GET /a (C.get): `passThrough` leaves CORS to the handler.'],
    ],
    [
      'a RegExp without a way to say it',
      {
        policies: {
          r: optionsInFile({
            origin: [{ source: '^https:\\/\\/(?:a{1001}|b)\\.example\\.com$', flags: '' }],
          }),
        },
        routes: [route('GET', '/a', { policy: 'r' })],
      },
      [
        'GET /a (C.get): the regular expressions of nginx cannot say /^https:\\/\\/(?:a{1001}|b)\\.example\\.com$/, written in forRoot().',
        'other methods of /a: the regular expressions of nginx cannot say /^https:\\/\\/(?:a{1001}|b)\\.example\\.com$/, written in forRoot().',
      ],
    ],
    [
      'a RegExp that servers could try for minutes',
      {
        policies: {
          r: optionsInFile({
            origin: [{ source: '^https:\\/\\/(?:[a-z]+-?)+\\.example\\.com$', flags: '' }],
          }),
        },
        routes: [route('GET', '/a', { policy: 'r' })],
      },
      ['GET /a (C.get)', 'other methods of /a'].map(
        (place) =>
          `${place}: nginx could take minutes over /^https:\\/\\/(?:[a-z]+-?)+\\.example\\.com$/, which matches one text in many ways, written in forRoot().`,
      ),
    ],
    [
      'more lists than a configuration should combine',
      {
        policies: Object.fromEntries(
          ORIGINS.map((origin, index) => [`p${index}`, optionsInFile({ origin: [origin] })]),
        ),
        routes: ORIGINS.map((_, index) =>
          route('GET', '/a', {
            version: [String(index)],
            policy: `p${index}`,
            handler: `C.v${index}`,
          }),
        ),
      },
      [...ORIGINS.keys()]
        .map((index) => `GET /a (C.v${index})`)
        .concat('other methods of /a')
        .map(
          (place) =>
            `${place}: more than 6 lists of origins decide together, written in forRoot().`,
        ),
    ],
  ])('is named: %s', async (_, parts, expected) => {
    const { delegated, tables } = await planOf(edgeFile(parts));
    expect(delegated.map(({ place, reason }) => `${place}: ${reason}`)).toEqual(expected);
    const reader = new TableReader(tables);
    const target = parts.paths === undefined ? '/a' : '/hook';
    expect(reader.isDelegated({ method: 'GET', target, origin: APP })).toBe(true);
  });

  it.each([true, false])(
    'is nothing of a segment of Fastify with text, looking around: %s',
    async (looksAround) => {
      const policies = { own: optionsInFile({ origin: [SHOP] }) };
      const routes = ['/a/:id.json', '/b/:x-:y', '/c/x-:tail/d'].map((path) =>
        route('GET', path, { policy: 'own' }),
      );
      const file = edgeFile({ policies, routes, platform: fastify() });
      const { delegated, tables } = await planOf(file, { looksAround });
      expect(delegated).toEqual([]);
      const reader = new TableReader(tables);
      const at = (target: string) => reader.response({ method: 'GET', target, origin: SHOP });
      const long = 'l'.repeat(100);
      const served = ['/a/x.json', `/a/${long}.json`, `/b/${long}-${long}`, '/c/x-y/d'];
      expect(served.map(at)).toEqual(served.map(() => allowed(SHOP)));
      const others = ['/a/.json', `/a/${long}l.json`, `/b/${long}l-x`, `/b/x-${long}l`, '/c/x-/d'];
      expect(others.map(at)).toEqual(others.map(() => REFUSED));
    },
  );

  it.each<[string, boolean, readonly string[]]>([
    ['/b/:n(^\\d+$)', true, []],
    ['/b/:n(^\\d+$)', false, ['GET /b/:n(^\\d+$) (C.get)']],
    ['/b/:n(^\\d+$).7', true, ['GET /b/:n(^\\d+$).7 (C.get)']],
  ])('is an expression whose length cannot be measured: %s, %s', async (path, looksAround, due) => {
    const policies = { own: optionsInFile({ origin: [SHOP] }) };
    const file = edgeFile({
      policies,
      routes: [route('GET', path, { policy: 'own' })],
      platform: fastify(),
    });
    const { delegated, tables } = await planOf(file, { looksAround });
    expect(delegated.map(({ place }) => place)).toEqual(due);
    const reader = new TableReader(tables);
    const at = (target: string) => reader.response({ method: 'GET', target, origin: SHOP });
    const isLeft = due.length > 0;
    expect(at('/b/x')).toEqual(isLeft ? 'untouched' : REFUSED);
    expect(at('/b/7')).toEqual(isLeft ? 'untouched' : allowed(SHOP));
    // With the text behind it, this may be a parameter of 100.
    const isLong = path.endsWith('.7');
    expect(at(`/b/${'7'.repeat(100)}.7`)).toEqual(isLong ? 'untouched' : REFUSED);
  });

  it('is nothing that other paths cover, and nothing before them', async () => {
    const policies = {
      own: optionsInFile({ origin: [SHOP] }),
      other: optionsInFile({ origin: '*' }),
    };
    const router = fastify({ ignoreTrailingSlash: true });
    const file = edgeFile({
      policies,
      routes: [
        route('GET', '/:name', { policy: 'own' }),
        route('PUT', '/'),
        route('GET', '/a', { policy: 'other' }),
      ],
      platform: router,
    });
    const { delegated, tables } = await planOf(file);
    expect(delegated).toEqual([]);
    const reader = new TableReader(tables);
    const at = (target: string) => reader.response({ method: 'GET', target, origin: SHOP });
    expect([at('/x'), at('/')]).toEqual([allowed(SHOP), REFUSED]);
  });

  it('is nothing of routes that differ by letter case alone, where it makes no difference', async () => {
    const policies = { own: optionsInFile({ origin: [SHOP] }) };
    const routes = [route('GET', '/Orders/:id', { policy: 'own' }), route('PUT', '/orders/:id')];
    const paths = { '/orders/*': 'own' };
    const { delegated, tables } = await planOf(edgeFile({ policies, routes, paths }));
    expect(delegated).toEqual([]);
    const asked = { target: '/ORDERS/1', origin: SHOP };
    const answers = ['GET', 'PUT'].map((method) =>
      new TableReader(tables).response({ ...asked, method }),
    );
    expect(answers).toEqual([allowed(SHOP), REFUSED]);
  });

  it('is an expression of Fastify that takes what is empty, which is not served', async () => {
    const policies = { own: optionsInFile({ origin: [SHOP] }) };
    const routes = [route('GET', '/b/:n(\\d*)', { policy: 'own' })];
    const file = edgeFile({ policies, routes, platform: fastify() });
    const { delegated, tables } = await planOf(file);
    expect(delegated.map(({ place }) => place)).toEqual(['GET /b/:n(\\d*) (C.get)']);
    const reader = new TableReader(tables);
    const at = (target: string) => reader.response({ method: 'GET', target, origin: SHOP });
    expect([at('/b/'), at('/b/7')]).toEqual(['untouched', 'untouched']);
  });

  it('is nothing of hosts where the host is known', async () => {
    const file = edgeFile({
      policies: { one: optionsInFile({ origin: [SHOP] }) },
      routes: [route('GET', '/a', { host: ['one.example.com'], policy: 'one' })],
    });
    const { delegated, tables } = await planOf(file, { host: 'one.example.com' });
    expect(delegated).toEqual([]);
    const asked = { method: 'GET', target: '/a', origin: SHOP };
    expect(new TableReader(tables).response(asked)).toEqual(allowed(SHOP));
  });

  it('is no RegExp that takes its time, where expressions take none', async () => {
    const origin = [{ source: '^https:\\/\\/(?:[a-z]+-?)+\\.example\\.com$', flags: '' }];
    const file = edgeFile({ policies: { 'forRoot()': optionsInFile({ origin }) } });
    expect((await planOf(file, { looksAround: false, title: 'Caddy' })).delegated).toEqual([]);
  });

  it('is all of a path, where another one that is left to it matches but some of it', async () => {
    const file = edgeFile({
      policies: {
        open: optionsInFile({ origin: '*' }),
        f: optionsInFile({ origin: { function: 'isPartner' } }),
      },
      global: 'open',
      routes: [
        route('ALL', '/foo/*rest', { policy: 'f' }),
        route('GET', '/:a--:b/:c/:d', { policy: 'open' }),
      ],
    });
    const reader = await readerOf(file, { looksAround: false, title: 'Caddy' });
    for (const target of ['/foo/x7q/x8q', '/foo/a', '/foo/a/b/c', '/a--b/c/d']) {
      const answer = reader.response({ method: 'GET', target, origin: SHOP });
      expect([target, answer]).toEqual([target, 'untouched']);
    }
    expect(reader.response({ method: 'GET', target: '/a--b/c', origin: SHOP })).not.toBe(
      'untouched',
    );
  });

  it('is what looks ahead, where expressions do not', async () => {
    const origin = [{ source: '^https:\\/\\/(?!evil)[a-z]+\\.example\\.com$', flags: '' }];
    const file = edgeFile({ policies: { 'forRoot()': optionsInFile({ origin }) } });
    expect((await planOf(file)).delegated).toEqual([]);
    const { delegated } = await planOf(file, { looksAround: false, title: 'Caddy' });
    expect(delegated.map(({ place }) => place)).toEqual(['what no controller serves']);
  });
});

it('paths that overlap in more ways than are counted are refused, not cut short', async () => {
  const names = Array.from({ length: 70 }, (_, index) => `/:p${index}`).join('');
  const routes = [route('GET', `/*rest${names}`), route('GET', `${names}/*rest`)];
  await expect(planOf(edgeFile({ routes }))).rejects.toThrow(
    'Expected paths that overlap in fewer ways than a configuration can say.',
  );
});

describe('a file that a configuration must not be written from', () => {
  it.each<[string, Partial<CorsPolicyFile>, RegExp]>([
    [
      'a name of a header with a line in it',
      { policies: { 'forRoot()': optionsInFile({ exposedHeaders: ['x\r\nset-cookie: a'] }) } },
      /Expected a name of a header, got `x\\u000D\\u000Aset-cookie: a`/,
    ],
    [
      'a method with a quote in it',
      { policies: { 'forRoot()': optionsInFile({ methods: ['GET"; }'] }) } },
      /Expected a method, got `GET"; }`/,
    ],
    ['no HTTP platform', { platform: null }, /Expected `platform` to be `express` or `fastify`/],
  ])('is refused: %s', async (_, parts, message) => {
    const planned = planOf(edgeFile(parts));
    await expect(planned).rejects.toThrow(message);
    await expect(planned).rejects.toThrow(PolicyFileError);
  });
});

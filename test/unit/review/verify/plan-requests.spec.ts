import type { CorsPolicyFile } from '../../../../lib/policy-file/policy-file.js';
import { PolicyModel } from '../../../../lib/policy-file/policy-model.js';
import { fillPath } from '../../../../lib/review/fill-path.js';
import { nearMissesOf } from '../../../../lib/review/verify/near-misses.js';
import { planRequests, type PlanOptions } from '../../../../lib/review/verify/plan-requests.js';
import { policyFile } from '../../../support/policy-files.js';

async function plan(file: CorsPolicyFile, options: Partial<PlanOptions> = {}) {
  return planRequests(file, await PolicyModel.of(file), {
    host: 'api.example.com',
    params: new Map(),
    unsafe: false,
    limit: 5000,
    ...options,
  });
}

const withPlatform = (name: string, routes: CorsPolicyFile['routes']) =>
  policyFile({ rest: { platform: { name, router: {} }, routes } });

const route = (path: string, rest: Partial<CorsPolicyFile['routes'][number]> = {}) => ({
  method: 'GET',
  path,
  handler: `Controller.${path}`,
  policy: 'forRoot()',
  ...rest,
});

describe('near misses of an origin', () => {
  it('are what a check that is written by hand mistakes for it', () => {
    expect(nearMissesOf('https://app.example.com').map(({ origin }) => origin)).toEqual([
      'https://example.com',
      'https://evilexample.com',
      'https://evil.app.example.com',
      'https://evilapp.example.com',
      'https://app.example.com.evil.example',
      'https://app-example.com',
      'http://app.example.com',
      'https://app.example.com:8443',
      'https://app.example.com/',
      'https://APP.EXAMPLE.COM',
    ]);
  });

  it.each([
    [
      'http://localhost:3000',
      ['https://localhost:3000', 'http://localhost:8443', 'http://localhost'],
    ],
    [
      'https://10.0.0.1:8443',
      ['http://10.0.0.1:8443', 'https://10.0.0.1:8444', 'https://10.0.0.1'],
    ],
    ['http://[::1]', ['https://[::1]', 'http://[::1]:8443']],
    ['capacitor://localhost', ['capacitor://localhost:8443']],
    ['https://example.com', ['https://evil.example.com', 'https://evilexample.com']],
  ])('of %s have what it has', (origin, some) => {
    const misses = nearMissesOf(origin).map((miss) => miss.origin);
    expect(some.filter((one) => !misses.includes(one))).toEqual([]);
    expect(misses).not.toContain(origin);
    expect(misses).toContain(`${origin}/`);
  });
});

describe('paths', () => {
  it.each([
    ['/orders/:id', '/orders/1'],
    ['/:a-:b/x', '/1-1/x'],
    ['/files/*rest', '/files/1'],
    ['/files/*', '/files/1'],
    ['/a{/:b}', '/a/1'],
    ['/n/:n(^\\d{2,4}$)', '/n/1'],
    ['/:"a b"', '/1'],
    ['/a\\:b', '/a:b'],
    ['/', '/'],
  ])('%s is filled in as %s', (path, target) => {
    expect(fillPath(path, new Map())[0]?.target).toBe(target);
  });

  it('what the user gave is encoded, and printed as a parameter', () => {
    expect(fillPath('/a/:id/:name', new Map([['id', 'x/y']]))[0]).toEqual({
      target: '/a/x%2Fy/1',
      shown: '/a/:id/1',
    });
  });

  it.each(['express', 'fastify'])('a value that the route takes is found, on %s', async (name) => {
    const wants = name === 'fastify' ? '/users/:id(^[a-z]$)' : '/users/:id';
    const { requests, unreachable } = await plan(
      withPlatform(name, [route('/users/1'), route(wants)]),
    );
    expect(unreachable).toEqual([]);
    const targets = requests
      .filter(({ place }) => place === `GET ${wants}`)
      .map((one) => one.target);
    expect([...new Set(targets)]).toEqual(['/users/a']);
  });

  it('where none is found, it is said what to write', async () => {
    const { requests, unreachable } = await plan(
      withPlatform('express', [
        route('/a'),
        route('/a', { handler: 'Other.a' }),
        route('/hosted', { host: [':tenant.example.net'] }),
      ]),
    );
    expect(unreachable).toEqual([
      'GET /a: another route serves its path',
      "GET /hosted (host :tenant.example.net): it is bound to another host: write `--url` with one of its hosts, or `--header 'host: ...'`",
    ]);
    expect(requests.some(({ place }) => place === 'GET /hosted')).toBe(false);
    const hosted = await plan(
      withPlatform('express', [route('/hosted', { host: [':tenant.example.net'] })]),
      { host: 'a.example.net' },
    );
    expect(hosted.unreachable).toEqual([]);
    const narrow = await plan(withPlatform('fastify', [route('/x/:code(^ZZ$)')]));
    expect(narrow.unreachable).toEqual([
      'GET /x/:code(^ZZ$): no path for it is known: write `--param code=VALUE`',
    ]);
  });
});

describe('requests', () => {
  it('are sent for what changes nothing, unless --unsafe', async () => {
    const file = policyFile({ routes: { 'POST /a': 'forRoot()', 'ALL /b': 'forRoot()' } });
    const methods = ({ requests }: Awaited<ReturnType<typeof plan>>) => [
      ...new Set(
        requests.filter((one) => !one.isPreflight).map((one) => `${one.method} ${one.target}`),
      ),
    ];
    expect(methods(await plan(file))).toEqual(['GET /b', 'GET /nestjs-cors-verify']);
    expect(methods(await plan(file, { unsafe: true }))).toContain('POST /a');
  });

  it('with a limit, each place has its share, and what is left out is counted', async () => {
    const names = Array.from({ length: 99 }, (_, index) => [`GET /r${index}`, 'forRoot()']);
    const file = policyFile({ routes: Object.fromEntries(names) as Record<string, string> });
    const { requests, total } = await plan(file, { limit: 200 });
    const counts = new Map<string, number>();
    for (const { place } of requests) counts.set(place, (counts.get(place) ?? 0) + 1);
    expect([...new Set(counts.values())]).toEqual([2]);
    expect([requests.length, counts.size]).toEqual([200, 100]);
    expect(total).toBeGreaterThan(2000);
  });

  it('come from origins of other policies, and from each member of a list', async () => {
    const file = policyFile({
      policies: {
        '@Cors()': {
          origin: [
            'https://*.b.example',
            { source: '^https:\\/\\/c\\.example$', flags: '' },
            'https://d.example',
          ],
        },
      },
      routes: { 'GET /a': 'forRoot()', 'GET /b': '@Cors()' },
    });
    const { requests } = await plan(file);
    const from = (label: string, place: string) => [
      ...new Set(
        requests
          .filter((one) => one.place === place && one.witness?.label === label)
          .map((one) => one.origin),
      ),
    ];
    expect(from('an origin of the file', 'GET /b')).toEqual([
      'https://d.example',
      'https://a.b.example',
      'https://a.b.b.example',
      'https://c.example',
    ]);
    expect(from('an origin of another policy', 'GET /a')).toEqual(['https://d.example']);
  });
});

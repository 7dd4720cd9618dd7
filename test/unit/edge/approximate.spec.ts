import { Losses } from '../../../lib/edge/approximate/flat-policy.js';
import { yamlLines } from '../../../lib/edge/approximate/yaml.js';
import type { EdgeTargetName } from '../../../lib/edge/edge-target.js';
import { envoyRoutes } from '../../../lib/edge/envoy/envoy.js';
import { gatewayRules } from '../../../lib/edge/gateway-api/gateway-api.js';
import { planEdge } from '../../../lib/edge/plan/plan-edge.js';
import { edgeTarget } from '../../../lib/edge/targets.js';
import {
  type Allowed,
  envoyAllows,
  type EnvoyRoute,
  isNoLooser,
  isWhole,
  tablesAllow,
} from '../../support/approximate-edges.js';
import { TableReader } from '../../support/edge-tables.js';
import { type Parts, policyFile } from '../../support/policy-files.js';

const planOf = (parts: Parts) =>
  planEdge(policyFile(parts), {
    digest: 'e3b0c442',
    title: 'Envoy',
    looksAround: false,
    basePath: '',
    host: undefined,
  });

const APPLICATION: Parts = {
  policies: {
    'forRoot()': {
      origin: ['https://app.example.com', 'https://*.example.org'],
      credentials: true,
    },
    open: { origin: '*', exposedHeaders: ['etag'], maxAge: 60 },
    preview: { origin: [{ source: '^https:\\/\\/pr-\\d+\\.example\\.net$', flags: '' }] },
    listed: { allowedHeaders: ['content-type'], methods: ['PUT', 'PATCH'], credentials: true },
  },
  routes: {
    'GET /orders': 'forRoot()',
    'POST /orders': 'preview',
    'GET /orders/:id': 'open',
    'PUT /orders/:id': 'listed',
    'GET /orders/off': false,
    'GET /preview': 'preview',
    'GET /feed/*rest': 'open',
  },
};

const PATHS = [
  '/orders',
  '/ORDERS/',
  '/orders/7',
  '/orders/off',
  '/orders/OFF',
  '/orders/%6fff',
  '/orders/%E0',
  '/preview',
  '/feed/a/b',
  '/feed',
  '/nowhere',
  '/orders/7/8',
  '/orders/../feed/a',
  '//orders',
];
const ORIGINS = [
  'https://app.example.com',
  'https://a.example.org',
  'https://pr-7.example.net',
  'null',
  'https://evil.example',
  'https://evilexample.org',
  'https://pr-7xexample.net',
];
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND'];

const REQUESTS = PATHS.flatMap((target) =>
  METHODS.flatMap((method) =>
    ORIGINS.flatMap((origin) =>
      [false, true].map((isPreflight) => ({ target, method, origin, isPreflight })),
    ),
  ),
);

describe('envoy', () => {
  it('allows nothing that the policy does not, and most of what it does', async () => {
    const { tables } = await planOf(APPLICATION);
    const routes = envoyRoutes(tables, new Losses()) as unknown as readonly EnvoyRoute[];
    const reader = new TableReader(tables);
    const pairs = REQUESTS.map((asked) => ({
      asked,
      came: envoyAllows(routes, asked),
      due: tablesAllow(reader, asked),
    }));
    expect(pairs.filter(({ came, due }) => !isNoLooser(came, due))).toEqual([]);
    const due = pairs.filter((one) => one.due !== undefined);
    const kept = due.filter(({ came }) => came !== undefined);
    expect([due.length > 100, kept.length / due.length > 0.8]).toEqual([true, true]);
  });

  it('tells of every loss in its head', async () => {
    const [main] = (await edgeTarget('envoy')).files(await planOf(APPLICATION), 'answer');
    const head = main?.text.split('\n\n')[0]?.replaceAll('\n#   ', ' ') ?? '';
    expect(head).toContain(
      '# - with credentials, only request headers that `allowedHeaders` lists are allowed: /feed/*, /orders/:any, /orders and 2 more.',
    );
    expect(head).toContain('# - `*` stands for any request header but Authorization: ');
    expect(head).toContain('are answered with 200 and no CORS headers, not with 403.');
  });
});

describe('gateway-api', () => {
  const GATEWAY: Parts = {
    policies: {
      'forRoot()': {
        origin: ['https://app.example.com', 'https://*.example.org', 'http://localhost:*'],
      },
      narrow: { origin: ['https://app.example.com'], maxAge: 60, methods: ['GET', 'PUT'] },
      open: { origin: '*', exposedHeaders: ['etag'] },
    },
    routes: { 'GET /orders': 'forRoot()', 'PUT /orders': 'narrow', 'GET /feed/*rest': 'open' },
  };

  it('allows nothing that the policy does not, whichever rule comes first', async () => {
    const { tables } = await planOf(GATEWAY);
    const losses = new Losses();
    const rules = gatewayRules(tables, losses);
    const reader = new TableReader(tables);
    let kept = 0;
    for (const asked of REQUESTS) {
      const { target, method, origin, isPreflight } = asked;
      const sent = isPreflight ? 'OPTIONS' : method;
      const due = tablesAllow(reader, asked);
      for (const { policy, matches: all } of rules) {
        const isMatched = all.some(
          ({ path, method: own, headers = [] }) =>
            (path.type === 'PathPrefix' || isWhole(path.value, target)) &&
            (own === undefined || own === sent) &&
            headers.every(({ value }) => isPreflight && value === method),
        );
        const origins = policy?.origins?.exact ?? (policy === undefined ? [] : ['*']);
        const isAllowed = origins.some((one) =>
          isWhole(one.replaceAll('.', '\\.').replaceAll('*', '.*'), origin),
        );
        if (!isMatched || !isAllowed || policy === undefined) continue;
        kept += 1;
        const { credentials, methods, headers, exposed, maxAge } = policy;
        const came: Allowed = {
          credentials,
          methods: isPreflight ? methods : [],
          headers: isPreflight ? [headers].flat() : [],
          exposed: isPreflight ? [] : exposed,
          maxAge: isPreflight ? maxAge : 0,
        };
        expect([asked, isNoLooser(came, due)]).toEqual([asked, true]);
      }
    }
    expect(kept).toBeGreaterThan(50);
    expect(losses.lines.join('\n')).toContain('`http://localhost:*` is not allowed');
  });

  it.each<[string, Parts, RegExp]>([
    [
      'where the order of two expressions would matter',
      {
        policies: { open: { origin: '*' } },
        routes: { 'GET /orders/off': false, 'GET /orders/:id': 'open' },
      },
      /^Expected `\/orders\/off` and `\/orders\/:\w+` to allow the same for GET: /,
    ],
    [
      'where preflights would be remembered for longer',
      { policies: { 'forRoot()': { maxAge: 0 } }, routes: { 'GET /orders': 'forRoot()' } },
      /^Expected `maxAge` to be at least 1 for gateway-api, got `0` at \/orders: /,
    ],
    [
      'where there are more rules than a route may have',
      {
        policies: Object.fromEntries(
          Array.from({ length: 16 }, (_, index) => [
            `p${index}`,
            { origin: '*', maxAge: index + 1 },
          ]),
        ),
        routes: Object.fromEntries(
          Array.from({ length: 16 }, (_, index) => [`GET /r${index}`, `p${index}`]),
        ),
      },
      /^Expected at most 16 rules, which is what an HTTPRoute may have, got \d+\. /,
    ],
  ])('is refused %s', async (_title, parts, message) => {
    const { tables } = await planOf(parts);
    expect(() => gatewayRules(tables, new Losses())).toThrow(message);
  });
});

it.each<EdgeTargetName>(['envoy', 'gateway-api'])('%s fills no gaps', async (name) => {
  const target = await edgeTarget(name);
  const plan = await planOf(APPLICATION);
  expect(() => target.files(plan, 'fill')).toThrow(
    `Expected \`--mode answer\` for ${name}, got \`fill\``,
  );
});

it('YAML quotes what is not a plain word', () => {
  expect(
    yamlLines({
      plain: 'a.b/c',
      'needs: quotes': ['no', '*', 'a: "b"', '1', '', "it's", 'null', '- x', '#y'],
      number: 1,
      truth: false,
      none: undefined,
      empty: [],
      nested: [{ a: 1, b: [{ c: 'd' }] }],
    }),
  ).toEqual([
    'plain: a.b/c',
    '"needs: quotes":',
    ...['"no"', '"*"', '"a: \\"b\\""', '"1"', '""', '"it\'s"', '"null"', '"- x"', '"#y"'].map(
      (text) => `  - ${text}`,
    ),
    'number: 1',
    'truth: false',
    'empty: []',
    'nested:',
    '  - a: 1',
    '    b:',
    '      - c: d',
  ]);
});

it('YAML has a long list once, however many have it', () => {
  const long = ['a', 'b', 'c', 'd'];
  const short = ['a', 'b', 'c'];
  expect(
    yamlLines([
      { long, short },
      { long, short, same: ['a', 'b', 'c', 'd'] },
    ]),
  ).toEqual([
    '- long: &shared-1',
    ...['a', 'b', 'c', 'd'].map((one) => `    - ${one}`),
    '  short:',
    ...short.map((one) => `    - ${one}`),
    '- long: *shared-1',
    '  short:',
    ...short.map((one) => `    - ${one}`),
    '  same:',
    ...['a', 'b', 'c', 'd'].map((one) => `    - ${one}`),
  ]);
});

it('a file for Envoy has each list of origins once', async () => {
  const origin = Array.from({ length: 20 }, (_, index) => `https://o${index}.example.com`);
  const routes = Array.from({ length: 50 }, (_, index) => [`GET /r${index}/:id`, 'many']);
  const plan = await planOf({
    policies: { 'forRoot()': {}, many: { origin } },
    routes: Object.fromEntries(routes),
  });
  const [file] = (await edgeTarget('envoy')).files(plan, 'answer');
  const text = file?.text ?? '';
  expect(text.match(/https:\/\/o7\.example\.com/g)).toHaveLength(1);
  expect(text.match(/\*shared-1$/gm)?.length).toBeGreaterThan(50);
});

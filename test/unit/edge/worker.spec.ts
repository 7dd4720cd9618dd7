import { worker } from '../../../lib/edge/worker/worker.js';
import type { EdgeMode } from '../../../lib/edge/edge-target.js';
import type { CorsPolicyFile } from '../../../lib/policy-file/policy-file.js';
import { PolicyModel } from '../../../lib/policy-file/policy-model.js';
import { planRequests } from '../../../lib/review/verify/plan-requests.js';
import { sorted } from '../../support/edge-tables.js';
import { expectedOf } from '../../support/model-answers.js';
import { optionsInFile } from '../../support/policy-files.js';
import { edgeFile, planOf, route } from './files.js';

type WithCors = (
  request: Request,
  fetchUpstream: (request: Request) => Response | Promise<Response>,
) => Promise<Response>;

/** The module's one export. */
async function withCorsOf(
  file: CorsPolicyFile,
  mode: EdgeMode,
  options: Parameters<typeof planOf>[1] = {},
): Promise<WithCors> {
  const [module] = worker.files(await planOf(file, options), mode);
  const text = module?.text ?? '';
  expect(text.match(/^export /gm)).toEqual(['export ']);
  // As a worker is loaded: the text is all there is of it.
  // oxlint-disable-next-line no-implied-eval
  const load = new Function(`${text.replace(/^export /m, '')}\nreturn withCors;`) as () => WithCors;
  return load();
}

const HOST = 'api.example.com';
const APP = 'https://app.example.com';
const SHOP = 'https://shop.example.com';
const FILE = edgeFile({
  policies: {
    shop: optionsInFile({
      origin: [
        SHOP,
        'https://*.tenant.example.com',
        { source: '^https:\\/\\/pr-\\d+\\.example\\.net$', flags: 'i' },
      ],
      credentials: true,
      exposedHeaders: ["x-$'`"],
      timingAllowOrigin: true,
      maxAge: 60,
      allowedHeaders: ['content-type'],
    }),
    any: optionsInFile({ origin: '*', exposedHeaders: '*', methods: '*' }),
  },
  routes: [
    route('GET', '/orders/:id'),
    route('PUT', '/orders/:id', { policy: 'shop' }),
    route('GET', '/feed', { policy: 'any' }),
    route('POST', '/hook', { policy: false }),
  ],
  paths: { '/files/*': 'any' },
});

const request = (target: string, method: string, headers: Record<string, string> = {}) =>
  new Request(`http://${HOST}${target}`, { method, headers });
const preflight = (target: string, origin: string, method: string, names?: string) =>
  request(target, 'OPTIONS', {
    origin,
    'access-control-request-method': method,
    ...(names !== undefined && { 'access-control-request-headers': names }),
  });

const CORS = /^access-control-|^timing-|^vary$/;

function answerOf(response: Response, isPreflight: boolean) {
  const cors = Object.fromEntries([...response.headers].filter(([name]) => CORS.test(name)));
  return sorted({ ...(isPreflight && { status: response.status }), cors });
}

const PLAIN = () => new Response('plain', { status: 201, headers: { 'x-own': 'a' } });

describe('the worker', () => {
  it('answers each request as the application does, before an upstream without CORS', async () => {
    const withCors = await withCorsOf(FILE, 'answer');
    const model = await PolicyModel.of(FILE);
    const options = { host: HOST, params: new Map(), unsafe: true, limit: 3000 };
    const { requests } = planRequests(FILE, model, options);
    const kinds = new Set<string>();
    const bodies = new Set<string>();
    for (const asked of requests) {
      const { method, target, origin = '', isPreflight, requestHeaders } = asked;
      const response = await withCors(
        isPreflight
          ? preflight(target, origin, method, requestHeaders)
          : request(target, method, origin === '' ? {} : { origin }),
        PLAIN,
      );
      const due = isPreflight ? model.preflight({ ...asked, origin }) : model.response(asked);
      expect([asked, answerOf(response, isPreflight)]).toEqual([asked, sorted(expectedOf(due))]);
      kinds.add(JSON.stringify(answerOf(response, isPreflight)));
      if (!isPreflight) bodies.add(`${response.status} ${await response.text()}`);
    }
    expect([...bodies]).toEqual(['201 plain']);
    expect([requests.length > 100, kinds.size > 15]).toEqual([true, true]);
  });

  it.each([
    ['X-A, x-a,x-b', 'x-a, x-b'],
    ['*,x-a', 'x-a'],
    ['x-a,*', 'x-a'],
    [', ,', null],
  ])('allows of the headers %j', async (names, allowed) => {
    const withCors = await withCorsOf(FILE, 'answer');
    const response = await withCors(preflight('/feed', APP, 'GET', names), PLAIN);
    expect(response.headers.get('access-control-allow-headers')).toBe(allowed);
  });

  it.each(['a b', 'é', 'a'.repeat(8193), `a${','.repeat(18)}b`, `${'a,'.repeat(128)}b`])(
    'refuses headers that cannot be read: %.9s',
    async (names) => {
      const withCors = await withCorsOf(FILE, 'answer');
      const response = await withCors(preflight('/orders/1', APP, 'GET', names), PLAIN);
      expect([response.status, answerOf(response, false)]).toEqual([
        403,
        { cors: { vary: 'Origin' } },
      ]);
    },
  );

  it('takes off what the upstream says of CORS, and keeps its `Vary` and its cookies', async () => {
    const withCors = await withCorsOf(FILE, 'answer');
    const hostile = new Headers([
      ['access-control-allow-origin', '*'],
      ['access-control-allow-credentials', 'true'],
      ['access-control-expose-headers', 'x-secret'],
      ['vary', 'Accept'],
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ]);
    const upstream = () => new Response('x', { headers: hostile });
    const refused = await withCors(request('/orders/1', 'GET', { origin: SHOP }), upstream);
    expect(answerOf(refused, false)).toEqual({ cors: { vary: 'Accept, Origin' } });
    expect(refused.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    const untouched = await withCors(request('/hook', 'POST', { origin: SHOP }), upstream);
    expect(untouched.headers.get('access-control-allow-origin')).toBe('*');
  });

  it.each<[EdgeMode, string | null]>([
    ['fill', null],
    ['answer', APP],
  ])('fills only where the upstream gives nothing: %s', async (mode, origin) => {
    const withCors = await withCorsOf(FILE, mode);
    const sent = request('/orders/1', 'GET', { origin: APP });
    const answered = await withCors(sent, PLAIN);
    expect(answered.headers.get('access-control-allow-origin')).toBe(origin);
    const down = await withCors(sent, () => {
      throw new Error('down');
    });
    expect([down.status, answerOf(down, false)]).toEqual([
      502,
      { cors: { 'access-control-allow-origin': APP, vary: 'Origin' } },
    ]);
  });

  it('forwards preflights where it only fills', async () => {
    const withCors = await withCorsOf(FILE, 'fill');
    const response = await withCors(preflight('/orders/1', APP, 'GET'), PLAIN);
    expect(response.status).toBe(201);
  });

  it('touches nothing beside the base path', async () => {
    const withCors = await withCorsOf(FILE, 'answer', { basePath: '/api' });
    const below = await withCors(request('/api/orders/1', 'GET', { origin: APP }), PLAIN);
    expect(below.headers.get('access-control-allow-origin')).toBe(APP);
    const beside = await withCors(request('/orders/1', 'GET', { origin: APP }), PLAIN);
    expect(answerOf(beside, false)).toEqual({ cors: {} });
  });
});

import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { fastify } from '../../../../lib/platform/fastify/fastify.js';
import type { PlatformParts } from '../../../../lib/platform/platform.js';
import { REQUEST_FACTS, type RequestFacts } from '../../../../lib/platform/request-facts.js';
import { callMethod } from '../call-method.js';

const APP = 'https://app.example.com';
const HOST = 'a.example';
const broken = new Error('No list of proxies.');
const refused = new Error('Not allowed.');
const DECISION = { outcome: 'allowed', status: 204, headers: [] };
const fails = () => {
  throw broken;
};

type Handler = (this: unknown, request: unknown, reply: unknown, next?: unknown) => unknown;
type Hook = (given: unknown) => void;
interface Route {
  readonly method: string | readonly string[];
  readonly url: string;
  readonly constraints?: object;
  config?: Record<PropertyKey, unknown>;
}
/** An entry, as far as this platform reads it. */
interface Entry {
  readonly method?: string;
  readonly host?: { serves(hostname: string): boolean };
}

/** Turns for the promises of a decision that has come. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
}

/** A promise that the test resolves. */
function pending<T>() {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve: (value: T) => resolve(value) };
}

/** What Fastify's own class of requests is here. */
class FastifyRequest {
  readonly hostname = HOST;
  readonly host = HOST;
  readonly protocol = 'http';
  readonly headers: unknown;
  constructor(_id: string, _params: object, raw: { headers?: unknown }) {
    this.headers = raw.headers;
  }
}

interface Changes {
  readonly rejects?: boolean;
  readonly pipeline?: object;
  readonly ready?: () => Promise<void> | undefined;
  readonly onRoute?: () => Promise<void> | undefined;
  readonly entry?: Entry;
  readonly ownStrategy?: boolean;
  readonly guard?: (handler: Handler) => Handler;
  readonly frameworkErrors?: unknown;
}

/** A Fastify instance and its adapter with the platform installed, over a pipeline of the test's. */
function installed(changes: Changes = {}) {
  const heard: unknown[] = [];
  const facts: RequestFacts[] = [];
  const added: unknown[][] = [];
  const hooks = new Map<string, Hook>();
  const constraint = {};
  const server = new EventEmitter();
  const routing = () => void heard.push('Fastify');
  server.on('request', routing);
  const options = {
    constraints: { version: constraint },
    frameworkErrors: changes.frameworkErrors,
  };
  const instance = {
    server,
    routing,
    addHook: (name: string, hook: Hook) => void hooks.set(name, hook),
    hasConstraintStrategy: (name: string) => name === 'host' && (changes.ownStrategy ?? false),
    [Symbol('fastify.options')]: options,
    [Symbol('fastify.hooks')]: { onResponse: [] },
    [Symbol('fastify.Request')]: FastifyRequest,
  };
  const slots: { route?: Handler; notFound?: Handler; hook?: Handler } = {};
  /** What Fastify makes of a registration: its `onRoute` hooks run inside. */
  const routes: Route[] = [];
  const adapter = {
    versionConstraint: constraint,
    getInstance: () => instance,
    ...(changes.guard && {
      requireNonEmptyParams: (_: string, handler: Handler) => changes.guard?.(handler) ?? handler,
    }),
    get(path: string, handler: Handler) {
      const guarding = this as { requireNonEmptyParams?: (of: string, own: Handler) => Handler };
      slots.route = guarding.requireNonEmptyParams?.(path, handler) ?? handler;
      for (const route of routes) hooks.get('onRoute')?.(route);
    },
    setNotFoundHandler: (handler: Handler) => void (slots.notFound = handler),
    setOnRequestHook: (hook: Handler) => void (slots.hook = hook),
  };
  const pipeline = {
    observer: { servingFailed: (error: unknown) => void heard.push(['failed', error]) },
    policies: { rejectsDisallowed: changes.rejects ?? false },
    routes: {
      add: (...args: unknown[]) => void added.push(args),
      ready: changes.ready ?? (() => undefined),
      candidates: () => ['a candidate'],
    },
    hold: (_: unknown, held: RequestFacts) => void facts.push(held),
    onRequest: (_: unknown, of: RequestFacts) => void facts.push(of),
    onPreflight: (): unknown => undefined,
    onPassed: () => void heard.push('passed'),
    refusalOf: () => undefined,
    refusalAhead: () => undefined,
    ...changes.pipeline,
  };
  const entry = { method: 'GET', ...changes.entry };
  const onRoute = changes.onRoute ?? (() => void heard.push('routed'));
  const parts = { pipeline, entries: { entryOf: () => entry }, interceptor: { onRoute } };
  fastify.install(adapter as never, parts as unknown as PlatformParts);

  const replyOf = () => {
    const raw = {
      headersSent: false,
      destroy: () => void heard.push('destroyed'),
      writeHead: (status: number) => void heard.push(status),
      end: () => void heard.push('ended'),
      [REQUEST_FACTS]: undefined as unknown,
    };
    const send = (payload: unknown) => void heard.push(['sent', payload]);
    return { raw, send, hijack: () => void heard.push('hijacked') };
  };
  const handlerOf = (name: 'route' | 'notFound' | 'hook') => slots[name] ?? fails;
  return {
    heard,
    facts,
    added,
    entry,
    options,
    replyOf,
    /** Registers a handler as Nest does, for the routes that Fastify makes of it. */
    register(handler: Handler, ...of: Route[]): Handler {
      routes.splice(0, routes.length, ...of);
      callMethod(adapter, 'get', '/a', handler);
      return handlerOf('route');
    },
    /** As a plugin does, or the application past Nest. */
    addRoute: (route: Route) => hooks.get('onRoute')?.(route),
    /** What Fastify calls where nothing is found. */
    notFound(): Handler {
      callMethod(adapter, 'setNotFoundHandler', () => 'not found', '');
      return handlerOf('notFound');
    },
    /** A request comes to the adapter's hook: what it goes on with. */
    hook(request: object, reply: object): unknown {
      return handlerOf('hook')(request, reply, (error?: Error) => heard.push(['done', error]));
    },
    /** A request comes to the server, once Fastify is ready. */
    serve(request: object, response: object): void {
      hooks.get('onReady')?.(() => undefined);
      server.emit('request', request, response);
    },
  };
}

function requestOf(changes: object = {}): object {
  const headers = { origin: APP };
  return {
    method: 'GET',
    headers,
    hostname: HOST,
    host: HOST,
    protocol: 'http',
    params: {},
    routeOptions: {},
    raw: { url: '/a', method: 'GET', headers },
    ...changes,
  };
}
const PREFLIGHT = requestOf({
  method: 'OPTIONS',
  headers: { origin: APP, 'access-control-request-method': 'PUT' },
});
const timedOut = (
  reason: unknown = Object.assign(new Error(), { code: 'FST_ERR_HANDLER_TIMEOUT' }),
) => ({
  routeOptions: { handlerTimeout: 20 },
  signal: AbortSignal.abort(reason),
});

describe('the routes of a registration', () => {
  const ENTRY = Symbol.for('nestjs-cors:route');
  const SERVES = Symbol.for('nestjs-cors:serves');

  it('a GET brings its HEAD along, and each knows its entry and nothing more', () => {
    const { register, added, entry } = installed();
    const routes: Route[] = ['GET', 'HEAD'].map((method) => ({ method, url: '/a' }));
    register(() => undefined, ...routes);
    // The entry itself: there is one for each handler, however many routes it has.
    expect(added.map(([own]) => own === entry)).toEqual([true, true]);
    const as = { path: '/a', conditional: false, constraints: undefined, serves: undefined };
    expect(added).toEqual([
      [entry, { method: 'GET', isImplicitHead: false, ...as }],
      [entry, { method: 'HEAD', isImplicitHead: true, ...as }],
    ]);
    expect(routes.map(({ config = {} }) => [Reflect.ownKeys(config), config[ENTRY]])).toEqual([
      [[ENTRY], entry],
      [[ENTRY], entry],
    ]);
  });

  it('the HEAD of an @All() is its own', () => {
    const { register, added } = installed({ entry: { method: 'ALL' } });
    register(() => undefined, { method: ['GET', 'HEAD'], url: '/a' });
    expect(added.map(([, as]) => as)).toEqual([
      expect.objectContaining({ method: 'GET', isImplicitHead: false }),
      expect.objectContaining({ method: 'HEAD', isImplicitHead: false }),
    ]);
  });

  it('of a handler with a guard know whom it turns away, and keep what they had', () => {
    const guard =
      (handler: Handler): Handler =>
      (request, reply) =>
        (request as { params: { id?: string } }).params.id === '' || handler(request, reply);
    const { register, added, heard } = installed({ guard });
    const route: Route = { method: 'GET', url: '/:id', config: { tier: 'gold' } };
    register(() => heard.push('handler'), route);
    const serves = route.config?.[SERVES] as (params: object, target: string) => boolean;
    expect([
      route.config?.['tier'],
      [serves({ id: '' }, '/'), serves({ id: '1' }, '/1')],
      added.map(([, as]) => as),
      heard,
    ]).toEqual(['gold', [false, true], [expect.objectContaining({ serves })], []]);
  });

  it('past Nest are of no controller, also after one of a controller', () => {
    const { register, addRoute, added } = installed({ guard: () => () => undefined });
    register(() => undefined, { method: 'GET', url: '/a' });
    addRoute({ method: 'HEAD', url: '/raw' });
    const entry = { method: 'HEAD', path: '/raw', handler: null, policyIndex: 0, versioned: false };
    expect(added[1]).toEqual([
      entry,
      {
        method: 'HEAD',
        path: '/raw',
        isImplicitHead: false,
        conditional: false,
        constraints: undefined,
        serves: undefined,
      },
    ]);
  });

  it('are forgotten where a registration throws', () => {
    const { register, addRoute, added } = installed();
    const route: Route = {
      method: 'GET',
      get url(): string {
        return fails();
      },
    };
    expect(() => register(() => undefined, route)).toThrow(broken);
    addRoute({ method: 'GET', url: '/raw' });
    expect(added.map(([entry]) => entry)).toEqual([expect.objectContaining({ path: '/raw' })]);
  });

  const HIDDEN = { version: '2' };

  it('share one entry, constraints included', () => {
    const { register, added, entry } = installed();
    const constraints = { host: HOST };
    const routes = ['GET', 'HEAD'].map((method) => ({ method, url: '/a', constraints }));
    register(() => undefined, ...routes);
    const [first, second] = added.map(([own]) => own);
    expect([first === second, first]).toEqual([
      true,
      { ...entry, constraints: { host: HOST, hidden: {} } },
    ]);
  });

  it.each<[what: string, constraints: object, read: object | undefined, ownStrategy?: boolean]>([
    ['none', {}, undefined],
    ['a host', { host: HOST }, { host: HOST, hidden: {} }],
    ['hosts', { host: /\.example$/ }, { host: /\.example$/, hidden: {} }],
    ['a host and others', { host: HOST, ...HIDDEN }, { host: HOST, hidden: HIDDEN }],
    ['others', HIDDEN, { hidden: HIDDEN }],
    ['a host of another kind', { host: { a: 1 } }, { hidden: { host: { a: 1 } } }],
    ["a host of the application's own strategy", { host: HOST }, { hidden: { host: HOST } }, true],
  ])('with the constraints of %s', (_, constraints, read, ownStrategy = false) => {
    const { register, addRoute, added } = installed({ ownStrategy });
    register(() => undefined, { method: 'GET', url: '/a', constraints });
    addRoute({ method: 'GET', url: '/raw', constraints });
    const hides = read !== undefined && !('host' in read && Object.keys(constraints).length === 1);
    expect(
      added.map(([entry, as]) => [(entry as { constraints?: object }).constraints, as]),
    ).toEqual(
      [1, 2].map(() => [read, expect.objectContaining({ constraints: read, conditional: hides })]),
    );
  });
});

describe('a handler', () => {
  it('runs at once where its policy is known, with what it was called with', () => {
    const { register, replyOf, heard } = installed();
    const calls: unknown[] = [];
    const self = {};
    const handler = register(function (this: unknown, ...args) {
      calls.push(this, ...args);
      return 'served';
    });
    const args = [requestOf(), replyOf(), 'next'] as const;
    expect([handler.apply(self, [...args]), calls, heard]).toEqual([
      'served',
      [self, ...args],
      ['routed'],
    ]);
  });

  it('is refused, at once and late', async () => {
    const pipeline = { refusalOf: () => refused };
    const atOnce = installed({ rejects: true, pipeline });
    expect(() => atOnce.register(fails)(requestOf(), atOnce.replyOf())).toThrow(refused);
    const late = installed({ rejects: true, pipeline, onRoute: () => Promise.resolve() });
    await expect(late.register(fails)(requestOf(), late.replyOf())).rejects.toBe(refused);
  });

  it('runs where it is not refused, at once and late', async () => {
    for (const onRoute of [() => undefined, () => Promise.resolve()]) {
      for (const rejects of [false, true]) {
        const { register, replyOf } = installed({ rejects, onRoute });
        const self = {};
        const calls: unknown[] = [];
        const handler = register(function (this: unknown, ...args) {
          calls.push(this, ...args);
          return 'served';
        });
        const args = [requestOf(), replyOf(), 'next'] as const;
        expect([await handler.apply(self, [...args]), calls]).toEqual(['served', [self, ...args]]);
      }
    }
  });

  it('is not asked whether it is refused where nothing is', () => {
    const { register, replyOf } = installed({ pipeline: { refusalOf: () => refused } });
    expect(register(() => 'served')(requestOf(), replyOf())).toBe('served');
  });

  it.each<[what: string, request: object, headersSent: boolean, answer: unknown]>([
    ['runs', {}, false, 'served'],
    ['does not run where somebody has responded', {}, true, undefined],
    ['does not run where its time is up', timedOut(), false, undefined],
    ['runs where its client is gone', timedOut(new Error('aborted')), false, 'served'],
    ['runs where there is no limit', { ...timedOut(), routeOptions: {} }, false, 'served'],
  ])('that is decided late %s', async (_, request, headersSent, answer) => {
    const { promise, resolve } = pending<void>();
    const { register, replyOf } = installed({ onRoute: () => promise });
    const reply = replyOf();
    const result = register(() => 'served')(requestOf(request), reply);
    reply.raw.headersSent = headersSent;
    resolve();
    expect(await result).toBe(answer);
  });

  it('that is bound to another host serves nothing: Nest answers 404', () => {
    const outcomes = [HOST, 'b.example'].map((bound) => {
      const { register, replyOf, heard } = installed({
        entry: { host: { serves: (hostname) => hostname === bound } },
      });
      register(() => heard.push('handler'))(requestOf(), replyOf());
      return heard;
    });
    expect(outcomes).toEqual([
      ['routed', 'handler'],
      ['passed', 'handler'],
    ]);
  });
});

describe('where nothing is found', () => {
  it('no policy of a handler applies', () => {
    const { notFound, replyOf, heard, facts } = installed();
    const reply = replyOf();
    reply.raw[REQUEST_FACTS] = {};
    expect([notFound()(requestOf(), reply), heard, facts]).toEqual(['not found', ['passed'], []]);
  });

  /** A path that cannot be decoded: some releases of Fastify come here with it before any hook. */
  const unseen = (changes: Changes, request = requestOf()) => {
    const all = installed(changes);
    const reply = all.replyOf();
    return { ...all, reply, result: all.notFound()(request, reply) };
  };

  it('ahead of any hook, the request is decided here', () => {
    const { result, heard, facts } = unseen({});
    expect([result, heard, facts.map(({ target }) => target)]).toEqual(['not found', [], ['/a']]);
  });

  it('ahead of any hook, a preflight is answered here', () => {
    const { result, heard } = unseen({ pipeline: { onPreflight: () => DECISION } }, PREFLIGHT);
    expect([result, heard]).toEqual([undefined, ['hijacked', 204, 'ended']]);
  });

  it('ahead of any hook, what is refused is refused here', () => {
    const { result, heard } = unseen({ rejects: true, pipeline: { refusalAhead: () => refused } });
    expect([result, heard]).toEqual([undefined, [['sent', refused]]]);
  });

  it.each<
    [
      what: string,
      refusal: Error | undefined,
      headersSent: boolean,
      result: unknown,
      sent: unknown[],
    ]
  >([
    ['nothing is found', undefined, false, 'not found', []],
    ['what is refused is refused', refused, false, undefined, [['sent', refused]]],
    ['what somebody has answered stands', undefined, true, undefined, []],
    ['what somebody has answered is not refused', refused, true, undefined, []],
  ])('ahead of any hook, late: %s', async (_, refusal, headersSent, answer, sent) => {
    const { promise, resolve } = pending<void>();
    const { reply, result, heard } = unseen({
      pipeline: { onRequest: () => promise, refusalAhead: () => refusal },
    });
    reply.raw.headersSent = headersSent;
    resolve();
    expect([await result, heard]).toEqual([answer, sent]);
  });
});

describe('a request that comes to the hook', () => {
  const DONE = ['done', undefined];

  it('goes on', () => {
    const { hook, replyOf, heard, facts } = installed();
    hook(requestOf(), replyOf());
    expect([heard, facts.map(({ method, target, origin }) => [method, target, origin])]).toEqual([
      [DONE],
      [['GET', '/a', APP]],
    ]);
  });

  it('is not asked for a refusal where nothing is refused', () => {
    const asked: unknown[] = [];
    const refusalAhead = (_: unknown, isRouted: boolean) => {
      asked.push(isRouted);
      return refused;
    };
    const outcomes = [false, true].map((rejects) => {
      const { hook, replyOf, heard } = installed({ rejects, pipeline: { refusalAhead } });
      hook(requestOf(), replyOf());
      return heard;
    });
    // The router has chosen.
    expect([outcomes, asked]).toEqual([[[DONE], [['done', refused]]], [true]]);
  });

  it('is refused late, once the router has chosen', async () => {
    const asked: unknown[] = [];
    const { hook, replyOf, heard } = installed({
      rejects: true,
      pipeline: {
        onRequest: () => Promise.resolve(),
        refusalAhead: (_: unknown, isRouted: boolean) => {
          asked.push(isRouted);
          return refused;
        },
      },
    });
    hook(requestOf(), replyOf());
    await settled();
    expect([heard, asked]).toEqual([[['done', refused]], [true]]);
  });

  it('goes no further where its time was up before it is decided', async () => {
    const { hook, replyOf, heard } = installed({
      pipeline: { onRequest: () => Promise.resolve(), refusalAhead: () => refused },
    });
    hook(requestOf(timedOut()), replyOf());
    await settled();
    expect(heard).toEqual([]);
  });

  it('is seen by nobody else where it is answered ahead of everything', () => {
    const aheads = [true, false].map((answers) => {
      const { hook, replyOf, heard, facts } = installed({ pipeline: { ahead: () => answers } });
      hook(requestOf(), replyOf());
      return [heard, facts.length];
    });
    expect(aheads).toEqual([
      [['hijacked'], 0],
      [[DONE], 1],
    ]);
  });

  it('before the routes are loaded waits for them, and grants nothing until then', async () => {
    const { promise, resolve } = pending<void>();
    const { hook, replyOf, heard, facts } = installed({ ready: () => promise });
    hook(requestOf({ method: 'PUT' }), replyOf());
    await settled();
    const before = [heard.slice(), facts.map(({ method }) => method)];
    resolve();
    await settled();
    expect([before, heard, facts.length]).toEqual([[[], ['PUT']], [DONE], 2]);
  });
});

describe('a preflight that comes to the hook', () => {
  it('is answered, and goes no further', () => {
    const asked: string[] = [];
    const onPreflight = (_: unknown, { method }: RequestFacts) => {
      asked.push(method);
      return DECISION;
    };
    const { hook, replyOf, heard } = installed({ pipeline: { onPreflight } });
    hook(PREFLIGHT, replyOf());
    expect([asked, heard]).toEqual([['PUT'], ['hijacked', 204, 'ended']]);
  });

  it('is left to the application with what it asks about', () => {
    const preflights: unknown[] = [];
    const onRequest = (_: unknown, { method }: RequestFacts, preflight?: RequestFacts) =>
      void preflights.push(method, preflight === undefined ? 'none' : preflight.method);
    const { hook, replyOf, heard } = installed({ pipeline: { onRequest } });
    hook(PREFLIGHT, replyOf());
    hook(requestOf({ method: 'OPTIONS' }), replyOf());
    expect([preflights, heard]).toEqual([
      ['OPTIONS', 'PUT', 'OPTIONS', 'none'],
      [
        ['done', undefined],
        ['done', undefined],
      ],
    ]);
  });

  it.each<[what: string, request: object, headersSent: boolean, heard: unknown[]]>([
    ['is answered', {}, false, ['hijacked', 204, 'ended']],
    ['is not answered where somebody has', {}, true, []],
    ['is not answered where its time is up', timedOut(), false, []],
  ])('that is decided late %s', async (_, request, headersSent, expected) => {
    const { promise, resolve } = pending<object>();
    const { hook, replyOf, heard } = installed({ pipeline: { onPreflight: () => promise } });
    const reply = replyOf();
    hook({ ...PREFLIGHT, ...request }, reply);
    await settled();
    const before = heard.slice();
    reply.raw.headersSent = headersSent;
    resolve(DECISION);
    await settled();
    expect([before, heard]).toEqual([[], expected]);
  });
});

describe('the route that is expected', () => {
  const ENTRY = Symbol.for('nestjs-cors:route');
  const SERVES = Symbol.for('nestjs-cors:serves');
  const on = (hostname: string) => ({ host: { serves: (asked: string) => asked === hostname } });

  /** By what Fastify's router has chosen. */
  function expected(request: object, rejects = false) {
    const { hook, replyOf, facts } = installed({ rejects });
    hook(requestOf(request), replyOf());
    return facts[0]?.expectedRoute({ candidates: () => ['a candidate'] } as never);
  }
  const chosen = (entry: object, serves?: (params: object, target: string) => boolean) => ({
    params: { id: '1' },
    routeOptions: { config: { [ENTRY]: entry, [SERVES]: serves } },
  });

  it.each<[what: string, request: object, route: unknown]>([
    ['is the one chosen', chosen({}), {}],
    ['is one of this host', chosen(on(HOST)), expect.objectContaining({})],
    ['is none of another host', chosen(on('b.example')), undefined],
    ['is none where nothing is found', { is404: true }, undefined],
    ['is looked up where a plugin has replaced its options', { is404: false }, 'a candidate'],
    ['is looked up where it has no options', { routeOptions: { config: {} } }, 'a candidate'],
  ])('%s', (_, request, route) => {
    expect(expected(request)).toEqual(route);
  });

  it('is none where its guard turns the request away, which only a refusal must know', () => {
    const asked: unknown[] = [];
    const serves = (yes: boolean) => (params: object, target: string) => {
      asked.push(params, target);
      return yes;
    };
    const routes = [false, true].flatMap((rejects) =>
      [false, true].map((yes) => expected(chosen({}, serves(yes)), rejects)),
    );
    expect([routes, asked]).toEqual([
      [{}, {}, undefined, {}],
      [{ id: '1' }, '/a', { id: '1' }, '/a'],
    ]);
    expect(expected(chosen({}), true)).toEqual({});
  });
});

describe("an error of Fastify's router", () => {
  const malformed = new Error("'/%zz' is not a valid url component");
  type FrameworkErrors = (error: unknown, request: unknown, reply: unknown) => unknown;

  it('is that of a request which is decided first, unless it has been', () => {
    const outcomes = [undefined, {}].map((seen) => {
      const { options, replyOf, heard, facts } = installed();
      const reply = replyOf();
      reply.raw[REQUEST_FACTS] = seen;
      (options.frameworkErrors as FrameworkErrors)(malformed, requestOf(), reply);
      return [facts.length, heard];
    });
    expect(outcomes).toEqual([
      [1, [['sent', malformed]]],
      [0, [['sent', malformed]]],
    ]);
  });
});

describe('a preflight in front of Fastify', () => {
  const raw = {
    method: 'OPTIONS',
    url: '/a',
    headers: { origin: APP, 'access-control-request-method': 'PUT' },
  };

  /** Who sees a request of Node's, and what is heard of it. */
  function seen(changes: Changes, request: object = raw) {
    const { serve, replyOf, heard } = installed(changes);
    serve(request, replyOf().raw);
    return heard;
  }
  const answering = { onPreflight: () => DECISION };

  it('is answered', () => {
    expect(seen({ pipeline: answering })).toEqual([204, 'ended']);
  });

  it.each<[what: string, changes: Changes, request: object]>([
    ['that is left to the application', {}, raw],
    ['while routes are loaded', { pipeline: answering, ready: () => Promise.resolve() }, raw],
    ['that is none', { pipeline: answering }, { ...raw, method: 'PUT' }],
    ['that asks about nothing', { pipeline: answering }, { ...raw, headers: { origin: APP } }],
  ])('%s is seen by Fastify', (_, changes, request) => {
    expect(seen(changes, request)).toEqual(['Fastify']);
  });

  it('that is answered ahead of everything is seen by nobody else', () => {
    const aheads = [true, false].map((answers) =>
      seen({ pipeline: { ...answering, ahead: () => answers } }),
    );
    expect(aheads).toEqual([[], [204, 'ended']]);
  });
});

describe('what else is read of Fastify', () => {
  const adapterOf = (instance: object) => ({ getInstance: () => instance }) as never;
  const raw = { url: '/a', headers: { origin: APP } };

  it('its plugin for CORS is seen by its decorator, once plugins are loaded', () => {
    const found = [true, false].map((isThere) => {
      const layers: string[] = [];
      const hooks: ((done: () => void) => void)[] = [];
      const instance = {
        addHook: (name: string, hook: (done: () => void) => void) =>
          name === 'onReady' && hooks.push(hook),
        hasRequestDecorator: (name: string) => isThere && name === 'corsPreflightEnabled',
      };
      fastify.otherLayer(adapterOf(instance), (layer) => layers.push(layer));
      const before = layers.slice();
      for (const hook of hooks) hook(() => layers.push('done'));
      return [before, layers];
    });
    expect(found).toEqual([
      [[], ['the plugin @fastify/cors', 'done']],
      [[], ['done']],
    ]);
  });

  it('a request that it has not seen, as far as its own class is found', () => {
    const known = adapterOf({ [Symbol('fastify.Request')]: FastifyRequest });
    const methods = [raw, { ...raw, method: 'PUT' }].map(
      (request) => fastify.factsOf(known, request as IncomingMessage)?.method,
    );
    expect([methods, fastify.factsOf(adapterOf({}), raw as IncomingMessage)]).toEqual([
      ['GET', 'PUT'],
      undefined,
    ]);
  });

  it('the response of Node', () => {
    const response = {};
    expect(fastify.rawResponse({ raw: response })).toBe(response);
  });

  it('the settings of its router, with which paths are read', async () => {
    const options = { routerOptions: { caseSensitive: false, onBadUrl: fails } };
    const adapter = adapterOf({ [Symbol('fastify.options')]: options });
    const settings = fastify.routerSettings(adapter);
    expect(settings).toEqual({ caseSensitive: false });
    for (const table of [await fastify.pathTable(adapter), await fastify.pathTableFor(settings)]) {
      table.add({ method: 'GET', path: '/a', conditional: false, value: {} as never });
      expect(['/a', '/A'].map((path) => table.candidates('GET', path).length)).toEqual([1, 1]);
    }
  });
});

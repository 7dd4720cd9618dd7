import type { IncomingMessage } from 'node:http';
import { express } from '../../../../lib/platform/express/express.js';
import type { PlatformParts } from '../../../../lib/platform/platform.js';
import { REQUEST_FACTS, type RequestFacts } from '../../../../lib/platform/request-facts.js';
import { callMethod } from '../call-method.js';

const APP = 'https://app.example.com';
const broken = new Error('No list of proxies.');
const refused = new Error('Not allowed.');
const fails = () => {
  throw broken;
};

type Handle = (request: object, response: object, next?: (error?: unknown) => void) => unknown;
type Handler = (this: unknown, request: unknown, response: unknown, next?: unknown) => unknown;
type Layer = (request: object, response: object, next: (error?: unknown) => void) => void;

const ROUTES = { add: () => undefined, ready: () => undefined, candidates: () => [] };

/** As an application with this module does when it is mounted in an instance. */
function mountAt(app: object, path: string): void {
  const layer = { match: (asked: string) => asked === path };
  Object.assign(app, { [Symbol.for('nestjs-cors:mounts')]: [layer] });
}

/** What Express's own class of requests is here. */
const PROTOTYPE = {
  get host() {
    return (this as unknown as { headers: { host?: string } }).headers.host;
  },
  get hostname(): string | undefined {
    return this.host?.split(':')[0];
  },
  protocol: 'https',
};

/** Turns for the promises of a decision that has come. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
}

/** An Express application and its adapter with the platform installed, over a pipeline of the test's. */
function installed(
  changes: {
    readonly handle?: Handle;
    readonly rejects?: boolean;
    readonly pipeline?: object;
    readonly ready?: () => Promise<void> | undefined;
    readonly onRoute?: () => Promise<void> | undefined;
    readonly candidates?: () => readonly unknown[];
    readonly indexFor?: () => number;
    readonly entry?: object;
    /** The instance of another application, to share it. */
    readonly app?: { handle: Handle };
  } = {},
) {
  const heard: unknown[] = [];
  const facts: RequestFacts[] = [];
  const app = changes.app ?? {
    handle: changes.handle ?? (() => void heard.push('served')),
    request: PROTOTYPE,
  };
  const slots: { route?: Handler; notFound?: Handler } = {};
  const layers: Layer[] = [];
  const adapter = {
    getInstance: () => app,
    use: (layer: Layer) => void layers.push(layer),
    applyVersionFilter: (handler: Handler) => handler,
    get: (_path: string, handler: Handler) => (slots.route = handler),
    setNotFoundHandler: (handler: Handler) => (slots.notFound = handler),
  };
  const pipeline = {
    observer: { servingFailed: (error: unknown) => void heard.push(['failed', error]) },
    policies: {
      rejectsDisallowed: changes.rejects ?? false,
      indexFor: changes.indexFor ?? (() => 0),
    },
    routes: {
      ...ROUTES,
      ready: changes.ready ?? ROUTES.ready,
      candidates: changes.candidates ?? ROUTES.candidates,
    },
    hold: (_: unknown, held: RequestFacts) => void facts.push(held),
    onRequest: (_: unknown, of: RequestFacts) => void facts.push(of),
    onPreflight: () => undefined,
    onPassed: () => void heard.push('passed'),
    refusalOf: () => undefined,
    refusalAhead: () => undefined,
    ...changes.pipeline,
  };
  const parts = {
    pipeline,
    entries: { entryOf: () => changes.entry ?? { versioned: false } },
    interceptor: { onRoute: changes.onRoute ?? (() => undefined) },
  };
  express.install(adapter as never, parts as unknown as PlatformParts);
  const responseOf = () => ({
    headersSent: false,
    destroy: () => void heard.push('destroyed'),
    writeHead: (status: number) => void heard.push(status),
    end: () => void heard.push('ended'),
  });
  /** Registers a handler as Nest does. */
  const register = (handler: Handler): Handler => {
    callMethod(adapter, 'get', '/a', handler);
    return slots.route ?? handler;
  };
  const setNotFound = (handler: Handler): Handler => {
    callMethod(adapter, 'setNotFoundHandler', handler, '');
    return slots.notFound ?? handler;
  };
  return { app, adapter, layers, facts, heard, responseOf, register, setNotFound };
}

const GET = { method: 'GET', url: '/a', headers: { origin: APP, host: 'a.example:80' } };

describe('a handler that passes the request on', () => {
  /** What happens, in order, when it calls `next` so. */
  function passing(args: readonly unknown[], onPassed?: (heard: unknown[]) => Promise<void>) {
    const { heard, responseOf, register } = installed(
      onPassed && { pipeline: { onPassed: () => onPassed(heard) } },
    );
    const handler = register((_request, _response, next) => {
      (next as (...all: readonly unknown[]) => void)(...args);
      return 'returned';
    });
    const response = responseOf();
    const result = handler(GET, response, (...all: unknown[]) => void heard.push(all));
    return { heard, response, result };
  }

  it.each<[what: string, args: readonly unknown[]]>([
    ['nothing', []],
    ['null', [null]],
    ["'route'", ['route']],
    ["'router'", ['router']],
    // As Express reads them: no error.
    ['false', [false]],
    ['0', [0]],
    ['an empty text', ['']],
  ])('with %s: its policy ends there', (_, args) => {
    const { heard, result } = passing(args);
    expect([heard, result]).toEqual([['passed', [args[0]]], 'returned']);
  });

  it.each<[what: string, error: unknown]>([
    ['an error', broken],
    ['a text', 'routes'],
    ['a number', 1],
  ])('with %s keeps its policy: the error is its own', (_, error) => {
    expect(passing([error]).heard).toEqual([[error]]);
  });

  it('waits for the decision that comes after it', async () => {
    let decide: () => void = () => undefined;
    const { heard } = passing([], () => new Promise((resolve) => (decide = resolve)));
    await settled();
    expect(heard).toEqual([]);
    decide();
    await settled();
    expect(heard).toEqual([[undefined]]);
  });

  it('does not pass on what somebody has answered meanwhile', async () => {
    let decide: () => void = () => undefined;
    const all = passing([], () => new Promise((resolve) => (decide = resolve)));
    all.response.headersSent = true;
    decide();
    await settled();
    expect(all.heard).toEqual([]);
  });

  it('late: what comes after it throws: the connection is closed', async () => {
    const { heard, responseOf, register } = installed({
      pipeline: { onPassed: () => Promise.resolve() },
    });
    const handler = register((_request, _response, next) => (next as () => void)());
    handler(GET, responseOf(), fails);
    await settled();
    expect(heard).toEqual([['failed', broken], 'destroyed']);
  });

  it('gets what it is called with where that is no function', () => {
    const { register, responseOf } = installed();
    const handler = register((_request, _response, next) => next);
    expect(handler(GET, responseOf(), 'next')).toBe('next');
  });
});

describe('a handler whose decision takes its time', () => {
  it.each<[what: string, headersSent: boolean, heard: unknown[]]>([
    ['runs then', false, ['handler']],
    ['does not run where somebody has responded', true, []],
  ])('%s', async (_, headersSent, heard) => {
    let decide: () => void = () => undefined;
    const all = installed({
      onRoute: () => new Promise((resolve) => (decide = resolve)),
    });
    const handler = all.register(() => all.heard.push('handler'));
    const response = all.responseOf();
    const result = handler(GET, response);
    expect(all.heard).toEqual([]);
    response.headersSent = headersSent;
    decide();
    expect([await result, all.heard]).toEqual([headersSent ? undefined : 1, heard]);
  });

  it('is refused then', async () => {
    const { register, responseOf } = installed({
      onRoute: () => Promise.resolve(),
      pipeline: { refusalOf: () => refused },
    });
    await expect(register(fails)(GET, responseOf())).rejects.toBe(refused);
  });
});

describe('where nothing is found', () => {
  it.each<[what: string, onPassed: () => Promise<void> | undefined]>([
    ['at once', () => undefined],
    ['late', () => Promise.resolve()],
  ])('what is refused is refused, %s', async (_, onPassed) => {
    const { setNotFound, responseOf } = installed({
      pipeline: { onPassed, refusalOf: () => refused },
    });
    const handler = setNotFound(() => 'not found');
    await expect(Promise.resolve().then(() => handler(GET, responseOf()))).rejects.toBe(refused);
  });

  it('what is refused is what the late decision says', async () => {
    let refusal: Error | undefined = broken;
    const onPassed = () => Promise.resolve().then(() => (refusal = undefined));
    const { setNotFound, responseOf } = installed({
      pipeline: { onPassed, refusalOf: () => refusal },
    });
    expect(await setNotFound(() => 'not found')(GET, responseOf())).toBe('not found');
  });

  it('what is refused at once is thrown, not rejected with', () => {
    const { setNotFound, responseOf } = installed({ pipeline: { refusalOf: () => refused } });
    expect(() => setNotFound(() => 'not found')(GET, responseOf())).toThrow(refused);
  });

  it('what is not refused is not found, at once and late', async () => {
    for (const onPassed of [() => undefined, () => Promise.resolve()]) {
      const { setNotFound, responseOf } = installed({ pipeline: { onPassed } });
      expect(await setNotFound(() => 'not found')(GET, responseOf())).toBe('not found');
    }
  });
});

describe('what is refused', () => {
  const rejecting = (pipeline: object = {}) =>
    installed({ rejects: true, pipeline: { refusalOf: () => refused, ...pipeline } });

  it('is a handler, but one with a version: only behind the filter is it known to run', () => {
    const unversioned = rejecting();
    expect(() => unversioned.register(fails)(GET, unversioned.responseOf())).toThrow(refused);
    const { adapter, register, responseOf } = installed({
      rejects: true,
      pipeline: { refusalOf: () => refused },
      entry: { versioned: true },
    });
    const handler = adapter.applyVersionFilter(() => 'served');
    expect(() => handler(GET, responseOf())).toThrow(refused);
    expect(register(() => 'passed on')(GET, responseOf())).toBe('passed on');
  });

  it('keeps what the filter is called with', () => {
    const { adapter, responseOf } = installed({ rejects: true });
    const calls: unknown[] = [];
    const self = {};
    const handler = adapter.applyVersionFilter(function (this: unknown, ...args) {
      return calls.push(this, ...args);
    });
    const args = [GET, responseOf(), () => undefined] as const;
    expect([handler.apply(self, [...args]), calls]).toEqual([4, [self, ...args]]);
  });

  it('is a request in the first layer, before the router has chosen', () => {
    const asked: unknown[] = [];
    const { layers, responseOf } = rejecting({
      refusalAhead: (response: unknown, isRouted: boolean) => {
        asked.push(response, isRouted);
        return refused;
      },
    });
    const response = responseOf();
    const heard: unknown[] = [];
    for (const layer of layers) layer(GET, response, (error: unknown) => heard.push(error));
    expect([heard, asked]).toEqual([[refused], [response, false]]);
  });

  it('is nothing where it is not set: no layer, and no filter', () => {
    const { adapter, layers } = installed();
    const handler = () => undefined;
    expect([layers, adapter.applyVersionFilter(handler)]).toEqual([[], handler]);
  });

  it.each<[method: string | undefined, asked: string]>([
    ['PUT', 'PUT'],
    [undefined, 'GET'],
  ])(
    'is not what an application mounted there serves: a request with the method %s',
    (method, asked) => {
      const outcomes = [true, false].map((knows) => {
        const methods: string[] = [];
        const { app, layers, responseOf } = rejecting({
          refusalAhead: () => refused,
          routes: {
            ...ROUTES,
            candidates: (facts: RequestFacts) => {
              methods.push(facts.method);
              return knows ? ['a route'] : [];
            },
          },
        });
        mountAt(app, '/a');
        const heard: unknown[] = [];
        const request = { ...GET, method };
        for (const layer of layers) layer(request, responseOf(), (error) => heard.push(error));
        return [heard, methods];
      });
      expect(outcomes).toEqual([
        [[refused], [asked]],
        [[undefined], [asked]],
      ]);
    },
  );
});

describe('a preflight', () => {
  const headers = { origin: APP, 'access-control-request-method': 'PUT' };
  const PREFLIGHT = { method: 'OPTIONS', url: '/a', headers };
  const decision = { outcome: 'allowed', status: 204, headers: [] };

  function asking(pipeline: object = {}) {
    const asked: string[] = [];
    const all = installed({
      pipeline: {
        onPreflight: (_: unknown, { method }: RequestFacts) => {
          asked.push(method);
          return decision;
        },
        ...pipeline,
      },
    });
    return { ...all, asked };
  }

  it('is answered, and goes no further', () => {
    const { app, asked, heard, responseOf } = asking();
    app.handle(PREFLIGHT, responseOf());
    expect([asked, heard]).toEqual([['PUT'], [204, 'ended']]);
  });

  it('is left to the application with what it asks about', () => {
    const preflights: unknown[] = [];
    const { app, heard, responseOf } = asking({
      onPreflight: () => undefined,
      onRequest: (_: unknown, { method }: RequestFacts, preflight?: RequestFacts) =>
        void preflights.push(method, preflight === undefined ? 'none' : preflight.method),
    });
    app.handle(PREFLIGHT, responseOf());
    app.handle({ ...PREFLIGHT, headers: { origin: APP } }, responseOf());
    expect([preflights, heard]).toEqual([
      ['OPTIONS', 'PUT', 'OPTIONS', 'none'],
      ['served', 'served'],
    ]);
  });

  it('is left to an application that is mounted there, unless a route of this one is asked about', () => {
    const askedOf = (target: string, candidates: readonly string[]) => {
      const { app, asked, responseOf } = asking({
        routes: { ...ROUTES, candidates: () => candidates },
      });
      mountAt(app, '/a');
      app.handle({ ...PREFLIGHT, url: target }, responseOf());
      return asked.length;
    };
    expect([askedOf('/a?b', []), askedOf('/a', ['a route']), askedOf('/b', [])]).toEqual([0, 1, 1]);
  });
});

it('what is answered ahead of everything is seen by nobody else', () => {
  const aheads = [true, false].map((answers) => {
    const { app, facts, heard, responseOf } = installed({ pipeline: { ahead: () => answers } });
    return [app.handle(GET, responseOf()), facts.length, heard];
  });
  expect(aheads).toEqual([
    [undefined, 0, []],
    [undefined, 1, ['served']],
  ]);
});

describe('a request that is served late', () => {
  const late = { pipeline: { onRequest: () => Promise.resolve() } };

  it('is served once it is decided', async () => {
    const { app, heard, responseOf } = installed(late);
    const result = app.handle(GET, responseOf());
    expect(heard).toEqual([]);
    await result;
    expect(heard).toEqual(['served']);
  });

  it('with whoever mounted the application: what it throws is theirs', async () => {
    const { app, heard, responseOf } = installed({ ...late, handle: fails });
    await app.handle(GET, responseOf(), (error) => heard.push(['next', error]));
    expect(heard).toEqual([['next', broken]]);
  });

  it('with nobody around it: what it throws closes the connection', async () => {
    const { app, heard, responseOf } = installed({ ...late, handle: fails });
    await app.handle(GET, responseOf());
    expect(heard).toEqual([['failed', broken], 'destroyed']);
  });

  it('hands on what it was called with', async () => {
    const calls: unknown[] = [];
    const { app, responseOf } = installed({ ...late, handle: (...args) => calls.push(args) });
    const args = [GET, responseOf(), () => undefined] as const;
    await app.handle(...args);
    expect(calls).toEqual([args]);
  });
});

describe('a request that comes before the routes are loaded', () => {
  it('is served once they are, and grants nothing until then', async () => {
    const { app, facts, heard, responseOf } = installed({ ready: () => Promise.resolve() });
    const result = app.handle(GET, responseOf());
    expect([facts.map(({ method, target }) => [method, target]), heard]).toEqual([
      [['GET', '/a']],
      [],
    ]);
    await result;
    expect(heard).toEqual(['served']);
  });

  it('is closed where they cannot be loaded, and that is reported', async () => {
    const { app, heard, responseOf } = installed({ ready: () => Promise.reject(broken) });
    await app.handle(GET, responseOf());
    expect(heard).toEqual([['failed', broken], 'destroyed']);
  });

  it('what is thrown for it then closes the connection', async () => {
    const { app, heard, responseOf } = installed({
      ready: () => Promise.resolve(),
      handle: fails,
    });
    await app.handle(GET, responseOf());
    expect(heard).toEqual([['failed', broken], 'destroyed']);
  });
});

describe('a request without a method', () => {
  it.each<[what: string, ready: () => Promise<void> | undefined]>([
    ['when it arrives', () => undefined],
    ['before the routes are loaded', () => Promise.resolve()],
  ])('counts as GET, %s', async (_, ready) => {
    const { app, facts, responseOf } = installed({ ready });
    await app.handle({ url: '/a', headers: {} }, responseOf());
    expect(new Set(facts.map(({ method }) => method))).toEqual(new Set(['GET']));
  });
});

describe('what an application that shares an instance knows', () => {
  const PREFLIGHT = {
    method: 'OPTIONS',
    url: '/a',
    headers: { origin: APP, 'access-control-request-method': 'PUT' },
  };

  const asking = (heard: unknown[]) => ({ onPreflight: () => void heard.push('preflight') });

  /** Whether a second application on the instance of a first one leaves a preflight to it. */
  function isKnown(changes: Parameters<typeof installed>[0]): boolean {
    const first = installed(changes);
    const asked: unknown[] = [];
    const candidates = () => ['a route'];
    installed({ candidates, pipeline: asking(asked), app: first.app });
    first.app.handle(PREFLIGHT, first.responseOf());
    return asked.length === 0;
  }

  it.each<[what: string, changes: Parameters<typeof installed>[0], known: boolean]>([
    ['a route without a policy of its own', { candidates: () => ['a route'] }, true],
    ['a path with a policy of its own', { indexFor: () => 1 }, true],
    ['nothing', {}, false],
    ['what cannot be read: it answers, and refuses', { candidates: fails }, true],
  ])('%s', (_, changes, known) => {
    expect(isKnown(changes)).toBe(known);
  });

  it('is asked of what a preflight asks about', () => {
    const methods: string[] = [];
    const first = installed({
      pipeline: {
        routes: {
          ...ROUTES,
          candidates: ({ method }: RequestFacts) => {
            methods.push(method);
            return ['a route'];
          },
        },
      },
    });
    installed({ app: first.app });
    for (const request of [PREFLIGHT, GET]) first.app.handle(request, first.responseOf());
    expect(new Set(methods)).toEqual(new Set(['PUT', 'GET']));
  });

  it('decides what the response says until a handler runs', () => {
    const onRequest = (name: string) => (response: object) =>
      void Object.assign(response, { [REQUEST_FACTS]: name });
    const saidWhere = (knows: (number: number) => boolean) => {
      const candidates = (number: number) => () => (knows(number) ? ['a route'] : []);
      const first = installed({
        candidates: candidates(1),
        pipeline: { onRequest: onRequest('first') },
      });
      const { app } = first;
      installed({ candidates: candidates(2), pipeline: { onRequest: onRequest('second') }, app });
      const response = first.responseOf();
      app.handle(GET, response);
      return Reflect.get(response, REQUEST_FACTS) as unknown;
    };
    expect([1, 2, 3].map((one) => saidWhere((number) => number === one))).toEqual([
      'first',
      'second',
      'first',
    ]);
  });
});

describe('the facts of a request', () => {
  const adapter = { getInstance: () => ({ request: PROTOTYPE }) } as never;
  const factsOf = (request: object) => express.factsOf(adapter, request as IncomingMessage);

  it('are read by the prototype of the application', () => {
    const facts = factsOf({ ...GET, method: 'PUT', originalUrl: '/mounted/a' });
    expect([facts?.method, facts?.target, facts?.hostname(), facts?.toCorsRequest()]).toEqual([
      'PUT',
      '/a',
      'a.example',
      { origin: APP, method: 'PUT', url: '/mounted/a', hostname: 'a.example', protocol: 'https' },
    ]);
  });

  it('of one without method, origin or host', () => {
    const facts = factsOf({ url: '/a', headers: {} });
    expect([facts?.method, facts?.hostname(), facts?.toCorsRequest()]).toEqual([
      'GET',
      '',
      { origin: '', method: 'GET', url: '/a', hostname: '', protocol: 'https' },
    ]);
  });

  it('are asked of the headers as they are where these have a host', () => {
    const seen: unknown[] = [];
    const request = Object.defineProperty({}, 'host', {
      get(this: { headers: unknown; socket: unknown; connection: unknown }) {
        seen.push(this.headers, this.socket, this.connection);
        return 'a.example';
      },
    });
    const socket = {};
    const own = { getInstance: () => ({ request }) } as never;
    express.factsOf(own, { ...GET, socket } as never)?.isSameOrigin();
    expect([seen, seen[0] === GET.headers, seen[1] === socket]).toEqual([
      [GET.headers, socket, socket],
      true,
      true,
    ]);
  });

  it('of HTTP/2, which names its host otherwise', () => {
    const headers = { ':authority': 'b.example:443', origin: 'https://b.example:443' };
    const facts = factsOf({ url: '/a', headers });
    expect([facts?.hostname(), facts?.isSameOrigin(), headers]).toEqual([
      'b.example',
      true,
      { ':authority': 'b.example:443', origin: 'https://b.example:443' },
    ]);
  });
});

describe("the application's router", () => {
  const adapterOf = (router: object | undefined) => ({ getInstance: () => ({ router }) }) as never;

  it.each<[router: object | undefined, settings: object]>([
    [
      { caseSensitive: true, strict: true },
      { caseSensitive: true, strict: true },
    ],
    [{}, { caseSensitive: false, strict: false }],
    [undefined, { caseSensitive: false, strict: false }],
  ])('%j has the settings %j', (router, settings) => {
    expect(express.routerSettings(adapterOf(router))).toEqual(settings);
  });

  it.each<[settings: Record<string, boolean | number>, serves: number[]]>([
    [{}, [1, 1, 1]],
    [{ caseSensitive: true }, [1, 0, 1]],
    [{ strict: true }, [1, 1, 0]],
    [{ caseSensitive: true, strict: true }, [1, 0, 0]],
    [{ caseSensitive: false, strict: 1 }, [1, 1, 1]],
  ])('that is written as %j reads paths so', async (settings, serves) => {
    const table = await express.pathTableFor(settings);
    table.add({ method: 'GET', path: '/a', conditional: false, value: {} as never });
    expect(['/a', '/A', '/a/'].map((path) => table.candidates('GET', path).length)).toEqual(serves);
  });

  it('reads paths by its own settings', async () => {
    const table = await express.pathTable(adapterOf({ caseSensitive: true }));
    table.add({ method: 'GET', path: '/a', conditional: false, value: {} as never });
    // In absolute form: as `node:url` parses it.
    const targets = ['/a', '/A', '/a/', 'http://a.example/a?b'];
    expect(targets.map((target) => table.candidates('GET', target).length)).toEqual([1, 0, 1, 1]);
  });

  it('is seen to have the middleware of cors, by its name', () => {
    const layers = (router: object | undefined) => {
      const found: string[] = [];
      express.otherLayer(adapterOf(router), (layer) => found.push(layer));
      return found;
    };
    expect([
      layers({ stack: [{ name: 'query' }, { name: 'corsMiddleware' }] }),
      layers({ stack: [{ name: 'query' }, {}] }),
      layers({}),
      layers(undefined),
    ]).toEqual([['the middleware of the package cors'], [], [], []]);
  });
});

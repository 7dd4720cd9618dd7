import { channel } from 'node:diagnostics_channel';
import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import {
  type FrontedInstance,
  type Intercept,
  rawFactsOf,
  standInFront,
} from '../../../../lib/platform/fastify/fastify-front.js';

/** What Fastify's own class of requests is here: it reads what it is made of. */
class Request {
  readonly hostname = 'a.example';
  readonly host = 'a.example:8080';
  readonly protocol = 'https';
  readonly method: unknown;
  readonly headers: unknown;
  constructor(
    readonly id: string,
    readonly params: object,
    readonly raw: { method?: unknown; headers?: unknown },
  ) {
    this.method = raw.method;
    this.headers = raw.headers;
  }
}

const REQUEST = { url: '/a', headers: {} };
const RESPONSE = { statusCode: 200 };
const CONSTRAINT = { name: 'version' };
const ADAPTERS_OWN = () => undefined;

/** An instance that the adapter has made, behind which nothing watches, with what is said changed. */
function given(
  changes: {
    readonly adapter?: object;
    readonly options?: object | undefined;
    readonly hooks?: object | undefined;
    readonly request?: unknown;
    readonly log?: FrontedInstance['log'];
    readonly listeners?: readonly (() => void)[];
    readonly instance?: Partial<FrontedInstance>;
  } = {},
) {
  const heard: string[] = [];
  const hooks = new Map<string, (done: () => void) => void>();
  const server = new EventEmitter();
  const routing = () => void heard.push('Fastify');
  server.on('request', routing);
  for (const listener of changes.listeners ?? []) server.on('request', listener);
  const adapter = {
    versionConstraint: CONSTRAINT,
    onResponseHook: undefined as unknown,
    ...changes.adapter,
  };
  const { options = { constraints: { version: CONSTRAINT } } } = changes;
  const { hooks: ofInstance = { onResponse: [ADAPTERS_OWN] } } = changes;
  const { request = Request } = changes;
  const instance = {
    server,
    routing,
    log: 'log' in changes ? changes.log : {},
    addHook: (name: string, hook: (done: () => void) => void) => void hooks.set(name, hook),
    [Symbol('fastify.options')]: options,
    [Symbol('fastify.hooks')]: ofInstance,
    [Symbol('fastify.Request')]: request,
    ...changes.instance,
  } as unknown as FrontedInstance;
  let answers = true;
  const asked: unknown[] = [];
  const intercept: Intercept = (incoming, response, factsOf) => {
    heard.push('front');
    asked.push(incoming, response, factsOf(incoming, 'GET').target);
    return answers;
  };
  standInFront(adapter, instance, intercept);
  const run = (name: string) => hooks.get(name)?.(() => void heard.push(name));
  /** Who sees the next request. */
  const seenBy = () => {
    heard.length = 0;
    server.emit('request', REQUEST, RESPONSE);
    return heard.slice();
  };
  return { adapter, instance, heard, asked, run, seenBy, leave: () => (answers = false) };
}

/** Who sees a request before the application is ready, when it is, and while it closes. */
function seen(changes?: Parameters<typeof given>[0]) {
  const { run, seenBy } = given(changes);
  const before = seenBy();
  run('onReady');
  const ready = seenBy();
  run('preClose');
  return [before, ready, seenBy()];
}

const FASTIFY = ['Fastify'];
const FRONT = [FASTIFY, ['front'], FASTIFY];
const NEVER = [FASTIFY, FASTIFY, FASTIFY];

describe('the listener in front of Fastify', () => {
  it('sees requests from the moment the application is ready until it closes', () => {
    expect(seen()).toEqual(FRONT);
  });

  it('leaves to Fastify what it does not answer, once', () => {
    const { run, seenBy, leave } = given();
    run('onReady');
    leave();
    expect(seenBy()).toEqual(['front', 'Fastify']);
  });

  it('goes on with what Fastify does when it is ready, and when it closes', () => {
    const { run, heard } = given();
    run('onReady');
    run('preClose');
    expect(heard).toEqual(['onReady', 'preClose']);
  });

  it('stands aside as soon as a hook is set for responses, also later', () => {
    const { adapter, run, seenBy } = given();
    run('onReady');
    const before = seenBy();
    adapter.onResponseHook = () => undefined;
    expect([before, seenBy()]).toEqual([['front'], FASTIFY]);
  });

  const options = (more: object) => ({ constraints: { version: CONSTRAINT }, ...more });

  it.each<[what: string, changes: Parameters<typeof given>[0]]>([
    [
      "the router's own options",
      { options: { routerOptions: { constraints: { version: CONSTRAINT } } } },
    ],
    ['router options without constraints', { options: options({ routerOptions: {} }) }],
    ['a logger without a destination', { log: { level: undefined } }],
    ['no logger', { log: undefined }],
  ])('stands in front with %s', (_, changes) => {
    expect(seen(changes)).toEqual(FRONT);
  });

  it('stands in front of an adapter that has no slot for such a hook, and so none of its own', () => {
    const seenWith = (onResponse: unknown[]) => {
      const { adapter, run, seenBy } = given({ hooks: { onResponse } });
      Reflect.deleteProperty(adapter, 'onResponseHook');
      run('onReady');
      return seenBy();
    };
    expect([seenWith([]), seenWith([ADAPTERS_OWN])]).toEqual([['front'], FASTIFY]);
  });

  it.each<[what: string, changes: Parameters<typeof given>[0]]>([
    ['a hook for responses', { adapter: { onResponseHook: () => undefined } }],
    ['a hook of a plugin for responses', { hooks: { onResponse: [ADAPTERS_OWN, ADAPTERS_OWN] } }],
    ["without the adapter's own hook", { hooks: { onResponse: [] } }],
    ['hooks that are not known', { hooks: {} }],
    ['hooks of another kind', { hooks: { onResponse: 'a' } }],
    ['a logger with a level', { log: { level: 'silent' } }],
    ['a logger that is brought along', { options: options({ loggerInstance: {} }) }],
    ['a controller of logs', { options: options({ logController: {} }) }],
    ['a rewritten URL', { options: options({ rewriteUrl: () => '/' }) }],
    ['an instance that the application brings', { options: { constraints: { version: {} } } }],
    ['an instance without constraints', { options: {} }],
    ['an adapter without a constraint', { adapter: { versionConstraint: undefined }, options: {} }],
    ['no class of requests', { request: 'Request' }],
    ['no routing', { instance: { routing: undefined } as never }],
    ['a router that is not the listener', { instance: { routing: () => undefined } }],
  ])('stands aside with %s', (_, changes) => {
    expect(seen(changes)).toEqual(NEVER);
  });

  it('stands aside where options or hooks are not to be found when it is ready', () => {
    for (const name of ['fastify.options', 'fastify.hooks']) {
      const { instance, run, seenBy } = given();
      const symbol = Object.getOwnPropertySymbols(instance).find(
        ({ description }) => description === name,
      );
      Reflect.deleteProperty(instance, symbol ?? name);
      run('onReady');
      expect([name, seenBy()]).toEqual([name, FASTIFY]);
    }
  });

  it('stands aside beside another listener, whose place is kept', () => {
    const others: string[] = [];
    const { run, seenBy } = given({ listeners: [() => others.push('other')] });
    run('onReady');
    expect([seenBy(), others]).toEqual([FASTIFY, ['other']]);
  });

  it('stands aside where somebody hears of each instance that Fastify makes', () => {
    const instances = channel('fastify.initialization');
    const hear = () => undefined;
    instances.subscribe(hear);
    try {
      expect(seen()).toEqual(NEVER);
    } finally {
      instances.unsubscribe(hear);
    }
    expect(seen()).toEqual(FRONT);
  });

  it.each<[what: string, instance: Partial<Record<keyof FrontedInstance, undefined>>]>([
    ['a server', { server: undefined }],
    ['a server and routing', { server: undefined, routing: undefined }],
  ])('asks nothing of an instance without %s', (_, instance) => {
    expect(seen({ instance: instance as never })).toEqual(NEVER);
  });

  it('stands aside where no options are to be found at all', () => {
    const server = new EventEmitter();
    const bare = { server, routing: ADAPTERS_OWN, [Symbol('fastify.Request')]: Request };
    server.on('request', ADAPTERS_OWN);
    standInFront({ versionConstraint: CONSTRAINT }, bare as never, () => true);
    expect(server.listeners('request')).toEqual([ADAPTERS_OWN]);
  });
});

describe('a request that Fastify has not seen', () => {
  const headers = { origin: 'https://a.example:8080', host: 'internal' };
  const factsOf = (raw: object, method: string) =>
    rawFactsOf({ [Symbol('fastify.Request')]: Request })?.(raw as IncomingMessage, method);

  it("is read by Fastify's own class", () => {
    const raw = { method: 'OPTIONS', url: '/a?b', headers };
    const facts = factsOf(raw, 'PUT');
    expect([facts?.method, facts?.target, facts?.origin, facts?.isSameOrigin()]).toEqual([
      'PUT',
      '/a?b',
      'https://a.example:8080',
      true,
    ]);
    expect([facts?.hostname(), facts?.hostHeader(), facts?.toCorsRequest()]).toEqual([
      'a.example',
      'internal',
      {
        origin: 'https://a.example:8080',
        method: 'PUT',
        url: '/a?b',
        hostname: 'a.example',
        protocol: 'https',
      },
    ]);
  });

  it('is that of the root where it has no target', () => {
    expect(factsOf({ headers: {} }, 'GET')?.target).toBe('/');
  });

  it('is not read without that class', () => {
    expect([rawFactsOf({}), rawFactsOf({ [Symbol('fastify.Request')]: {} })]).toEqual([
      undefined,
      undefined,
    ]);
  });
});

it('the listener gets request and response as they came, and reads the facts of a request', () => {
  const { run, seenBy, asked } = given();
  run('onReady');
  seenBy();
  expect(asked).toEqual([REQUEST, RESPONSE, '/a']);
});

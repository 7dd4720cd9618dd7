import { SetMetadata } from '@nestjs/common';
import { AbstractHttpAdapter } from '@nestjs/core';
import {
  type RouteHandler,
  wrapNotFoundHandler,
  wrapRouteRegistration,
} from '../../../lib/platform/wrap-routes.js';
import type { RouteEntry } from '../../../lib/routing/route-entry.js';

type Verb = (...args: unknown[]) => unknown;

/** The verbs of an adapter, as a user finds them once they are wrapped. */
function wrapped(adapter: object) {
  const heard: unknown[] = [];
  wrapRouteRegistration(adapter as AbstractHttpAdapter, {
    entryOf: (method, path, handler) => {
      heard.push(['entry', method, path, handler]);
      return { method, path } as RouteEntry;
    },
    register: (entry, call) => {
      heard.push(['register', entry.method, entry.path]);
      return call();
    },
    serve: (...args) => args,
  });
  return { heard, verbs: adapter as Record<string, Verb> };
}

/** An adapter that notes what it is given to register. */
function noting() {
  const calls: unknown[] = [];
  const note = (verb: string) =>
    function (this: unknown, ...args: unknown[]) {
      calls.push([verb, this, ...args]);
      return `registered by ${verb}`;
    };
  return { calls, adapter: { get: note('get'), post: note('post'), unlock: note('unlock') } };
}

describe('the registration of a route', () => {
  it.each([
    ['get', 'GET'],
    ['post', 'POST'],
    ['unlock', 'UNLOCK'],
  ])('by %s is seen, and serves in place of its handler', (verb, method) => {
    const { calls, adapter } = noting();
    const { heard, verbs } = wrapped(adapter);
    const handler = () => undefined;
    expect([verbs[verb]?.('/a', handler), heard]).toEqual([
      `registered by ${verb}`,
      [
        ['entry', method, '/a', handler],
        ['register', method, '/a'],
      ],
    ]);
    const [[name, self, path, serving]] = calls as [[string, object, string, RouteHandler]];
    expect([name, self === adapter, path, serving.name]).toEqual([verb, true, '/a', 'handler']);
    const [own, request, response, next] = [{}, {}, {}, {}];
    expect(serving.call(own, request, response, next)).toEqual([
      { method, path: '/a' },
      handler,
      own,
      request,
      response,
      next,
    ]);
  });

  it.each<[what: string, args: unknown[]]>([
    ['a handler without a path', [() => undefined]],
    ['a path alone', ['/a']],
    ['a path that is no text', [/a/, () => undefined]],
    ['a handler that is no function', ['/a', {}]],
    ['several handlers', ['/a', () => undefined, () => undefined]],
    ['nothing', []],
  ])('with %s is not of a controller: it stays as it is', (_, args) => {
    const { calls, adapter } = noting();
    const { heard, verbs } = wrapped(adapter);
    expect([verbs['get']?.(...args), heard, calls]).toEqual([
      'registered by get',
      [],
      [['get', adapter, ...args]],
    ]);
  });

  it('is not made possible where an adapter has no such verb', () => {
    const { verbs } = wrapped(noting().adapter);
    expect(Object.keys(verbs)).toEqual(['get', 'post', 'unlock']);
  });

  it('keeps the properties of a handler, and the name that an object cannot have', () => {
    const { calls, adapter } = noting();
    const { verbs } = wrapped(adapter);
    const handler = Object.assign(() => undefined, { tier: 'gold' });
    Object.defineProperty(handler, 'name', { value: '__proto__' });
    verbs['get']?.('/a', handler);
    const [[, , , serving]] = calls as [[string, object, string, RouteHandler]];
    expect([Object.entries(serving), serving.name, serving === handler]).toEqual([
      [['tier', 'gold']],
      '__proto__',
      false,
    ]);
  });
});

describe('the metadata of a handler', () => {
  const registered: RouteHandler[] = [];
  const note = (_path: unknown, handler: RouteHandler) => void registered.push(handler);

  // As the classes of Nest's adapters are, and those that a user derives from them.
  const base = AbstractHttpAdapter.prototype;
  const verb = { get: { value: note, writable: true } };
  const below = (prototype: object, properties: PropertyDescriptorMap = {}) =>
    Object.create(prototype, properties) as object;
  const ADAPTERS = {
    'of the base': () => below(base, { instance: { value: { get: note } } }),
    "of Nest's adapter": () => below(below(base, verb)),
    'of a class below': () => below(below(below(base, verb), verb)),
    replaced: () => below(below(base), verb),
  };

  const plain = () => undefined;
  const described = () => undefined;
  SetMetadata('mark', 'read me')(described);
  const configured = () => undefined;
  SetMetadata('mark', 'read me')(configured);
  SetMetadata('__fastify_route_config__', { tier: 'gold' })(configured);

  it.each<[where: keyof typeof ADAPTERS, reads: boolean[]]>([
    // The base class calls the framework, which reads none.
    ['of the base', [false, false, false]],
    // Nest's own adapter for Fastify reads options of Fastify's.
    ["of Nest's adapter", [false, false, true]],
    ['of a class below', [true, true, true]],
    ['replaced', [true, true, true]],
  ])('is there for a verb that is %s, as far as it may read it', (where, reads) => {
    const { verbs } = wrapped(ADAPTERS[where]());
    registered.length = 0;
    const handlers: unknown[] = [plain, described, configured];
    for (const handler of handlers) verbs['get']?.('/a', handler);
    const inherits = registered.map(
      (serving, index) => Reflect.getPrototypeOf(serving) === handlers[index],
    );
    expect(inherits).toEqual(reads);
  });
});

describe('where nothing is found', () => {
  /** What the not-found handler of an adapter gives, where `onPassed` says so. */
  function notFound(onPassed: Parameters<typeof wrapNotFoundHandler>[1]) {
    const slot: { handler?: RouteHandler; rest?: unknown[] } = {};
    const adapter = {
      setNotFoundHandler(this: unknown, handler: RouteHandler, ...rest: unknown[]) {
        Object.assign(slot, { handler, rest: [this === adapter, ...rest] });
        return 'set';
      },
    };
    wrapNotFoundHandler(adapter as unknown as AbstractHttpAdapter, onPassed);
    const own: RouteHandler = function (...args) {
      return [this, ...args];
    };
    const set = adapter.setNotFoundHandler(own, '/prefix');
    expect([set, slot.rest]).toEqual(['set', [true, '/prefix']]);
    return slot.handler ?? own;
  }

  it.each<[what: string, passed: 'answered' | undefined]>([
    ['its handler runs', undefined],
    ['its handler does not run once the request is answered', 'answered'],
  ])('%s, at once and late', async (_, passed) => {
    const asked: unknown[] = [];
    const [self, request, response, next] = [{}, { id: 1 }, { id: 2 }, { id: 3 }];
    const expected = passed === undefined ? [self, request, response, next] : undefined;
    const atOnce = notFound((...args) => {
      asked.push(...args);
      return passed;
    });
    expect([atOnce.call(self, request, response, next), asked]).toEqual([
      expected,
      [response, request],
    ]);
    const late = notFound(() => Promise.resolve(passed));
    const result = late.call(self, request, response, next);
    expect([result instanceof Promise, await result]).toEqual([true, expected]);
  });

  it('nothing changes for an adapter that takes no such handler', () => {
    const adapter = {};
    wrapNotFoundHandler(adapter as AbstractHttpAdapter, () => undefined);
    expect(Object.keys(adapter)).toEqual([]);
  });
});

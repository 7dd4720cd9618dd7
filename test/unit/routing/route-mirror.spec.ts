import { Get, Header, Post } from '@nestjs/common';
import type { ControllerRoute } from '../../../lib/routing/controller-routes.js';
import { RouteEntries } from '../../../lib/routing/route-mirror.js';

class OrdersController {
  @Get() list() {}
  @Header('x', 'a') @Get(':id') read() {}
  @Post(':id') update() {}
  @Header('x', 'b') @Get(':id') readOther() {}
}

const LIST = routeOf('GET', '/orders', 'list');
const READ = routeOf('GET', '/orders/:id', 'read');
const UPDATE = routeOf('POST', '/orders/:id', 'update');
const READ_OTHER = routeOf('GET', '/orders/:id', 'readOther');
const LEGACY = routeOf('GET', '/orders/*', 'list');

function routeOf(method: string, path: string, handler: keyof OrdersController): ControllerRoute {
  const callback = OrdersController.prototype[handler];
  const controller = OrdersController;
  return { method, path, controller, handler, callback, host: undefined, versions: undefined };
}

/** What Nest registers for a method: a function of its own, with a copy of the metadata. */
function handlerOf({ callback }: ControllerRoute): () => void {
  const handler = () => undefined;
  for (const key of Reflect.getMetadataKeys(callback)) {
    Reflect.defineMetadata(key, Reflect.getMetadata(key, callback), handler);
  }
  return handler;
}

function entriesOf(routes: readonly ControllerRoute[]) {
  const unmapped: string[] = [];
  const policies = { indexOf: () => 7 };
  const adapterPath = (path: string) => path.replace('*', '{*path}');
  const entries = new RouteEntries(
    policies,
    () => routes,
    adapterPath,
    (route) => unmapped.push(route),
  );
  entries.begin();
  return { entries, unmapped };
}

describe('the mirror of registered routes', () => {
  it.each<
    [what: string, known: readonly ControllerRoute[], registered: readonly ControllerRoute[]]
  >([
    ['in the order in which they are declared', [LIST, READ, UPDATE], [LIST, READ, UPDATE]],
    ['the most specific one first', [READ, UPDATE, LIST], [LIST, READ, UPDATE]],
    ['in reverse', [LIST, READ, UPDATE], [UPDATE, READ, LIST]],
    ['without the first one, which a conflict policy drops', [LIST, READ, UPDATE], [READ, UPDATE]],
    ['without one in between', [LIST, READ, UPDATE], [LIST, UPDATE]],
    ['two of one method and path', [READ, READ_OTHER], [READ, READ_OTHER]],
    ['two of one method and path, in reverse', [READ, READ_OTHER], [READ_OTHER, READ]],
    ['only the second one of one method and path', [READ, READ_OTHER], [READ_OTHER]],
  ])('finds the method behind each handler: %s', (_what, known, registered) => {
    const { entries, unmapped } = entriesOf(known);
    const found = registered.map((route) =>
      entries.entryOf(route.method, route.path, handlerOf(route)),
    );
    expect(found.map(({ handler }) => handler)).toEqual(
      registered.map(({ handler }) => `OrdersController.${handler}`),
    );
    expect(found.map(({ policyIndex }) => policyIndex)).toEqual(registered.map(() => 7));
    expect(unmapped).toEqual([]);
  });

  it('finds the method behind a path that the adapter rewrites', () => {
    const { entries } = entriesOf([READ, LEGACY]);
    expect(entries.entryOf('GET', '/orders/{*path}', handlerOf(LEGACY)).handler).toBe(
      'OrdersController.list',
    );
  });

  it.each<[what: string, method: string, path: string, handler: () => void, unmapped: string[]]>([
    ['a handler of nobody', 'GET', '/orders', () => undefined, []],
    ['another method', 'PUT', '/orders', handlerOf(LIST), ['PUT /orders']],
    ['another path', 'GET', '/orders/x', handlerOf(LIST), ['GET /orders/x']],
    ['the metadata of another method', 'GET', '/orders', handlerOf(READ), ['GET /orders']],
  ])(
    'gives nobody the policy of a route for %s, and finds that route later',
    (_what, method, path, handler, unmapped) => {
      const known = entriesOf([LIST, READ]);
      expect(known.entries.entryOf(method, path, handler)).toEqual({
        method,
        path,
        handler: null,
        policyIndex: 0,
        versioned: false,
      });
      expect(known.unmapped).toEqual(unmapped);
      expect(known.entries.entryOf('GET', '/orders', handlerOf(LIST)).handler).toBe(
        'OrdersController.list',
      );
    },
  );

  it('gives each route once', () => {
    const { entries, unmapped } = entriesOf([LIST]);
    entries.entryOf('GET', '/orders', handlerOf(LIST));
    expect(entries.entryOf('GET', '/orders', handlerOf(LIST)).handler).toBe(null);
    expect(unmapped).toEqual(['GET /orders']);
  });
});

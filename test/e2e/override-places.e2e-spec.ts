import {
  applyDecorators,
  Controller,
  Get,
  Injectable,
  Module,
  Put,
  Version,
  VersioningType,
  type Type,
} from '@nestjs/common';
import { Cors, CorsConfigError, CorsModule, type CorsOptions } from 'nestjs-cors';
import { collectingLogger } from '../support/collecting-logger.js';
import { PLATFORMS, startApp } from '../support/platforms.js';
import { preflight, send } from '../support/send.js';

const APP = 'https://app.example.com';
const SHOP = 'https://shop.example.com';

function application(controllers: Type[], providers: Type[] = [], options?: Partial<CorsOptions>) {
  @Module({
    imports: [CorsModule.forRoot({ origin: APP, policies: { public: {} }, ...options })],
    controllers,
    providers,
  })
  class AppModule {}
  return AppModule;
}

describe.each(PLATFORMS)('@Cors() on $platform', ({ platform }) => {
  async function issuesOf(controller: Type): Promise<readonly { path: string; message: string }[]> {
    try {
      const { app } = await startApp(platform, application([controller]));
      await app.close();
    } catch (error) {
      if (error instanceof CorsConfigError) return error.issues;
      throw error;
    }
    return [];
  }

  it('two on one method: the inner @Cors(false) was dropped, and is refused with both named', async () => {
    @Controller()
    class OrdersController {
      @Get() @Cors({ origin: SHOP, maxAge: 5 }) @Cors(false) list() {
        return [];
      }
    }
    expect(await issuesOf(OrdersController)).toMatchObject([
      {
        path: '@Cors() on OrdersController.list',
        reason: 'override-twice',
        message:
          'Expected one `@Cors()` on `OrdersController.list`, got `@Cors({ origin, maxAge })` and `@Cors(false)`: only one could apply. Write one with the options of both; a decorator of `applyDecorators()` may contain one as well.',
      },
    ]);
  });

  it('two on one class, one of them within applyDecorators(), and three on a method', async () => {
    const Internal = () => applyDecorators(Cors(false));
    @Controller()
    @Cors('public')
    @Internal()
    class OrdersController {
      @Get() @Cors() @Cors('public') @Internal() list() {
        return [];
      }
    }
    const issues = await issuesOf(OrdersController);
    expect(issues.map(({ message }) => message.split(':', 1)[0])).toEqual([
      "Expected one `@Cors()` on `OrdersController`, got `@Cors('public')` and `@Cors(false)`",
      "Expected one `@Cors()` on `OrdersController.list`, got `@Cors()`, `@Cors('public')` and `@Cors(false)`",
    ]);
  });

  it('one on a class and one on its method, and inherited ones that are written again, are one each', async () => {
    @Cors({ origin: SHOP })
    abstract class Base {
      @Get('inherited') @Cors({ maxAge: 5 }) inherited() {
        return [];
      }
      @Get('written-again') @Cors(false) again(): unknown {
        return [];
      }
    }
    @Controller('orders')
    @Cors({ exposedHeaders: ['etag'] })
    class OrdersController extends Base {
      @Get('written-again') @Cors({ maxAge: 9 }) override again() {
        return [];
      }
    }
    const { app, port } = await startApp(platform, application([OrdersController]));
    try {
      const answers = [
        await send(port, 'GET', '/orders/inherited', { origin: APP }),
        await send(port, 'GET', '/orders/written-again', { origin: APP }),
      ];
      const cors = {
        'access-control-allow-origin': APP,
        'access-control-expose-headers': 'etag',
        vary: 'Origin',
      };
      expect(answers.map((answer) => [answer.status, answer.cors])).toEqual([
        [200, cors],
        [200, cors],
      ]);
    } finally {
      await app.close();
    }
  });

  it('below a decorator that wraps the method, or a class decorator that does, @Cors(false) was lost', async () => {
    const calls: string[] = [];
    /** As decorators for transactions, tracing or locks are written: without the metadata. */
    const wrapped = (method: () => unknown) =>
      function (this: unknown) {
        calls.push(method.name);
        return method.call(this);
      };
    const Wrapped = (): MethodDecorator => (_target, _name, descriptor) => {
      descriptor.value = wrapped(descriptor.value as () => unknown) as never;
    };
    const WrappedEach = (): ClassDecorator => (target) => {
      const prototype = target.prototype as Record<string, unknown>;
      for (const name of ['whole']) {
        const method = prototype[name] as () => unknown;
        const own = wrapped(method);
        for (const key of ['path', 'method']) {
          Reflect.defineMetadata(key, Reflect.getMetadata(key, method), own);
        }
        prototype[name] = own;
      }
    };
    abstract class Base {
      @Get('inherited') @Wrapped() @Cors(false) inherited() {
        return 'inherited';
      }
      @Get('replaced') @Wrapped() @Cors(false) replaced() {
        return 'base';
      }
    }
    @WrappedEach()
    @Controller('orders')
    class OrdersController extends Base {
      @Get('below') @Wrapped() @Cors(false) below() {
        return 'below';
      }
      @Get('whole') @Cors(false) whole() {
        return 'whole';
      }
      @Get('replaced') @Wrapped() @Cors({ origin: SHOP }) override replaced() {
        return 'own';
      }
      @Get('open') @Wrapped() open() {
        return 'open';
      }
    }
    const warnings: string[] = [];
    const { app, port } = await startApp(platform, application([OrdersController]), {
      logger: collectingLogger('warn', warnings),
    });
    try {
      const answers = [];
      for (const path of ['below', 'whole', 'inherited', 'replaced', 'open']) {
        const { body, cors } = await send(port, 'GET', `/orders/${path}`, { origin: APP });
        const { status } = await preflight(port, `/orders/${path}`, APP, 'GET');
        answers.push([body, cors, status]);
      }
      expect(answers).toEqual([
        ['below', {}, 403],
        ['whole', {}, 403],
        ['inherited', {}, 403],
        ['own', { vary: 'Origin' }, 403],
        ['open', { 'access-control-allow-origin': APP, vary: 'Origin' }, 204],
      ]);
      expect(calls).toHaveLength(5);
      expect(warnings.filter((warning) => warning.startsWith('@Cors()'))).toEqual([]);
    } finally {
      await app.close();
    }
  });

  it.each<[what: string, replace: (target: Function) => Function]>([
    [
      'a function with its prototype',
      (target) => {
        const made = (...args: unknown[]): unknown => Reflect.construct(target, args) as unknown;
        const replacing = function (...args: unknown[]) {
          return made(...args);
        };
        replacing.prototype = target.prototype as object;
        return replacing;
      },
    ],
    ['a proxy', (target) => new Proxy(target, {})],
    ['a subclass', (target) => class extends (target as new () => object) {}],
  ])('on a class that a decorator replaces by %s: @Cors(false) was lost', async (how, replace) => {
    const Replaced = (): ClassDecorator => (target) => replace(target) as never;
    @Controller('orders')
    @Replaced()
    @Cors(false)
    class OrdersController {
      @Get() list() {
        return 'list';
      }
    }
    @Controller('orders')
    @Cors('public')
    @Replaced()
    @Cors(false)
    class TwiceController {
      @Get('twice') list() {
        return 'list';
      }
    }
    const { app, port } = await startApp(platform, application([OrdersController]));
    try {
      const { body, cors } = await send(port, 'GET', '/orders', { origin: APP });
      expect([body, cors]).toEqual(['list', {}]);
    } finally {
      await app.close();
    }
    // A subclass replaces what it inherits.
    const expected = how === 'a subclass' ? [] : ['override-twice'];
    const issues = await issuesOf(TwiceController);
    expect(issues).toMatchObject(expected.map((reason) => ({ reason })));
  });

  it.each<[what: string, made: <T extends object>(controller: T) => T]>([
    ['a constructor that binds its methods', (controller) => controller],
    [
      'a proxy around the instance, as tracing puts it there',
      (controller) =>
        new Proxy(controller, {
          get(target, name) {
            const value: unknown = Reflect.get(target, name);
            if (typeof value !== 'function' || name === 'constructor') return value;
            return (...args: unknown[]): unknown => Reflect.apply(value, target, args);
          },
        }),
    ],
  ])('on a method that is replaced by %s: @Cors(false) was lost', async (_, made) => {
    @Controller('orders')
    class OrdersController {
      constructor() {
        this.closed = this.closed.bind(this);
        this.shop = this.shop.bind(this);
        return made(this);
      }
      @Get('closed') @Cors(false) closed() {
        return 'closed';
      }
      @Get('versioned') @Version('1') @Cors({ origin: SHOP }) shop() {
        return 'shop';
      }
      @Get('versioned') @Version('2') @Cors(false) second() {
        return 'second';
      }
      @Put('closed') put() {
        return 'put';
      }
    }
    const { app, port } = await startApp(platform, application([OrdersController]), {
      configure: (created) => {
        created.enableVersioning({ type: VersioningType.HEADER, header: 'x-version' });
        created.setGlobalPrefix('api');
        // Registered past Nest: it is nobody's.
        const adapter = created.getHttpAdapter() as unknown as {
          get(
            path: string,
            handler: (request: unknown, response: { send(b: string): void }) => void,
          ): void;
        };
        adapter.get('/orders/closed', (_request, response) => response.send('raw'));
      },
    });
    try {
      const ask = async (path: string, version?: string) => {
        const headers = { origin: APP, ...(version !== undefined && { 'x-version': version }) };
        const { body, cors } = await send(port, 'GET', path, headers);
        return [body, cors];
      };
      const shown = { 'access-control-allow-origin': APP, vary: 'Origin' };
      expect([
        await ask('/api/orders/closed'),
        await ask('/api/orders/versioned', '1'),
        await ask('/api/orders/versioned', '2'),
        await ask('/orders/closed'),
        (await preflight(port, '/api/orders/closed', APP, 'GET')).status,
        (await preflight(port, '/api/orders/closed', APP, 'PUT')).status,
        (await preflight(port, '/api/orders/versioned', SHOP, 'GET')).status,
        (await preflight(port, '/api/orders/versioned', APP, 'GET')).status,
      ]).toEqual([
        ['closed', {}],
        ['shop', { vary: 'Origin' }],
        ['second', {}],
        ['raw', shown],
        403,
        204,
        204,
        403,
      ]);
    } finally {
      await app.close();
    }
  });

  it('two, one above and one below a decorator that wraps the method, are two', async () => {
    const Wrapped = (): MethodDecorator => (_target, _name, descriptor) => {
      const method = descriptor.value as () => unknown;
      descriptor.value = function (this: unknown) {
        return method.call(this);
      } as never;
    };
    @Controller()
    class OrdersController {
      @Get() @Cors('public') @Wrapped() @Cors(false) list() {
        return [];
      }
    }
    const issues = await issuesOf(OrdersController);
    expect(issues.map(({ message }) => message.split(':', 1)[0])).toEqual([
      "Expected one `@Cors()` on `OrdersController.list`, got `@Cors('public')` and `@Cors(false)`",
    ]);
  });

  it('a route that replaces an inherited one loses its @Cors(): a startup warning names both', async () => {
    abstract class BaseController {
      @Get('feed') @Cors(false) feed() {
        return 'base';
      }
      @Get('kept') @Cors(false) kept() {
        return 'kept';
      }
      @Cors(false) other(): unknown {
        return 'other';
      }
    }
    class MiddleController extends BaseController {}
    @Controller('orders')
    class OrdersController extends MiddleController {
      @Get('feed') override feed() {
        return 'own';
      }
      @Get('other') @Cors() override other() {
        return 'own';
      }
    }
    @Module({ imports: [CorsModule.forRoot({ origin: APP })], controllers: [OrdersController] })
    class AppModule {}
    const warnings: string[] = [];
    const logger = collectingLogger('warn', warnings);
    const { app } = await startApp(platform, AppModule, { logger });
    await app.close();
    expect(warnings).toEqual([
      '@Cors() on BaseController.feed has no effect on OrdersController.feed, which replaces that method: the policy of its class applies. Write it there as well, or whatever else it is to have.',
    ]);
  });

  it('on what is not a route it changed nothing, without a word: a startup warning names it', async () => {
    @Injectable()
    @Cors(false)
    class Resolver {
      @Cors(false) orders() {
        return [];
      }
    }
    @Cors({ maxAge: 60 })
    class Decorated {}
    abstract class Base {
      @Get() @Cors(false) static inherited() {
        return [];
      }
    }
    @Controller()
    @Cors({ maxAge: 60 })
    class OrdersController extends Base {
      static readonly part = Decorated;
      @Cors(false) static defaults() {
        return [];
      }
      @Cors(false) helper() {
        return [];
      }
      @Put() @Cors({ maxAge: 5 }) update() {
        return this.helper();
      }
    }
    const warnings: string[] = [];
    const logger = collectingLogger('warn', warnings);
    const { app } = await startApp(
      platform,
      application([OrdersController], [Resolver, OrdersController]),
      {
        logger,
      },
    );
    await app.close();
    expect(warnings).toEqual([
      '@Cors() on Resolver has no effect: no HTTP route is served by it. GraphQL over HTTP gets the global CORS policy; WebSocket gateways have an option `cors` of their own.',
      '@Cors() on Resolver.orders has no effect: no HTTP route is served by it. GraphQL over HTTP gets the global CORS policy; WebSocket gateways have an option `cors` of their own.',
      '@Cors() on OrdersController.helper has no effect: the method is not a route. Write it on the route that calls it, add @Get() or another method decorator, or remove it.',
      '@Cors() on OrdersController.defaults has no effect: a static method is not a route. Write it on the route that calls it, or remove it.',
      '@Cors() on OrdersController.inherited has no effect: a static method is not a route. Write it on the route that calls it, or remove it.',
    ]);
  });
});

it.each<[string, object]>([
  [
    'a getter',
    Object.getOwnPropertyDescriptor(
      {
        get feed() {
          return 1;
        },
      },
      'feed',
    ) ?? {},
  ],
  ['a property', {}],
])('@Cors() on %s says that it belongs on a method', (_, descriptor) => {
  class FeedController {}
  expect(() => Cors(false)(FeedController.prototype, 'feed', descriptor)).toThrow(
    'Expected `@Cors()` on a class or a method, got the property `FeedController.feed`. No route is served by it: move it to the method or the class.',
  );
});

it('@Cors() on a parameter, and without parentheses, says where it belongs', () => {
  class FeedController {}
  const onParameter = Cors(false) as unknown as (...target: unknown[]) => void;
  expect(() => onParameter(FeedController.prototype, 'feed', 0)).toThrow(
    'Expected `@Cors()` on a class or a method, got a parameter of `FeedController.feed`.',
  );
  expect(() => onParameter(FeedController, undefined, 0)).toThrow(
    'got a parameter of the constructor of `FeedController`. A policy is that of a whole route',
  );
  const bare = Cors as unknown as (...target: unknown[]) => void;
  expect(() => bare(FeedController.prototype, 'feed', { value: () => 1 })).toThrow(
    'Expected `@Cors()` with parentheses, got `@Cors` itself on a method.',
  );
});

import { Controller, Get, type INestApplication, Module, SetMetadata } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { RouteConfig } from '@nestjs/platform-fastify';
import { CorsModule } from '../../lib/index.js';
import { adapterOf, type Platform, PLATFORMS } from '../support/platforms.js';

const MARK = 'mark';

@Controller('orders')
class OrdersController {
  @Get()
  @RouteConfig({ tier: 'gold' })
  @SetMetadata(MARK, 'read me')
  list() {
    return [];
  }

  @Get(':id')
  @SetMetadata(MARK, 'read me too')
  one() {
    return {};
  }
}

@Module({ imports: [CorsModule.forRoot({ origin: '*' })], controllers: [OrdersController] })
class AppModule {}

type Registered = Record<'handler', object & { name: string }> & { path: string };
type Verb = (path: string, handler: Registered['handler']) => unknown;

/** What a layer in front of the adapter, or in place of its verbs, is given to register. */
async function registered(
  platform: Platform,
  watch: (adapter: { get: Verb }, seen: Registered[]) => void,
): Promise<[Registered[], INestApplication]> {
  const adapter = adapterOf(platform);
  const seen: Registered[] = [];
  watch(adapter as unknown as { get: Verb }, seen);
  const app = await NestFactory.create(AppModule, adapter, { logger: false });
  await app.init();
  return [seen, app];
}

describe.each(PLATFORMS)('a wrapped handler on $platform', ({ platform }) => {
  it('has the name and the metadata of the handler for who has replaced a verb of the adapter', async () => {
    const [seen, app] = await registered(platform, (adapter, list) => {
      const { get } = adapter;
      adapter.get = function (path, handler) {
        list.push({ path, handler });
        return get.call(this, path, handler);
      };
    });
    expect(
      seen.map(({ path, handler }) => [
        path,
        handler.name,
        Reflect.getMetadata(MARK, handler),
        Reflect.getMetadata('path', handler),
      ]),
    ).toEqual([
      ['/orders', expect.any(String), 'read me', '/'],
      ['/orders/:id', expect.any(String), 'read me too', ':id'],
    ]);
    await app.close();
  });

  it('has the name that Nest has given the handler', async () => {
    const names = async (withCors: boolean) => {
      @Module({
        imports: withCors ? [CorsModule.forRoot({ origin: '*' })] : [],
        controllers: [OrdersController],
      })
      class Either {}
      const adapter = adapterOf(platform);
      const app = await NestFactory.create(Either, adapter, { logger: false });
      const found: string[] = [];
      if (platform === 'fastify') {
        const instance = adapter.getInstance<{
          addHook(name: 'onRoute', hook: (route: { handler: { name: string } }) => void): void;
        }>();
        instance.addHook('onRoute', ({ handler }) => found.push(handler.name));
      }
      await app.init();
      if (platform === 'express') {
        const { router } = adapter.getInstance<{ router: { stack: Layer[] } }>();
        found.push(
          ...router.stack.flatMap(({ route }) => route?.stack.map(({ name }) => name) ?? []),
        );
      }
      await app.close();
      return found;
    };
    const without = await names(false);
    expect(without.length).toBeGreaterThan(1);
    expect(await names(true)).toEqual(without);
  });
});

interface Layer {
  readonly route?: { readonly stack: readonly { readonly name: string }[] };
}

describe('options of Fastify that Nest keeps in metadata', () => {
  it('reach a route whose handler is wrapped', async () => {
    const adapter = adapterOf('fastify');
    const configs: unknown[] = [];
    adapter
      .getInstance<{
        addHook(name: 'onRoute', hook: (route: { url: string; config?: object }) => void): void;
      }>()
      .addHook('onRoute', ({ url, config }) => {
        if (url === '/orders') configs.push({ ...config });
      });
    const app = await NestFactory.create(AppModule, adapter, { logger: false });
    await app.init();
    expect(configs.length).toBeGreaterThan(0);
    for (const config of configs) expect(config).toMatchObject({ tier: 'gold' });
    await app.close();
  });
});

import type { AbstractHttpAdapter } from '@nestjs/core';

interface ExpressLike {
  readonly router?: { readonly stack?: readonly { readonly name?: string }[] };
}

interface FastifyLike {
  addHook(name: 'onReady', hook: (done: () => void) => void): void;
  hasRequestDecorator(name: string): boolean;
}

/**
 * Looks for another CORS layer on the same application, where it can be seen: the middleware of
 * `cors` on Express, the plugin `@fastify/cors` on Fastify.
 *
 * @param onFound told its name; on Fastify once its plugins are loaded
 */
export function findOtherCorsLayer(
  adapter: AbstractHttpAdapter,
  onFound: (layer: string) => void,
): void {
  if (adapter.getType() === 'fastify') {
    const instance = adapter.getInstance<FastifyLike>();
    instance.addHook('onReady', (done) => {
      if (instance.hasRequestDecorator('corsPreflightEnabled')) onFound('the plugin @fastify/cors');
      done();
    });
    return;
  }
  const { router } = adapter.getInstance<ExpressLike>();
  if (router?.stack?.some(({ name }) => name === 'corsMiddleware')) {
    onFound('the middleware of the package cors');
  }
}

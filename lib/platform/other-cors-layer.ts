import type { AbstractHttpAdapter } from '@nestjs/core';

interface ExpressLike {
  readonly router?: { readonly stack?: readonly { readonly name?: string }[] };
}

interface FastifyLike {
  hasRequestDecorator(name: string): boolean;
}

/**
 * Another CORS layer on the same application, where it can be seen: the middleware of `cors` on
 * Express, the plugin `@fastify/cors` on Fastify.
 */
export function otherCorsLayer(adapter: AbstractHttpAdapter): string | undefined {
  if (adapter.getType() === 'fastify') {
    const decorated = adapter
      .getInstance<FastifyLike>()
      .hasRequestDecorator('corsPreflightEnabled');
    return decorated ? 'the plugin @fastify/cors' : undefined;
  }
  const { router } = adapter.getInstance<ExpressLike>();
  const found = router?.stack?.some(({ name }) => name === 'corsMiddleware') ?? false;
  return found ? 'the middleware of the package cors' : undefined;
}

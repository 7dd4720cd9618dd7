import type { AbstractHttpAdapter } from '@nestjs/core';
import type { RouteHandler } from './weave-routes.js';

type SetNotFoundHandler = (handler: RouteHandler, ...rest: unknown[]) => unknown;

/**
 * A request may reach the not-found handler although a route seemed to serve it: a host or version
 * did not fit, or the adapter turned it away. Then no handler's policy holds.
 *
 * @param release called before the not-found handler runs
 */
export function weaveNotFound(
  adapter: AbstractHttpAdapter,
  release: (response: unknown) => void | Promise<void>,
): void {
  const target = adapter as unknown as { setNotFoundHandler?: SetNotFoundHandler };
  const original = target.setNotFoundHandler;
  if (original === undefined) return;
  target.setNotFoundHandler = (handler, ...rest) =>
    original.call(
      adapter,
      function (this: unknown, request, response, next) {
        const released = release(response);
        return released === undefined
          ? handler.call(this, request, response, next)
          : released.then(() => handler.call(this, request, response, next));
      },
      ...rest,
    );
}

import type { AbstractHttpAdapter } from '@nestjs/core';
import type { RouteHandler } from './weave-routes.js';

type ApplyVersionFilter = (handler: RouteHandler, ...rest: unknown[]) => unknown;

/**
 * On Express a handler that is bound to a version is called for any, and passes on what is not its
 * own. Only behind that filter is it known to run.
 *
 * @param before called before such a handler runs; may throw
 */
export function weaveVersionFilter(
  adapter: AbstractHttpAdapter,
  before: (response: unknown) => void,
): void {
  const target = adapter as unknown as { applyVersionFilter: ApplyVersionFilter };
  const original = target.applyVersionFilter;
  target.applyVersionFilter = (handler, ...rest) =>
    original.call(
      adapter,
      function (this: unknown, request, response, next) {
        before(response);
        return handler.call(this, request, response, next);
      },
      ...rest,
    );
}

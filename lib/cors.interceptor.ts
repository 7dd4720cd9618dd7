import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
  Optional,
} from '@nestjs/common';
import { defer, from, type Observable, switchMap, throwError } from 'rxjs';
import { CORS_RUNTIME } from './cors.constants.js';
import type { CorsRuntime } from './cors.runtime.js';
import type { TrackedResponse } from './platform/request-facts.js';
import type { RouteEntry } from './routing/route-entry.js';

/**
 * Gives a response the CORS policy of the handler that actually runs, whatever was decided before
 * routing. `CorsModule` wraps it around every route handler, before guards; bind it with
 * `@UseInterceptors(CorsInterceptor)` only to handlers that are not registered through the HTTP
 * adapter. GraphQL, RPC and WebSocket contexts pass through it unchanged.
 */
@Injectable()
export class CorsInterceptor implements NestInterceptor {
  /** @internal */
  constructor(@Optional() @Inject(CORS_RUNTIME) private readonly runtime?: CorsRuntime) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const { runtime } = this;
    if (runtime === undefined) return next.handle();
    return defer(() => {
      const { pipeline, policies } = runtime;
      const response = runtime.platform().rawResponse(context.switchToHttp().getResponse());
      const policyIndex = policies.indexOf(context.getClass(), context.getHandler());
      const serve = () => {
        const refusal = pipeline.refusalOf(response);
        return refusal === undefined ? next.handle() : throwError(() => refusal);
      };
      const decided =
        policyIndex === undefined ? undefined : pipeline.onHandler(response, policyIndex);
      return decided === undefined ? serve() : from(decided).pipe(switchMap(serve));
    });
  }

  /**
   * The same for a handler that is registered: its route is known.
   *
   * @internal
   */
  onRoute(response: TrackedResponse, route: RouteEntry): void | Promise<void> {
    return this.runtime?.pipeline.onRoute(response, route);
  }
}

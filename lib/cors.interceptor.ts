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
import type { StatefulResponse } from './platform/gate-observer.js';
import type { RouteEntry } from './routing/route-entry.js';

/**
 * Gives a response the CORS policy of the handler that really runs, whatever was estimated before
 * routing. `CorsModule` weaves it around every route handler, before guards; bind it with
 * `@UseInterceptors(CorsInterceptor)` only to handlers that no registration shows, such as those of
 * a custom HTTP adapter. GraphQL, RPC and WebSocket contexts pass untouched.
 */
@Injectable()
export class CorsInterceptor implements NestInterceptor {
  /** @internal */
  constructor(@Optional() @Inject(CORS_RUNTIME) private readonly runtime?: CorsRuntime) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    return defer(() => {
      const settled = this.settleHandler(context);
      return settled === undefined
        ? this.serve(context, next)
        : from(settled).pipe(switchMap(() => this.serve(context, next)));
    });
  }

  /**
   * The handler that runs has the last word: its policy replaces what was estimated.
   *
   * @internal
   */
  settle(response: StatefulResponse, entry: RouteEntry): void | Promise<void> {
    return this.runtime?.gate.serve(response, entry);
  }

  private serve(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const refusal = this.runtime?.gate.refusalOf(responseOf(context));
    return refusal === undefined ? next.handle() : throwError(() => refusal);
  }

  private settleHandler(context: ExecutionContext): void | Promise<void> {
    if (this.runtime === undefined) return undefined;
    const { gate, policies } = this.runtime;
    const policyIndex = policies.indexOf(context.getClass(), context.getHandler());
    if (policyIndex === undefined) return undefined;
    return gate.settle(responseOf(context), policyIndex);
  }
}

/** Fastify has a reply around the response of Node. */
function responseOf(context: ExecutionContext): StatefulResponse {
  const response = context
    .switchToHttp()
    .getResponse<StatefulResponse | { readonly raw: StatefulResponse }>();
  return 'raw' in response ? response.raw : response;
}

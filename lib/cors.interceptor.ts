import {
  Inject,
  Injectable,
  Optional,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { defer, from, switchMap, type Observable } from 'rxjs';
import { CORS_RUNTIME } from './cors.constants.js';
import type { CorsRuntime } from './cors.runtime.js';
import type { StatefulResponse } from './platform/response-state.js';
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
        ? next.handle()
        : from(settled).pipe(switchMap(() => next.handle()));
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

  private settleHandler(context: ExecutionContext): void | Promise<void> {
    if (this.runtime === undefined) return undefined;
    const { gate, policies } = this.runtime;
    const response = context
      .switchToHttp()
      .getResponse<StatefulResponse | { readonly raw: StatefulResponse }>();
    const policyIndex = policies.indexOf(context.getClass(), context.getHandler());
    if (policyIndex === undefined) return undefined;
    return gate.settle('raw' in response ? response.raw : response, policyIndex);
  }
}

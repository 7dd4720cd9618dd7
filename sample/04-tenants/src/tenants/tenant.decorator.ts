import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { tenantOf } from './tenant-of.js';

/** The tenant whose host name was asked, for a handler's parameter. */
export const Tenant = createParamDecorator(
  (_: unknown, context: ExecutionContext): string | undefined =>
    tenantOf(context.switchToHttp().getRequest<{ readonly hostname: string }>().hostname),
);

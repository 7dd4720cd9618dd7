import { Injectable } from '@nestjs/common';
import type { CorsOriginResolver, CorsRequest } from 'nestjs-cors';
import { tenantOf } from './tenant-of.js';
import { TenantsService } from './tenants.service.js';

/**
 * Allows a tenant's own pages at the tenant's own host name. The library keeps each answer under
 * (tenant, origin), asks again when it is old, and treats a look-up that throws as "not allowed".
 */
@Injectable()
export class TenantOrigins implements CorsOriginResolver {
  constructor(private readonly tenants: TenantsService) {}

  scope({ hostname }: CorsRequest): string {
    return tenantOf(hostname) ?? '';
  }

  isAllowed(origin: string, tenant: string): boolean | Promise<boolean> {
    return tenant !== '' && this.tenants.isAllowed(tenant, origin);
  }
}

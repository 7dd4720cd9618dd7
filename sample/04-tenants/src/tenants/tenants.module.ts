import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { TenantChanges } from './tenant-changes.js';
import { TenantOrigins } from './tenant-origins.js';
import { TenantsService } from './tenants.service.js';

@Module({
  imports: [DatabaseModule],
  providers: [TenantsService, TenantOrigins, TenantChanges],
  exports: [TenantsService],
})
export class TenantsModule {}

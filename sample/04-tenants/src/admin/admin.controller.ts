import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  NotFoundException,
  Param,
  Put,
  UseGuards,
} from '@nestjs/common';
import { Cors, CorsService } from 'nestjs-cors';
import { TenantOrigins } from '../tenants/tenant-origins.js';
import { TenantsService } from '../tenants/tenants.service.js';
import { AdminGuard } from './admin.guard.js';
import { OriginsDto } from './origins.dto.js';

/** Changes the origins of a tenant, from the pages of `ADMIN_ORIGINS`, whatever the host name. */
@Controller('admin/tenants/:tenant/origins')
@Cors('admin')
@UseGuards(AdminGuard)
export class AdminController {
  constructor(
    private readonly tenants: TenantsService,
    private readonly cors: CorsService,
  ) {}

  @Get()
  async list(@Param('tenant') tenant: string): Promise<OriginsDto> {
    const origins = await this.tenants.originsOf(tenant);
    if (origins === undefined) throw new NotFoundException(`There is no tenant ${tenant}`);
    return { origins };
  }

  @Put()
  async replace(
    @Param('tenant') tenant: string,
    @Body() { origins }: OriginsDto,
  ): Promise<OriginsDto> {
    await this.list(tenant);
    await this.tenants.replaceOrigins(tenant, origins);
    // The other instances learn of it from the database. This one must know before it responds.
    this.cors.forget(TenantOrigins, tenant);
    return this.list(tenant);
  }

  @Delete()
  @HttpCode(204)
  async clear(@Param('tenant') tenant: string): Promise<void> {
    await this.replace(tenant, { origins: [] });
  }
}

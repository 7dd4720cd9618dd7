import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { CorsService } from 'nestjs-cors';
import { Database } from '../database/database.js';
import { ORIGINS_CHANGED } from './tables.js';
import { TenantOrigins } from './tenant-origins.js';
import { TenantsService } from './tenants.service.js';

/** Keeps this instance in step with the database, whichever instance changed it. */
@Injectable()
export class TenantChanges implements OnModuleInit {
  private readonly logger = new Logger('Tenants');
  private connectedBefore = false;

  constructor(
    private readonly database: Database,
    private readonly tenants: TenantsService,
    private readonly cors: CorsService,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.database.listen(ORIGINS_CHANGED, {
      connected: () => this.connected(),
      notified: (tenant) => this.cors.forget(TenantOrigins, tenant),
      lost: (reason) => this.lost(reason),
    });
  }

  private async connected(): Promise<void> {
    await this.tenants.createTables();
    // Nobody was notified of what changed while nobody listened.
    this.cors.forget();
    if (!this.connectedBefore) this.logger.log('The tenants are loaded, and changes are followed.');
    else this.logger.log('The database is back: changes are followed again.');
    this.connectedBefore = true;
  }

  private lost(reason: NodeJS.ErrnoException): void {
    // Of several addresses that all fail, the message is empty.
    const why = reason.message || reason.code;
    if (this.connectedBefore) {
      this.logger.warn(
        `The database is lost (${why}). Origins in use stay allowed for up to ORIGINS_TTL seconds; every other origin is refused. Trying again.`,
      );
    } else {
      this.logger.error(
        `The database does not respond (${why}). The application starts without it: until it responds, every origin is refused. Trying again; check DATABASE_URL.`,
      );
    }
  }
}

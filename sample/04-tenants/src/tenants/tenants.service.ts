import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { TABLES } from './tables.js';

/** The tenants and the origins of their pages, in the database. */
@Injectable()
export class TenantsService {
  constructor(private readonly database: Database) {}

  async createTables(): Promise<void> {
    await this.database.run(TABLES);
  }

  async isAllowed(tenant: string, origin: string): Promise<boolean> {
    const rows = await this.database.query(
      'SELECT FROM tenant_origins WHERE tenant = $1 AND origin = $2',
      [tenant, origin],
    );
    return rows.length > 0;
  }

  /** `undefined` if there is no such tenant. */
  async originsOf(tenant: string): Promise<string[] | undefined> {
    const [found] = await this.database.query<{ origins: string[] }>(
      `SELECT ARRAY(SELECT origin FROM tenant_origins WHERE tenant = name ORDER BY origin) AS origins
       FROM tenants WHERE name = $1`,
      [tenant],
    );
    return found?.origins;
  }

  /** One statement, and so one transaction: nobody sees the list half replaced. */
  async replaceOrigins(tenant: string, origins: readonly string[]): Promise<void> {
    await this.database.query(
      `WITH removed AS (DELETE FROM tenant_origins WHERE tenant = $1 AND origin <> ALL ($2::text[]))
       INSERT INTO tenant_origins SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING`,
      [tenant, origins],
    );
  }
}

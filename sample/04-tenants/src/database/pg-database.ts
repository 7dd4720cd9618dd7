import { Pool, type ClientConfig } from 'pg';
import type { OnModuleDestroy } from '@nestjs/common';
import type { ChannelListener } from './channel-listener.js';
import { Database } from './database.js';
import { PgChannel } from './pg-channel.js';

/** Longer than a healthy database takes; a page should not wait for a dead one. */
const PATIENCE_MS = 1000;

/** PostgreSQL on a server, shared by every instance of the application. */
export class PgDatabase extends Database implements OnModuleDestroy {
  private readonly config: ClientConfig;
  private readonly pool: Pool;
  private readonly channels: PgChannel[] = [];

  constructor(connectionString: string) {
    super();
    this.config = {
      connectionString,
      connectionTimeoutMillis: PATIENCE_MS,
      query_timeout: PATIENCE_MS,
      keepAlive: true,
    };
    this.pool = new Pool({ ...this.config, max: 5 });
    // An idle connection that breaks is replaced by the next query, which reports its own failure.
    this.pool.on('error', () => undefined);
  }

  async query<Row>(sql: string, values: readonly unknown[]): Promise<Row[]> {
    const { rows } = await this.pool.query(sql, [...values]);
    return rows as Row[];
  }

  async run(script: string): Promise<void> {
    await this.pool.query(script);
  }

  async listen(channel: string, listener: ChannelListener): Promise<void> {
    const followed = new PgChannel(this.config, channel, listener);
    this.channels.push(followed);
    await followed.open();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.channels.map((channel) => channel.close()));
    await this.pool.end();
  }
}

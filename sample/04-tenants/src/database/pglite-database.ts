import { PGlite } from '@electric-sql/pglite';
import type { OnModuleDestroy } from '@nestjs/common';
import type { ChannelListener } from './channel-listener.js';
import { Database } from './database.js';

/** PostgreSQL inside this process: nothing to install, nothing to lose touch with. */
export class PgliteDatabase extends Database implements OnModuleDestroy {
  private constructor(private readonly pglite: PGlite) {
    super();
  }

  /** Without a directory, everything is in memory. */
  static async open(directory?: string): Promise<PgliteDatabase> {
    return new PgliteDatabase(await PGlite.create(directory ?? 'memory://'));
  }

  async query<Row>(sql: string, values: readonly unknown[]): Promise<Row[]> {
    const { rows } = await this.pglite.query<Row>(sql, [...values]);
    return rows;
  }

  async run(script: string): Promise<void> {
    await this.pglite.exec(script);
  }

  async listen(channel: string, listener: ChannelListener): Promise<void> {
    await this.pglite.listen(channel, (payload) => listener.notified(payload));
    await listener.connected();
  }

  async onModuleDestroy(): Promise<void> {
    if (!this.pglite.closed) await this.pglite.close();
  }
}

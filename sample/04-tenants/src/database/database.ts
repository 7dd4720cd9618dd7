import type { ChannelListener } from './channel-listener.js';

/** What the sample needs of PostgreSQL, whether it runs inside the sample or on a server. */
export abstract class Database {
  /** Runs one statement. Rejects while the database is away. */
  abstract query<Row>(sql: string, values: readonly unknown[]): Promise<Row[]>;

  /** Runs several statements, without values. */
  abstract run(script: string): Promise<void>;

  /**
   * Follows a channel of `NOTIFY` until the application closes. Resolves after the first attempt,
   * even when the database is away: the listener is notified, and the attempts go on.
   */
  abstract listen(channel: string, listener: ChannelListener): Promise<void>;
}

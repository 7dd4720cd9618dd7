import { Client, type ClientConfig } from 'pg';
import type { ChannelListener } from './channel-listener.js';

const RETRY_MS = 500;

/** A connection of its own that follows one channel, and comes back after each loss. */
export class PgChannel {
  private client: Client | undefined;
  private retry: NodeJS.Timeout | undefined;
  private lost = false;
  private closed = false;

  constructor(
    private readonly config: ClientConfig,
    private readonly name: string,
    private readonly listener: ChannelListener,
  ) {}

  /** Tries once; further attempts follow in the background until one succeeds. */
  async open(): Promise<void> {
    const client = new Client(this.config);
    this.client = client;
    // A connection that breaks says so twice: `error`, then `end`.
    client.on('error', (error) => this.reopen(client, error));
    client.on('end', () => this.reopen(client, new Error('The server closed the connection.')));
    client.on('notification', ({ payload = '' }) => this.listener.notified(payload));
    try {
      await client.connect();
      await client.query(`LISTEN ${client.escapeIdentifier(this.name)}`);
      await this.listener.connected();
      this.lost = false;
    } catch (error) {
      this.reopen(client, error as Error);
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.retry);
    await this.client?.end();
  }

  private reopen(broken: Client, reason: NodeJS.ErrnoException): void {
    if (this.closed || this.client !== broken) return;
    this.client = undefined;
    broken.end().catch(() => undefined);
    if (!this.lost) this.listener.lost(reason);
    this.lost = true;
    this.retry = setTimeout(() => void this.open(), RETRY_MS);
  }
}

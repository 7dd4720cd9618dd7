/** Who follows a channel of `NOTIFY`. */
export interface ChannelListener {
  /** The channel is followed from now on, or again: what was sent before may have been missed. */
  connected(): Promise<void>;
  /** A transaction that sent `payload` was committed. */
  notified(payload: string): void;
  /** The channel is no longer followed, or could not be followed at all. Once, not per attempt. */
  lost(reason: NodeJS.ErrnoException): void;
}

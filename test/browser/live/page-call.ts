import type { LiveCall } from './live-row.js';

/** A call as a page makes it. */
export type PageCall = Pick<LiveCall, 'headers' | 'body' | 'mode'> & {
  readonly by: NonNullable<LiveCall['by']>;
  readonly method: string;
  readonly url: string;
  readonly credentials: boolean;
};

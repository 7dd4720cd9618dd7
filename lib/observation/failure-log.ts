import { channel } from 'node:diagnostics_channel';
import { LRUCache } from 'lru-cache';
import type { AskingFailure } from '../resolver/ask-within.js';
import { describeThrown } from '../text/describe-thrown.js';
import { loggable } from '../text/escape.js';
import { BoundedLog } from './bounded-log.js';

/** The diagnostics channel on which each failure is published. */
const FAILURES = channel('nestjs-cors:failure');

/** For so many at a time, and so long, it is known who has failed about which origin. */
const REMEMBERED = { max: 1000, ttl: 60_000 };

/**
 * Logs one failure a minute for each origin, and no more than a bounded number of them: a flood of
 * requests must not flood the log. It never throws, whatever was thrown.
 */
export class CorsFailureLog {
  private readonly failed = new LRUCache<string, true>(REMEMBERED);
  private readonly logged = new LRUCache<string, true>(REMEMBERED);
  private readonly log: BoundedLog;

  constructor(write: (message: string, stack?: string) => void) {
    this.log = new BoundedLog('failures of origin functions', FAILURES.name as string, write);
  }

  /** Whether a function or class has just failed to answer about an origin: that is not a no. */
  hasFailed(asked: string, origin: string): boolean {
    return this.failed.has(keyOf(asked, origin));
  }

  add(failure: AskingFailure): void {
    if (FAILURES.hasSubscribers) FAILURES.publish(failure);
    const { asked, origin, problem, error } = failure;
    const key = keyOf(asked, origin);
    this.failed.set(key, true);
    if (this.logged.has(key)) return;
    const thrown = error === undefined ? undefined : describeThrown(error);
    const reason = thrown === undefined ? problem : `${problem} "${thrown.message}"`;
    const isLogged = this.log.add(
      () =>
        `${capitalized(asked)} was asked about "${loggable(origin)}", and ${reason}. The origin is treated as not allowed; return true or false.`,
      thrown?.stack,
    );
    if (isLogged) this.logged.set(key, true);
  }
}

function keyOf(asked: string, origin: string): string {
  return `${asked} ${origin}`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

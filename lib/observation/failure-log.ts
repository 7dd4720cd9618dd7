import { channel } from 'node:diagnostics_channel';
import { LRUCache } from 'lru-cache';
import type { AskingFailure } from '../resolver/ask-within.js';
import { describeThrown } from '../text/describe-thrown.js';
import { loggable } from '../text/escape.js';
import { BoundedLog } from './bounded-log.js';

/** The diagnostics channel on which each failure is published. */
const FAILURES = channel('nestjs-cors:failure');

/**
 * Logs one failure a minute for each origin, and no more than a bounded number of them: a flood of
 * requests must not flood the log. It never throws, whatever was thrown.
 */
export function failureLog(
  write: (message: string, stack?: string) => void,
): (failure: AskingFailure) => void {
  const recent = new LRUCache<string, true>({ max: 1000, ttl: 60_000 });
  const log = new BoundedLog('failures of origin functions', FAILURES.name as string, write);
  return (failure) => {
    if (FAILURES.hasSubscribers) FAILURES.publish(failure);
    const { asked, origin, problem, error } = failure;
    const key = `${asked} ${origin}`;
    if (recent.has(key)) return;
    const thrown = error === undefined ? undefined : describeThrown(error);
    const reason = thrown === undefined ? problem : `${problem} "${thrown.message}"`;
    const isLogged = log.add(
      () =>
        `${capitalized(asked)} was asked about "${loggable(origin)}", and ${reason}. The origin is treated as not allowed; return true or false.`,
      thrown?.stack,
    );
    if (isLogged) recent.set(key, true);
  };
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

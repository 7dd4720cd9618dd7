import { channel } from 'node:diagnostics_channel';
import { LRUCache } from 'lru-cache';
import type { AskingFailure } from '../resolver/ask-within.js';

/** The diagnostics channel on which each failure is published. */
const FAILURES = channel('nestjs-cors:failure');

/** Logs one failure a minute for each origin: a flood of requests must not flood the log. */
export function failureLog(
  warn: (message: string, stack?: string) => void,
): (failure: AskingFailure) => void {
  const recent = new LRUCache<string, true>({ max: 1000, ttl: 60_000 });
  return (failure) => {
    if (FAILURES.hasSubscribers) FAILURES.publish(failure);
    const { asked, origin, problem, error } = failure;
    const key = `${asked} ${origin}`;
    if (recent.has(key)) return;
    recent.set(key, true);
    const reason = error instanceof Error ? `${problem} ${JSON.stringify(error.message)}` : problem;
    const message = `${capitalized(asked)} was asked about ${JSON.stringify(origin)}, and ${reason}. The origin is treated as not allowed; return true or false.`;
    warn(message, error instanceof Error ? error.stack : undefined);
  };
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

import { LRUCache } from 'lru-cache';
import type { OriginFunctionFailure } from './guard-origin-function.js';

/** Names one failure a minute for each origin: a flood of requests is no flood of lines. */
export function failureLog(
  warn: (message: string, stack?: string) => void,
): (failure: OriginFunctionFailure) => void {
  const recent = new LRUCache<string, true>({ max: 1000, ttl: 60_000 });
  return ({ origin, problem, error }) => {
    if (recent.has(origin)) return;
    recent.set(origin, true);
    const reason = error instanceof Error ? `${problem} ${JSON.stringify(error.message)}` : problem;
    const message = `The origin function was asked about ${JSON.stringify(origin)}, and ${reason}. The origin is treated as not allowed; let the function return true or false.`;
    warn(message, error instanceof Error ? error.stack : undefined);
  };
}

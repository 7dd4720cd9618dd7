import { LRUCache } from 'lru-cache';
import type { ResolverLimits } from '../options/read/resolver-limits.js';

/** What is known about a key. A stale answer may be served only while it is asked for again. */
export interface KnownAnswer {
  readonly answer: boolean;
  readonly isStale: boolean;
}

/**
 * The answers of one resolver class. Refusals have a cache of their own: a flood of made-up origins
 * evicts other made-up origins, never one that is allowed.
 */
export class AnswerCache {
  private readonly allowed: LRUCache<string, true>;
  private readonly refused: LRUCache<string, true>;
  private readonly timeout: number;

  constructor({ ttl, max, timeout }: ResolverLimits) {
    this.timeout = timeout;
    // Stale answers are gone by themselves when even their refresh must be over.
    // Looked up each time, so that tests may turn the clock.
    const perf = { now: () => performance.now() };
    this.allowed = new LRUCache({ max, ttl: ttl + timeout, perf });
    this.refused = new LRUCache({ max, ttl: ttl + timeout, perf });
  }

  get size(): number {
    return this.allowed.size + this.refused.size;
  }

  get(key: string): KnownAnswer | undefined {
    const cache = this.allowed.get(key) ? this.allowed : this.refused;
    if (cache.get(key) === undefined) return undefined;
    return {
      answer: cache === this.allowed,
      isStale: cache.getRemainingTTL(key) <= this.timeout,
    };
  }

  set(key: string, answer: boolean): void {
    this.delete(key);
    (answer ? this.allowed : this.refused).set(key, true);
  }

  delete(key: string): void {
    this.allowed.delete(key);
    this.refused.delete(key);
  }

  /** Drops the answers of all keys that begin so. */
  forget(prefix: string): void {
    for (const cache of [this.allowed, this.refused]) {
      // Not while the cache walks its own list.
      for (const key of Array.from(cache.keys())) if (key.startsWith(prefix)) cache.delete(key);
    }
  }
}

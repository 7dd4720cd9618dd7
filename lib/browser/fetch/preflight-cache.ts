import { isSafelistedMethod } from '../../fetch/methods.js';
import type { BrowserName } from '../simulation.js';
import type { PreflightQuery } from './preflight-query.js';

interface Entry {
  readonly credentialed: boolean;
  readonly kind: 'method' | 'header';
  /** A method, a lower-cased header name, or `*`. */
  readonly name: string;
  /** Milliseconds. */
  readonly expiry: number;
}

/** What a server allowed, as the cache keeps it. */
interface Allowance {
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly seconds: number;
}

/**
 * A browser's preflight cache. Pass the same one to several calls of `simulate()` to see
 * which of them no longer send a preflight.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-cache
 */
export class PreflightCache {
  private readonly entries = new Map<string, readonly Entry[]>();
  private readonly now: () => number;

  /** @param now the time in milliseconds; lets tests run without waiting */
  constructor(now: () => number = Date.now) {
    this.now = now;
  }

  /**
   * Whether a request may be sent without another preflight.
   *
   * @internal
   */
  covers(query: PreflightQuery, browser: BrowserName): boolean {
    const entries = (this.entries.get(key(query)) ?? []).filter(
      // What holds with credentials holds without them, not the reverse.
      (entry) => entry.expiry > this.now() && (entry.credentialed || !query.credentialed),
    );
    const has = (kind: Entry['kind'], name: string, covered: boolean) =>
      entries.some(
        (entry) =>
          entry.kind === kind &&
          (entry.name === name || (covered && isWildcard(entry) && browser !== 'firefox')),
      );
    return (
      (!query.repeated || entries.length > 0) &&
      ((isSafelistedMethod(query.method) && !query.forced) || has('method', query.method, true)) &&
      query.unsafeNames.every((name) => has('header', name, name !== 'authorization'))
    );
  }

  /**
   * Keeps what the response to a preflight allows.
   *
   * @internal
   */
  store(query: PreflightQuery, allowance: Allowance): void {
    const expiry = this.now() + allowance.seconds * 1000;
    const { credentialed } = query;
    const fresh: Entry[] = [
      ...allowance.methods.map((name) => ({ credentialed, kind: 'method' as const, name, expiry })),
      ...allowance.headers.map((name) => ({ credentialed, kind: 'header' as const, name, expiry })),
    ];
    const kept = (this.entries.get(key(query)) ?? []).filter(
      (entry) => entry.expiry > this.now() && !fresh.some((other) => isSame(entry, other)),
    );
    this.entries.set(key(query), [...kept, ...fresh]);
  }

  /**
   * Forgets a URL: a network error shows that what is kept is no longer true.
   *
   * @internal
   */
  clear(query: PreflightQuery): void {
    this.entries.delete(key(query));
  }
}

/** Neither part can contain a space. */
function key(query: PreflightQuery): string {
  return `${query.origin} ${query.url}`;
}

/**
 * With credentials, `*` is a method or header of that name. The standard's cache lets it cover
 * everything all the same; no browser does. Firefox's cache takes it literally always.
 */
function isWildcard(entry: Entry): boolean {
  return entry.name === '*' && !entry.credentialed;
}

function isSame(a: Entry, b: Entry): boolean {
  return a.credentialed === b.credentialed && a.kind === b.kind && a.name === b.name;
}

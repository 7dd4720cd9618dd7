import { LRUCache } from 'lru-cache';
import type { CorsOriginResolver } from '../options/cors-origin.js';
import type { ResolverLimits } from '../options/read/resolver-limits.js';
import type { CorsRequest } from '../policy/policy.js';
import { type AskingFailure, askWithin, isThenable } from './ask-within.js';

const MAX_SCOPE_BYTES = 256;

/** A look-up that runs, with all who wait for it. */
interface LookUp {
  readonly answer: Promise<boolean>;
  readonly abort: AbortController;
}

/**
 * Calls one resolver class, however many policies name it: answers are cached under scope and
 * origin, which is all it can see; concurrent look-ups of one key are one.
 */
export class CachedResolver {
  private readonly answers: AnswerCache;
  /** Bounded by the requests that wait, and by the answers that are stale. */
  private readonly lookUps = new Map<string, LookUp>();

  /**
   * @param name for messages
   * @param instance undefined until the application has made it
   */
  constructor(
    private readonly name: string,
    private readonly instance: () => CorsOriginResolver | undefined,
    private readonly limits: ResolverLimits,
    private readonly onFailure: (failure: AskingFailure) => void,
  ) {
    this.answers = new AnswerCache(limits);
  }

  /** How many answers are cached. */
  get size(): number {
    return this.answers.size;
  }

  /** Whether an origin is allowed; see `OriginRule`. */
  ask(origin: string, request: CorsRequest): boolean | Promise<boolean> {
    const resolver = this.instance();
    if (resolver === undefined) {
      this.fail(origin, 'the application has not started yet');
      return false;
    }
    const scope = this.scopeOf(resolver, origin, request);
    if (scope === undefined) return false;

    const key = prefixOf(scope) + origin;
    const known = this.answers.get(key);
    if (known !== undefined && !known.isStale) return known.answer;
    const running = this.lookUps.get(key)?.answer ?? this.lookUp(resolver, key, origin, scope);
    return typeof running === 'boolean' ? running : (known?.answer ?? running);
  }

  /** Whether a request with another method has the same answer; see `OriginRule`. */
  ignoresMethod(request: CorsRequest, method: string): boolean {
    const resolver = this.instance();
    if (resolver === undefined) return false;
    const [scope, other] = [request, { ...request, method }].map((each) =>
      this.scopeOf(resolver, each.origin, each),
    );
    return scope !== undefined && scope === other;
  }

  /** Drops cached answers, of one scope or of all; running look-ups are not kept either. */
  forget(scope?: string): void {
    const prefix = scope === undefined ? '' : prefixOf(scope);
    this.answers.forget(prefix);
    for (const key of this.lookUps.keys()) if (key.startsWith(prefix)) this.lookUps.delete(key);
  }

  /** Aborts look-ups that are still running. */
  close(): void {
    for (const { abort } of this.lookUps.values()) abort.abort();
    this.forget();
  }

  private lookUp(
    resolver: CorsOriginResolver,
    key: string,
    origin: string,
    scope: string,
  ): boolean | Promise<boolean> {
    const abort = new AbortController();
    const answer = askWithin(
      this.limits.timeout,
      () => resolver.isAllowed(origin, scope, abort.signal),
      (problem, error) => {
        abort.abort();
        this.fail(origin, problem, error);
      },
    );
    if (!(answer instanceof Promise)) return this.remember(key, answer);

    const settled = answer.then((late) => {
      // Forgotten meanwhile: the requests that waited get it, none after them.
      if (this.lookUps.get(key)?.abort !== abort) return late === true;
      this.lookUps.delete(key);
      return this.remember(key, late);
    });
    this.lookUps.set(key, { answer: settled, abort });
    return settled;
  }

  /** A missing answer is not cached, and the one before it is dropped. */
  private remember(key: string, answer: boolean | undefined): boolean {
    if (answer === undefined) this.answers.delete(key);
    else this.answers.set(key, answer);
    return answer === true;
  }

  private scopeOf(
    resolver: CorsOriginResolver,
    origin: string,
    request: CorsRequest,
  ): string | undefined {
    try {
      if (resolver.scope === undefined) return '';
      const scope: unknown = resolver.scope(request);
      if (typeof scope === 'string' && fits(scope)) return scope;
      if (isThenable(scope)) {
        this.fail(origin, 'its scope() returned a promise; the scope must be known at once');
        // Nobody else hears of its rejection, which would end the process.
        new Promise((settled) => settled(scope)).catch((error: unknown) =>
          this.fail(origin, 'the promise of its scope() rejected', error),
        );
        return undefined;
      }
      const problem =
        typeof scope === 'string'
          ? `its scope() returned more than ${MAX_SCOPE_BYTES} bytes`
          : `its scope() did not return a string but ${scope === null ? 'null' : typeof scope}`;
      this.fail(origin, problem);
    } catch (error) {
      this.fail(origin, 'its scope() threw', error);
    }
    return undefined;
  }

  private fail(origin: string, problem: string, error?: unknown): void {
    this.onFailure({ asked: this.name, origin, problem, error });
  }
}

/** The length tells where a scope ends, whatever is in it. */
function prefixOf(scope: string): string {
  return `${scope.length} ${scope} `;
}

function fits(scope: string): boolean {
  return scope.length <= MAX_SCOPE_BYTES && Buffer.byteLength(scope) <= MAX_SCOPE_BYTES;
}

/** What is known about a key. A stale answer may be served only while it is asked for again. */
interface KnownAnswer {
  readonly answer: boolean;
  readonly isStale: boolean;
}

/**
 * The answers of one resolver class. Refusals have a cache of their own: a flood of made-up origins
 * evicts other made-up origins, never one that is allowed.
 */
class AnswerCache {
  private readonly allowed: LRUCache<string, true>;
  private readonly refused: LRUCache<string, true>;
  private readonly timeout: number;

  constructor({ ttl, max, timeout }: ResolverLimits) {
    this.timeout = timeout;
    // Stale answers expire when even their refresh must be over.
    // The clock is read anew each time, so that tests may replace it.
    const perf = { now: () => performance.now() };
    // A size of one each: with `max`, the cache would take the memory for all of them at once.
    const size = { maxSize: max, sizeCalculation: () => 1 };
    this.allowed = new LRUCache({ ...size, ttl: ttl + timeout, perf });
    this.refused = new LRUCache({ ...size, ttl: ttl + timeout, perf });
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

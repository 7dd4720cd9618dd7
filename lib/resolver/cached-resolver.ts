import type { CorsOriginResolver } from '../options/cors-origin.js';
import type { ResolverLimits } from '../options/read/resolver-limits.js';
import type { CorsRequest } from '../policy/policy.js';
import { AnswerCache } from './answer-cache.js';
import { askWithin } from './ask-within.js';
import type { AskingFailure } from './asking-failure.js';

const MAX_SCOPE_BYTES = 256;

/** A look-up that runs, with all who wait for it. */
interface LookUp {
  readonly answer: Promise<boolean>;
  readonly abort: AbortController;
}

/**
 * Asks one resolver class, whatever the number of policies that name it: answers are remembered
 * under scope and origin, all it can see; concurrent questions are one.
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

  /** How many answers are remembered. */
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

  /** Drops what is remembered, of one scope or of all; what is being looked up is not kept either. */
  forget(scope?: string): void {
    const prefix = scope === undefined ? '' : prefixOf(scope);
    this.answers.forget(prefix);
    for (const key of this.lookUps.keys()) if (key.startsWith(prefix)) this.lookUps.delete(key);
  }

  /** Nobody waits for answers any more. */
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
      // Forgotten meanwhile: those who waited get it, nobody after them.
      if (this.lookUps.get(key)?.abort !== abort) return late === true;
      this.lookUps.delete(key);
      return this.remember(key, late);
    });
    this.lookUps.set(key, { answer: settled, abort });
    return settled;
  }

  /** No answer is remembered as none: neither it nor the one before it. */
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
    if (resolver.scope === undefined) return '';
    try {
      const scope: unknown = resolver.scope(request);
      if (typeof scope === 'string' && fits(scope)) return scope;
      const problem =
        typeof scope === 'string'
          ? `its scope() returned more than ${MAX_SCOPE_BYTES} bytes`
          : `its scope() returned no string but ${scope === null ? 'null' : typeof scope}`;
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

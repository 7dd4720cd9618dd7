import { Scope } from '@nestjs/common';
import type { ModuleRef, ModulesContainer } from '@nestjs/core';
import type { CorsOriginResolver, OriginResolverClass } from '../options/cors-origin.js';
import type { AllowsOrigin, ResolverFactory } from '../options/origin/compile-origin.js';
import type { OriginFunction } from '../options/origin/read-origins.js';
import { isGeneratorFunction } from '../options/read/snapshot.js';
import type { ResolverLimits } from '../options/read/resolver-limits.js';
import { CorsConfigError } from '../options/refusal/cors-config-error.js';
import type { ResolverReason } from '../options/refusal/cors-config-reason.js';
import type { CorsRequest } from '../policy/policy.js';
import { NEST_METADATA } from '../routing/controller-routes.js';
import { type AskingFailure, guardOriginFunction } from './ask-within.js';
import { CachedResolver } from './cached-resolver.js';

/**
 * The origin functions and resolver classes of one application. The instance of a class is Nest's,
 * from whichever module provides it; its answers outlive an update of the policies.
 */
export class CorsResolvers implements ResolverFactory {
  private readonly known = new Map<OriginResolverClass, CachedResolver>();
  private readonly instances = new Map<OriginResolverClass, CorsOriginResolver>();
  private moduleRef: ModuleRef | undefined;

  constructor(
    private readonly modules: ModulesContainer,
    private readonly onFailure: (failure: AskingFailure) => void,
  ) {}

  fromFunction(decide: OriginFunction, { timeout }: ResolverLimits): AllowsOrigin {
    return guardOriginFunction(decide, timeout, this.onFailure);
  }

  fromClass(resolver: OriginResolverClass, limits: ResolverLimits): AllowsOrigin {
    const known = this.known.get(resolver) ?? this.create(resolver, limits);
    this.known.set(resolver, known);
    return (origin, request) => known.ask(origin, request);
  }

  ignoresMethod(resolver: OriginResolverClass, request: CorsRequest, method: string): boolean {
    return this.known.get(resolver)?.ignoresMethod(request, method) === true;
  }

  reasonAgainst(resolver: OriginResolverClass): ResolverReason | undefined {
    if (!Reflect.hasMetadata(NEST_METADATA.injectable, resolver)) return 'resolver-not-injectable';
    const wrappers = this.wrappersOf(resolver);
    if (wrappers.length === 0) return 'resolver-not-provided';
    const isSingleton = wrappers.every(({ scope = Scope.DEFAULT }) => scope === Scope.DEFAULT);
    return isSingleton ? undefined : 'resolver-not-singleton';
  }

  /**
   * Fetches the instances: at boot, once Nest has made them with what they depend on, and before an
   * update takes effect.
   *
   * @throws CorsConfigError for an instance that cannot be resolved or called
   */
  connect(moduleRef = this.moduleRef): void {
    if (moduleRef === undefined) return;
    this.moduleRef = moduleRef;
    for (const resolver of this.known.keys()) {
      if (this.instances.has(resolver)) continue;
      try {
        this.instances.set(resolver, this.instanceOf(resolver, moduleRef));
      } catch (error) {
        // Of an update that is refused: the next one is not to be refused for it.
        this.known.delete(resolver);
        throw error;
      }
    }
  }

  /** Whether a value of `origin` is a class that cannot be asked yet; in a preview none ever is. */
  hasNoInstance(origin: unknown): boolean {
    const classes: ReadonlyMap<unknown, unknown> = this.known;
    const instances: ReadonlyMap<unknown, unknown> = this.instances;
    return classes.has(origin) && !instances.has(origin);
  }

  /** Drops cached answers: of one class or of all, of one scope or of all. */
  forget(resolver?: OriginResolverClass, scope?: string): void {
    if (resolver !== undefined) return this.known.get(resolver)?.forget(scope);
    for (const known of this.known.values()) known.forget(scope);
  }

  close(): void {
    for (const known of this.known.values()) known.close();
  }

  private create(resolver: OriginResolverClass, limits: ResolverLimits): CachedResolver {
    const instance = () => this.instances.get(resolver);
    return new CachedResolver(resolver.name, instance, limits, this.onFailure);
  }

  private wrappersOf(resolver: OriginResolverClass) {
    return [...this.modules.values()].flatMap(({ providers }) => providers.get(resolver) ?? []);
  }

  private instanceOf(resolver: OriginResolverClass, moduleRef: ModuleRef): CorsOriginResolver {
    // Early Nest 11 hands out such an instance, without what it depends on.
    if (!this.wrappersOf(resolver).every((wrapper) => wrapper.isDependencyTreeStatic())) {
      throw refusal(resolver, 'resolver-not-singleton', 'It depends on a request-scoped provider.');
    }
    let instance: Partial<CorsOriginResolver> | undefined;
    try {
      instance = moduleRef.get<Partial<CorsOriginResolver>>(resolver, { strict: false });
    } catch (error) {
      throw refusal(resolver, 'resolver-not-singleton', (error as Error).message);
    }
    const { isAllowed, scope } = instance ?? {};
    if (typeof isAllowed !== 'function') {
      throw refusal(resolver, 'resolver-without-is-allowed', 'The provider has no such method.');
    }
    if ([isAllowed, scope].some((method) => isGeneratorFunction(method))) {
      const problem =
        'A generator says neither yes nor no: write `isAllowed` and `scope` without `*`.';
      throw refusal(resolver, 'resolver-without-is-allowed', problem);
    }
    return instance as CorsOriginResolver;
  }
}

/** Found on the instance only; where the class is written is no longer known. */
function refusal(
  resolver: OriginResolverClass,
  reason: 'resolver-not-singleton' | 'resolver-without-is-allowed',
  problem: string,
): CorsConfigError {
  const rule =
    reason === 'resolver-not-singleton'
      ? 'to have one instance for the application, and to depend on nothing request-scoped'
      : 'to have a method `isAllowed(origin, scope)`';
  const message = `Expected the class \`${resolver.name}\` ${rule}. ${problem}`;
  return new CorsConfigError([
    { path: `origin: ${resolver.name}`, value: resolver.name, reason, message },
  ]);
}

import type { CorsRequest, OriginRule } from '../../policy/policy.js';
import type { OriginResolverClass } from '../cors-origin.js';
import type { ResolverLimits } from '../read/resolver-limits.js';
import type { ResolverReason } from '../refusal/cors-config-reason.js';
import type { OriginFunction, OriginReader, ReadOrigins } from './read-origins.js';

/** Calls an origin function or class: it never throws or rejects, and always settles. */
export type AllowsOrigin = Extract<OriginRule, { kind: 'dynamic' }>['allows'];

/** Makes origin functions and classes safe to call while a request waits; see `OriginRule`. */
export interface ResolverFactory {
  fromFunction(decide: OriginFunction, limits: ResolverLimits): AllowsOrigin;
  fromClass(resolver: OriginResolverClass, limits: ResolverLimits): AllowsOrigin;
  /** Whether the answer of a class is the same for another method; see `OriginRule`. */
  ignoresMethod?(resolver: OriginResolverClass, request: CorsRequest, method: string): boolean;
  /** Why a class cannot be called, if it cannot. */
  reasonAgainst(resolver: OriginResolverClass): ResolverReason | undefined;
}

/**
 * Compiles values of `origin`. Policies with the same value share its rule, since decisions for
 * several policies know a rule by its identity and call its function once.
 */
export class OriginCompiler {
  private readonly rules = new Map<unknown, OriginRule>();

  constructor(
    private readonly reader: OriginReader,
    private readonly resolvers: ResolverFactory,
    private readonly limits: ResolverLimits,
  ) {}

  /** @param origin valid */
  compile(origin: unknown): OriginRule {
    const rule = this.rules.get(origin) ?? this.compileOrigins(this.reader.read(origin));
    this.rules.set(origin, rule);
    return rule;
  }

  private compileOrigins({ any, decide, resolver, listed }: ReadOrigins): OriginRule {
    if (any) return Object.freeze({ kind: 'any' });
    if (decide !== undefined) {
      const allows = this.resolvers.fromFunction(decide, this.limits);
      return Object.freeze({ kind: 'dynamic', allows });
    }
    if (resolver !== undefined) {
      const { resolvers } = this;
      return Object.freeze({
        kind: 'dynamic',
        allows: resolvers.fromClass(resolver, this.limits),
        ignoresMethod: (request: CorsRequest, method: string) =>
          resolvers.ignoresMethod?.(resolver, request, method) === true,
      });
    }
    return listed;
  }
}

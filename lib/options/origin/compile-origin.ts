import { compileOriginList } from '../../policy/origins/origin-list.js';
import type { OriginRule } from '../../policy/policy.js';
import type { OriginResolverClass } from '../cors-origin.js';
import type { ResolverLimits } from '../read/resolver-limits.js';
import type { ResolverFault } from '../refusal/cors-config-reason.js';
import type { OriginFunction, WrittenOrigins } from './read-origins.js';

/** What asks an origin function or a class on behalf of a rule: it never throws or rejects, always settles. */
export type AskOrigin = Extract<OriginRule, { kind: 'asked' }>['ask'];

/**
 * Compiles the value of `origin`. It is valid.
 *
 * @param askers make functions and classes safe to ask
 */
export function compileOrigin(
  { any, ask, resolver, origins, regexps }: WrittenOrigins,
  askers: OriginAskers,
  limits: ResolverLimits,
): OriginRule {
  if (any) return Object.freeze({ kind: 'any' });
  if (ask !== undefined) {
    return Object.freeze({ kind: 'asked', ask: askers.ofFunction(ask, limits) });
  }
  if (resolver !== undefined) {
    return Object.freeze({ kind: 'asked', ask: askers.ofClass(resolver, limits) });
  }
  return compileOriginList(
    origins.map(({ value }) => value),
    regexps.map(({ value }) => value),
  );
}

/** Makes what is to be asked at run time safe to ask; see `OriginRule`. */
export interface OriginAskers {
  ofFunction(decide: OriginFunction, limits: ResolverLimits): AskOrigin;
  ofClass(resolver: OriginResolverClass, limits: ResolverLimits): AskOrigin;
  /** What keeps a class from being asked, if anything does. */
  faultOf(resolver: OriginResolverClass): ResolverFault | undefined;
}

import { compileOriginList } from '../policy/origin-list.js';
import type { OriginRule } from '../policy/origin-rule.js';
import type { OriginAskers } from './origin-askers.js';
import type { ResolverLimits } from './resolver-limits.js';
import type { WrittenOrigins } from './written-origins.js';

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

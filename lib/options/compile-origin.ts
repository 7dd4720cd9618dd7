import { compileOriginList } from '../policy/origin-list.js';
import type { OriginRule } from '../policy/origin-rule.js';
import type { OriginFunction, WrittenOrigins } from './written-origins.js';

/** What asks an origin function on behalf of a rule: it never throws or rejects, always settles. */
export type AskOrigin = Extract<OriginRule, { kind: 'asked' }>['ask'];

/**
 * Compiles the value of `origin`. It is valid.
 *
 * @param guard makes an origin function safe to ask
 */
export function compileOrigin(
  { any, ask, origins, regexps }: WrittenOrigins,
  guard: (ask: OriginFunction) => AskOrigin,
): OriginRule {
  if (any) return Object.freeze({ kind: 'any' });
  if (ask !== undefined) return Object.freeze({ kind: 'asked', ask: guard(ask) });
  return compileOriginList(
    origins.map(({ value }) => value),
    regexps.map(({ value }) => value),
  );
}

import { OriginPatternIndex } from './origin-pattern-index.js';
import type { OriginPattern } from './origin-pattern.js';
import type { OriginRule } from './origin-rule.js';

/**
 * Compiles a list of exact origins, patterns and RegExps. Exact origins are found by hash and
 * patterns by suffix, whatever their number; RegExps come last, one by one.
 *
 * The rule is asked about serialised origins only (`isSerializedOrigin`): that, not the matching,
 * keeps overlong or malformed values away from the RegExps. `null` is never allowed, since any
 * page becomes it inside a sandboxed frame.
 */
export function compileOriginList(
  origins: readonly OriginPattern[],
  regexps: readonly RegExp[],
): OriginRule {
  const exact = new Set<string>();
  const patterns: OriginPattern[] = [];
  for (const origin of origins) {
    if (origin.subdomains || origin.port === '*') patterns.push(origin);
    else exact.add(origin.text);
  }
  const index = new OriginPatternIndex(patterns);
  // Copies: a RegExp can be recompiled in place by whoever holds it.
  const tests = regexps.map((regexp) => new RegExp(regexp.source, regexp.flags));
  return Object.freeze({
    kind: 'listed',
    exact,
    matches(origin: string): boolean {
      if (exact.has(origin) || index.has(origin)) return true;
      if (tests.length === 0 || origin === 'null') return false;
      for (const test of tests) if (test.test(origin)) return true;
      return false;
    },
  });
}

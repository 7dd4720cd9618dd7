import type { CorsResolverOptions } from '../cors-origin.js';
import { type IssueList, issuesAt } from '../refusal/cors-config-error.js';
import { optionPath } from '../refusal/print-value.js';
import { unknownOption } from '../refusal/suggestions.js';
import { keysOf, mapKeys } from '../table.js';
import { anInteger, type Check, ownOption } from './checks.js';
import type { Written } from './snapshot.js';

/**
 * How long and how many answers of resolver classes are kept, and for how long any answer may take;
 * see `CorsResolverOptions`.
 */
export type ResolverLimits = Required<CorsResolverOptions>;

interface LimitRow {
  readonly check: Check;
  readonly default: number;
}

const MAX_TTL = 86_400_000;

/** One row per limit. */
const LIMIT_TABLE: Readonly<Record<keyof ResolverLimits, LimitRow>> = {
  ttl: {
    check: from1To(MAX_TTL, (value) =>
      typeof value === 'number' && value > MAX_TTL
        ? 'It is in milliseconds: that is one day.'
        : 'It is in milliseconds; to cache nothing, write a function as `origin`.',
    ),
    default: 60_000,
  },
  max: {
    check: from1To(1_000_000, () => 'The memory for answers has to be bounded.'),
    default: 10_000,
  },
  timeout: {
    check: from1To(60_000, () => 'It is in milliseconds; a request must not wait forever.'),
    default: 1000,
  },
};

const LIMITS = keysOf(LIMIT_TABLE);

export const DEFAULT_LIMITS: ResolverLimits = Object.freeze(
  mapKeys<ResolverLimits>(LIMITS, (limit): number => LIMIT_TABLE[limit].default),
);

/** Reads `resolver`. A limit that is not set has its default. */
export function readLimits(written: Written, issues: IssueList): ResolverLimits {
  const declaredAt = 'forRoot().resolver';
  for (const name of Object.keys(written)) {
    if (LIMITS.some((limit) => limit === name)) continue;
    issues.add([unknownOption(optionPath(declaredAt, name), name, LIMITS)]);
  }
  return mapKeys<ResolverLimits>(LIMITS, (limit): number => {
    const value = ownOption(written, limit);
    if (value !== undefined)
      issues.add(issuesAt(declaredAt, LIMIT_TABLE[limit].check(value, limit)));
    return typeof value === 'number' ? value : LIMIT_TABLE[limit].default;
  });
}

function from1To(max: number, remedy: (value: unknown) => string): Check {
  const reason = 'resolver-limit-out-of-range';
  return anInteger(1, max, remedy, { notInteger: reason, outOfRange: reason });
}

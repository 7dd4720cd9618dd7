import { IsInt, Max, Min, type ValidationOptions } from 'class-validator';
import { type BrokenRule, type IssueList, issueOf } from '../refusal/cors-config-error.js';
import { optionPath } from '../refusal/print-value.js';
import { unknownOption } from '../refusal/suggestions.js';
import { checkShape } from './policy-shape.js';
import { isOptionsObject, ownOption } from './read-policy-options.js';

const SOURCE = 'forRoot().resolver';
const DEFAULTS: ResolverLimits = { ttl: 60_000, max: 10_000, timeout: 1000 };
const AN_OBJECT: BrokenRule = {
  reason: 'resolver-options-wrong-type',
  rule: 'to be an object of limits',
  remedy:
    'Write some of `{ ttl: 60_000, max: 10_000, timeout: 1_000 }`; the class itself is `origin`.',
};

/** Reads `resolver`. What is not written, or not valid, is as by default. */
export function readLimits(written: unknown, issues: IssueList): ResolverLimits {
  if (written === undefined) return DEFAULTS;
  if (!isOptionsObject(written)) {
    issues.add([issueOf(SOURCE, 'resolver', written, AN_OBJECT)]);
    return DEFAULTS;
  }
  const names = Object.keys(DEFAULTS);
  for (const name of Object.keys(written)) {
    if (!names.includes(name)) issues.add([unknownOption(optionPath(SOURCE, name), name, names)]);
  }
  const shape = new ResolverShape();
  shape.ttl = ownOption(written, 'ttl');
  shape.max = ownOption(written, 'max');
  shape.timeout = ownOption(written, 'timeout');
  issues.add(checkShape(SOURCE, shape));
  const read = (value: unknown, byDefault: number) =>
    typeof value === 'number' ? value : byDefault;
  return {
    ttl: read(shape.ttl, DEFAULTS.ttl),
    max: read(shape.max, DEFAULTS.max),
    timeout: read(shape.timeout, DEFAULTS.timeout),
  };
}

/** How long and how many answers of resolver classes are kept, and for how long any answer may take. */
export interface ResolverLimits {
  /** Milliseconds. */
  readonly ttl: number;
  readonly max: number;
  /** Milliseconds. Holds for origin functions too. */
  readonly timeout: number;
}

const MAX_TTL = 86_400_000;
const MAX_ANSWERS = 1_000_000;
const MAX_TIMEOUT = 60_000;

/** The shape of `resolver`; made by hand as `PolicyShape` is. */
class ResolverShape {
  @IsInt(from1To(MAX_TTL, 'It is in milliseconds; to cache nothing, write a function as `origin`.'))
  @Min(
    1,
    from1To(MAX_TTL, 'It is in milliseconds; to cache nothing, write a function as `origin`.'),
  )
  @Max(MAX_TTL, from1To(MAX_TTL, 'It is in milliseconds: that is one day.'))
  ttl: unknown;

  @IsInt(from1To(MAX_ANSWERS, 'The memory for answers is bounded.'))
  @Min(1, from1To(MAX_ANSWERS, 'The memory for answers is bounded.'))
  @Max(MAX_ANSWERS, from1To(MAX_ANSWERS, 'The memory for answers is bounded.'))
  max: unknown;

  @IsInt(from1To(MAX_TIMEOUT, 'It is in milliseconds; a request must not wait for ever.'))
  @Min(1, from1To(MAX_TIMEOUT, 'It is in milliseconds; a request must not wait for ever.'))
  @Max(
    MAX_TIMEOUT,
    from1To(MAX_TIMEOUT, 'It is in milliseconds; a request must not wait for ever.'),
  )
  timeout: unknown;
}

/** One issue for a value, whichever of the three constraints it breaks. */
function from1To(max: number, remedy: string): ValidationOptions {
  const context: BrokenRule = {
    reason: 'resolver-limit-out-of-range',
    rule: `to be an integer from 1 to ${max}`,
    remedy,
  };
  return { context };
}

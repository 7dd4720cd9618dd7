import { IsInt, Max, Min, type ValidationOptions } from 'class-validator';
import type { BrokenRule } from './issue.js';

const MAX_TTL = 86_400_000;
const MAX_ANSWERS = 1_000_000;
const MAX_TIMEOUT = 60_000;

/** The shape of `resolver`; made by hand as `PolicyShape` is. */
export class ResolverShape {
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

import {
  Equals,
  IsArray,
  IsBoolean,
  IsInt,
  Max,
  Min,
  validateSync,
  type ValidationOptions,
} from 'class-validator';
import { type BrokenRule, type CorsConfigIssue, issueOf } from '../refusal/cors-config-error.js';
import { optionPath } from '../refusal/print-value.js';

const A_BOOLEAN = { rule: 'to be a boolean', remedy: 'Write `true` or `false`, without quotes.' };
const A_MAX_AGE = {
  rule: 'to be an integer from 0 to 86400',
  remedy:
    'It is in seconds; `0` means that browsers remember nothing. From an environment variable: `Number(value)`.',
};
const A_LIST = "to be a list, or `'*'`";

/**
 * The shapes of a policy's options; the grammar of origins, methods and header names is ours.
 *
 * Instances are made by hand and their fields assigned: class-transformer must never touch them,
 * since it turns every RegExp into `/(?:)/`, which allows every origin.
 */
export class PolicyShape {
  @IsArray(unlessString(isListRule('methods-wrong-type', "`['GET', 'PUT']`")))
  @Equals('*', ifString(isListRule('methods-string', "`['GET', 'PUT']`")))
  methods: unknown;

  @IsArray(unlessString(isListRule('allowed-headers-wrong-type', "`['content-type']`")))
  @Equals('*', ifString(isListRule('allowed-headers-string', "`['content-type', 'x-request-id']`")))
  allowedHeaders: unknown;

  @IsArray(unlessString(isListRule('exposed-headers-wrong-type', "`['etag']`")))
  @Equals('*', ifString(isListRule('exposed-headers-string', "`['etag', 'x-total-count']`")))
  exposedHeaders: unknown;

  @IsBoolean(broken({ reason: 'credentials-wrong-type', ...A_BOOLEAN }))
  credentials: unknown;

  @IsInt(broken({ reason: 'max-age-not-integer', ...A_MAX_AGE }))
  @Min(0, ifInteger({ reason: 'max-age-out-of-range', ...A_MAX_AGE }))
  @Max(86_400, ifInteger({ reason: 'max-age-out-of-range', ...A_MAX_AGE }))
  maxAge: unknown;

  @IsBoolean(
    broken({
      reason: 'timing-allow-origin-wrong-type',
      rule: 'to be a boolean',
      remedy: 'It follows `origin` and takes no list of its own.',
    }),
  )
  timingAllowOrigin: unknown;
}

function isListRule(reason: BrokenRule['reason'], example: string): BrokenRule {
  return { reason, rule: A_LIST, remedy: `Write a list, such as ${example}.` };
}

/** The rule travels as the context of the constraint, to come back with its violation. */
function broken(context: BrokenRule): ValidationOptions {
  return { context };
}

function ifString(context: BrokenRule): ValidationOptions {
  return { context, validateIf: (_, value) => typeof value === 'string' };
}

function unlessString(context: BrokenRule): ValidationOptions {
  return { context, validateIf: (_, value) => typeof value !== 'string' };
}

function ifInteger(context: BrokenRule): ValidationOptions {
  return { context, validateIf: (_, value) => Number.isInteger(value) };
}

const DIAGNOSTICS: BrokenRule = {
  reason: 'switch-wrong-type',
  rule: 'to be a boolean',
  remedy: 'Write `true` or `false`, or leave it out to follow `NODE_ENV`.',
};

const REJECT_DISALLOWED: BrokenRule = {
  reason: 'switch-wrong-type',
  rule: 'to be a boolean',
  remedy: 'Write `true` or leave it out; a route that takes any origin says so with `@Cors()`.',
};

/** The shapes of what is on or off for the application; made by hand as `PolicyShape` is. */
export class SwitchesShape {
  @IsBoolean({ context: DIAGNOSTICS })
  diagnostics: unknown;

  @IsBoolean({ context: REJECT_DISALLOWED })
  rejectDisallowed: unknown;

  @IsBoolean(aBoolean())
  dangerouslyAllowInsecureOrigins: unknown;

  @IsBoolean(aBoolean())
  dangerouslyAllowPublicSuffixes: unknown;
}

function aBoolean(): ValidationOptions {
  const context: BrokenRule = {
    reason: 'switch-wrong-type',
    rule: 'to be a boolean',
    remedy: 'Write `true` or leave it out; it takes no list of exceptions.',
  };
  return { context };
}

/** Checks the fields of a shape with class-validator. A field that is undefined is not written. */
export function checkShape(source: string, shape: object): CorsConfigIssue[] {
  return validateSync(shape, { skipUndefinedProperties: true }).flatMap((error) => {
    const { property, contexts } = error;
    const value: unknown = error.value;
    const rules: Readonly<Record<string, BrokenRule>> = contexts ?? {};
    return Object.values(rules).map((rule) =>
      issueOf(optionPath(source, property), property, value, rule),
    );
  });
}

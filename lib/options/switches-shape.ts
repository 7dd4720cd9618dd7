import { IsBoolean, type ValidationOptions } from 'class-validator';
import type { BrokenRule } from './issue.js';

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

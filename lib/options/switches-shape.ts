import { IsBoolean, type ValidationOptions } from 'class-validator';
import type { BrokenRule } from './issue.js';

/** The shapes of the `dangerously…` switches; made by hand as `PolicyShape` is. */
export class SwitchesShape {
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

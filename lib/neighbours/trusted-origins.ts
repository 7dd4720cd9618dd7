import { type Declared, optionsOf } from '../options/declared-options.js';

/**
 * Refuses a policy that allows any origin, for what is protected by origins alone.
 *
 * @param name for the message
 * @param what depends on it: `trusting every origin disables the protection`
 * @throws TypeError for a policy that allows any origin
 */
export function refuseAnyOrigin(declared: Declared, name: string, what: string): void {
  const written = optionsOf(declared)?.origin?.value;
  if (![written].flat().includes('*')) return;
  throw new TypeError(
    `Expected a policy with a list of origins, got \`origin: '*'\` of ${name}: ${what}. Name another policy.`,
  );
}

/**
 * The exact origins of an effective policy. Patterns, RegExps, functions and classes name none.
 *
 * @param name for the message
 * @throws TypeError for a policy that allows any origin
 */
export function exactOrigins(declared: Declared, name: string): string[] {
  const written = optionsOf(declared)?.origin?.value;
  const origins = [written].flat().filter((origin) => typeof origin === 'string');
  refuseAnyOrigin(declared, name, 'trusting every origin disables the protection');
  return origins.filter((origin) => !origin.includes('*'));
}

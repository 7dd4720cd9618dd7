import type { DeclaredOptions } from '../options/declared-options.js';

/**
 * The exact origins of an effective policy. Patterns, RegExps, functions and classes name none.
 *
 * @param name for the message
 * @throws TypeError for a policy that allows any origin
 */
export function exactOrigins(declared: DeclaredOptions | false, name: string): string[] {
  const written = declared ? declared.origin?.value : undefined;
  const origins = [written].flat().filter((origin) => typeof origin === 'string');
  if (origins.includes('*')) {
    throw new TypeError(
      `Expected a policy with a list of origins, got \`origin: '*'\` of ${name}: trusting every origin disables the protection. Name another policy.`,
    );
  }
  return origins.filter((origin) => !origin.includes('*'));
}

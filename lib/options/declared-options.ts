import type { OptionValue, PolicyOption } from './cors-policy-options.js';
import { POLICY_OPTIONS } from './policy-option-table.js';
import { mapKeys } from './table.js';

/** An option's value, with where it is declared. */
export interface DeclaredOption<T> {
  /** Undefined when the raw value is not valid: it hides the outer value all the same. */
  readonly value: T | undefined;
  readonly raw: unknown;
  /** `forRoot()`, `forRoot().policies.public`, `@Cors() on OrdersController.update`. */
  readonly declaredAt: string;
  /** How near to the handler: 0 for `forRoot()`, and so on up to the method. */
  readonly precedence: number;
}

/**
 * Options of a policy, each valid by itself: those declared at one place, or those of several places
 * merged. Undefined where the option is not set.
 */
export type DeclaredOptions = {
  readonly [K in PolicyOption]: DeclaredOption<OptionValue<K>> | undefined;
};

/**
 * Where no policy applies: `false` switches CORS off; `'pass-through'` leaves it to whatever responds,
 * preflights included.
 */
type NoPolicy = false | 'pass-through';

/** The options of an effective policy, or that there is none. */
export type Declared = DeclaredOptions | NoPolicy;

/** The options, where there is a policy. */
export function optionsOf(declared: Declared | undefined): DeclaredOptions | undefined {
  return typeof declared === 'object' ? declared : undefined;
}

/** Builds the options of a policy one by one. */
export function declareOptions(
  declare: <K extends PolicyOption>(option: K) => DeclaredOption<OptionValue<K>> | undefined,
): DeclaredOptions {
  return mapKeys<DeclaredOptions>(POLICY_OPTIONS, declare);
}

/** Lays options over outer ones: an inner option replaces the outer one, a list as a whole. */
export function overlayOptions(outer: DeclaredOptions, inner: DeclaredOptions): DeclaredOptions {
  return declareOptions((option) => inner[option] ?? outer[option]);
}

/** Where `origin: false` is written, if it switches CORS off under an effective policy. */
export function originFalseAt(declared: Declared | undefined): string | undefined {
  const origin = optionsOf(declared)?.origin;
  return origin?.value === false ? origin.declaredAt : undefined;
}

/** The options of an effective policy; `false` where there is none, or `origin: false` switches it off. */
export function enabledOptions(declared: Declared | undefined): DeclaredOptions | false {
  return originFalseAt(declared) === undefined && (optionsOf(declared) ?? false);
}

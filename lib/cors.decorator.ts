import { type CustomDecorator, SetMetadata } from '@nestjs/common';
import { CORS_OVERRIDE } from './cors.constants.js';
import type { CorsOverride, CorsPolicyName } from './options/cors-options.js';

/**
 * Changes the CORS policy of a controller or a route.
 *
 * - `@Cors({ maxAge: 60 })` replaces these options, and keeps the others of the outer level
 *   (global, then class, then method).
 * - `@Cors('public')` takes the options of a named policy.
 * - `@Cors(false)` switches CORS off: no headers, and preflights are refused.
 * - `@Cors({ passThrough: true })` leaves CORS to the handler, preflights included.
 * - `@Cors()` keeps the outer policy; inside a class with `@Cors(false)` it starts again from the
 *   global policy.
 *
 * It sets metadata and adds no dependency: a controller that carries it compiles alone in a unit
 * test, without `CorsModule`.
 *
 * @throws CorsConfigError at boot, with the class and method named, when the effective policy is
 * refused.
 * @example permitted
 * @Cors({ origin: 'https://shop.example.com' })
 * @example prohibited: credentials come from the global policy, and `*` cannot be combined with them
 * @Cors({ origin: '*' }) // with forRoot({ origin: 'https://app.example.com', credentials: true })
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function Cors(override?: CorsOverride | CorsPolicyName | false): CustomDecorator<symbol>;
export function Cors(
  ...written: [(CorsOverride | CorsPolicyName | false)?]
): CustomDecorator<symbol> {
  // An explicit `undefined` is kept: it is a forgotten value, which is named and refused at startup.
  return SetMetadata(CORS_OVERRIDE, { written: written.length === 0 ? {} : written[0] });
}

import type { CustomDecorator } from '@nestjs/common';
import { CORS_OVERRIDE } from './cors.constants.js';
import type { CorsOverride, CorsPolicyName } from './options/cors-options.js';
import { printValue } from './options/refusal/print-value.js';
import { isPlainObject } from './options/read/snapshot.js';
import { addMember, addOverride } from './routing/override-metadata.js';

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
 * refused, and where a class or method has two of them.
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
  if (written.length > 1) throw withoutParentheses();
  // An explicit `undefined` is kept: it is a forgotten value, which is named and refused at startup.
  const override = { written: written.length === 0 ? {} : written[0] };
  const decorate = <T>(
    target: object,
    member?: string | symbol,
    method?: TypedPropertyDescriptor<T> | number,
  ) => {
    if (typeof method === 'number') throw onParameter(target, member);
    if (member === undefined) {
      addOverride(target, override);
      return target;
    }
    addOverride(methodOf(target, member, method), override);
    addMember(target, member, override);
    return method;
  };
  return Object.assign(decorate as MethodDecorator & ClassDecorator, { KEY: CORS_OVERRIDE });
}

function methodOf<T>(
  target: object,
  member: string | symbol,
  method: TypedPropertyDescriptor<T> | undefined,
): object {
  if (typeof method?.value === 'function') return method.value;
  const name = `${target.constructor.name}.${String(member)}`;
  throw new TypeError(
    `Expected \`@Cors()\` on a class or a method, got the property \`${name}\`. No route is served by it: move it to the method or the class.`,
  );
}

function onParameter(target: object, method: string | symbol | undefined): TypeError {
  const place =
    method === undefined
      ? `the constructor of \`${(target as Function).name}\``
      : `\`${target.constructor.name}.${String(method)}\``;
  return new TypeError(
    `Expected \`@Cors()\` on a class or a method, got a parameter of ${place}. A policy is that of a whole route: move it to the method or the class.`,
  );
}

/** `@Cors list() {}`: TypeScript refuses it, and in JavaScript it would have no effect. */
function withoutParentheses(): TypeError {
  return new TypeError(
    'Expected `@Cors()` with parentheses, got `@Cors` itself on a method. Write `@Cors()` for the global policy, or `@Cors({ … })`.',
  );
}

/** `@Cors('public')`, `@Cors({ origin, maxAge })`: what a class or method has, as source code. */
export function printOverride(written: unknown): string {
  if (!isPlainObject(written)) return `@Cors(${printValue(written)})`;
  const names = Object.keys(written);
  return names.length === 0 ? '@Cors()' : `@Cors({ ${names.join(', ')} })`;
}

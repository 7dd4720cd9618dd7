import type { CustomDecorator } from '@nestjs/common';
import { CORS_MEMBERS, CORS_OVERRIDE } from './cors.constants.js';
import type { CorsOverride, CorsPolicyName } from './options/cors-options.js';
import { printValue } from './options/refusal/print-value.js';
import { isPlainObject } from './options/read/snapshot.js';

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

/** What `@Cors()` on a class or method was given, as metadata. */
interface WrittenOverride {
  readonly written: unknown;
  /** By other `@Cors()` on the same target, those nearest to it first: refused at startup. */
  readonly earlier?: readonly unknown[];
}

/** `SetMetadata` would overwrite. A class that inherits an override replaces it, and has one. */
function addOverride(target: object, override: WrittenOverride): void {
  const own: unknown = Reflect.getOwnMetadata(CORS_OVERRIDE, target);
  Reflect.defineMetadata(
    CORS_OVERRIDE,
    above(own as WrittenOverride | undefined, override),
    target,
  );
}

function addMember(prototype: object, member: string | symbol, override: WrittenOverride): void {
  const own = membersOf(prototype);
  const members = new Map(own).set(member, above(own?.get(member), override));
  Reflect.defineMetadata(CORS_MEMBERS, members, prototype);
}

/** What the methods of a prototype were given, where any was. */
type Members = ReadonlyMap<string | symbol, WrittenOverride> | undefined;

function membersOf(prototype: object): Members {
  return Reflect.getOwnMetadata(CORS_MEMBERS, prototype) as Members;
}

/** Decorators are applied from the bottom up. */
function above(
  earlier: WrittenOverride | undefined,
  { written }: WrittenOverride,
): WrittenOverride {
  return { written, earlier: earlier === undefined ? [] : overridesIn(earlier) };
}

function overridesIn({ written, earlier = [] }: WrittenOverride): readonly unknown[] {
  return [...earlier, written];
}

function overrideOf(target: object): WrittenOverride | undefined {
  const metadata: unknown = Reflect.getMetadata(CORS_OVERRIDE, target);
  return metadata as WrittenOverride | undefined;
}

/**
 * What `@Cors(…)` on a class was given, if there is one. A decorator may have put another function in
 * the place of the class, with its prototype: then the class still stands there.
 */
export function readClassOverride(controller: Function): WrittenOverride | undefined {
  const override = overrideOf(controller);
  const written: unknown = (controller.prototype as { readonly constructor?: unknown }).constructor;
  if (written === controller || typeof written !== 'function') return override;
  const replaced = overrideOf(written);
  if (override === undefined || replaced === undefined) return override ?? replaced;
  return { ...override, earlier: [...overridesIn(replaced), ...(override.earlier ?? [])] };
}

/**
 * The same of a method. What a decorator has put in its place need not have its metadata, so that
 * `@Cors(false)` below such a decorator would be lost: the prototype has it, too.
 *
 * @param method what the class has under that name
 * @param known what has been read of prototypes: metadata takes longer to read than all else
 */
export function readMethodOverride(
  controller: Function,
  name: string,
  method: object,
  known: Map<object, Members>,
): WrittenOverride | undefined {
  let owner: object | null = controller.prototype as object;
  while (owner !== null && !Object.hasOwn(owner, name)) owner = Reflect.getPrototypeOf(owner);
  if (owner === null) return overrideOf(method);
  if (!known.has(owner)) known.set(owner, membersOf(owner));
  return known.get(owner)?.get(name) ?? overrideOf(method);
}

/** `@Cors('public')`, `@Cors({ origin, maxAge })`: what a class or method has, as source code. */
export function printOverride(written: unknown): string {
  if (!isPlainObject(written)) return `@Cors(${printValue(written)})`;
  const names = Object.keys(written);
  return names.length === 0 ? '@Cors()' : `@Cors({ ${names.join(', ')} })`;
}

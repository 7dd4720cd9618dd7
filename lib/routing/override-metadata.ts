import { CORS_MEMBERS, CORS_OVERRIDE } from '../cors.constants.js';

/** What `@Cors()` on a class or method was given, as metadata. */
export interface WrittenOverride {
  readonly written: unknown;
  /** By other `@Cors()` on the same target, those nearest to it first: refused at startup. */
  readonly earlier?: readonly unknown[];
}

/** `SetMetadata` would overwrite. A class that inherits an override replaces it, and has one. */
export function addOverride(target: object, override: WrittenOverride): void {
  const own: unknown = Reflect.getOwnMetadata(CORS_OVERRIDE, target);
  Reflect.defineMetadata(
    CORS_OVERRIDE,
    above(own as WrittenOverride | undefined, override),
    target,
  );
}

/** What a method has, once more under its name: see `CORS_MEMBERS`. */
export function addMember(
  prototype: object,
  member: string | symbol,
  override: WrittenOverride,
): void {
  const own = membersOf(prototype);
  const members = new Map(own).set(member, above(own?.get(member), override));
  Reflect.defineMetadata(CORS_MEMBERS, members, prototype);
}

/** What has been read of prototypes: metadata takes longer to read than all else. */
export type KnownMembers = Map<object, Members>;

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
  return { written, earlier: allWritten(earlier) };
}

/** What all `@Cors()` on a target were given, those nearest to it first. */
export function allWritten(override: WrittenOverride | undefined): readonly unknown[] {
  return override === undefined ? [] : [...(override.earlier ?? []), override.written];
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
  return { ...override, earlier: [...allWritten(replaced), ...(override.earlier ?? [])] };
}

/** The same of a method, which may be written further up. */
export function readMethodOverride(
  controller: Function,
  name: string,
  known: KnownMembers = new Map(),
): WrittenOverride | undefined {
  let owner: object | null = controller.prototype as object;
  while (owner !== null && !Object.hasOwn(owner, name)) owner = Reflect.getPrototypeOf(owner);
  return owner === null ? undefined : ownMethodOverride(owner, name, known);
}

/**
 * The same of a prototype's own method. What a decorator has put in its place need not have its
 * metadata, so that `@Cors(false)` below such a decorator would be lost: the prototype has it, too.
 */
export function ownMethodOverride(
  prototype: object,
  name: string,
  known: KnownMembers = new Map(),
): WrittenOverride | undefined {
  if (!known.has(prototype)) known.set(prototype, membersOf(prototype));
  const member = known.get(prototype)?.get(name);
  if (member !== undefined) return member;
  // A getter is not called.
  const method: unknown = Reflect.getOwnPropertyDescriptor(prototype, name)?.value;
  return typeof method === 'function' ? overrideOf(method) : undefined;
}

import { types } from 'node:util';

/** An object as a user wrote it, copied: its own properties, each read once. */
export type Written = Readonly<Record<string, unknown>>;

/**
 * Whether a value is a plain object: written with braces, or parsed. Anything else may hold options
 * that are not its own properties (inherited, getters of a class, entries of a `Map`), or give another
 * answer each time it is read (a `Proxy`): a policy would be wider than it looks.
 */
export function isPlainObject(value: unknown): value is Written {
  if (typeof value !== 'object' || value === null) return false;
  // First of all: a revoked one throws whatever it is asked.
  if (types.isProxy(value) || Array.isArray(value)) return false;
  const prototype = Reflect.getPrototypeOf(value);
  return prototype === null || isObjectPrototype(prototype);
}

/** That of any realm: `structuredClone()` and test runners make objects of another one. */
function isObjectPrototype(prototype: object): boolean {
  return (
    !types.isProxy(prototype) &&
    Reflect.getPrototypeOf(prototype) === null &&
    Object.hasOwn(prototype, 'isPrototypeOf')
  );
}

/** Whether a value may give another answer each time it is read, or throw. */
export function isProxy(value: unknown): boolean {
  return types.isProxy(value);
}

/** Whether what a function returns is a generator, asynchronous perhaps. */
export function isGeneratorFunction(value: unknown): boolean {
  return types.isGeneratorFunction(value);
}

/** Whether a value is a list that reads as it looks: not a `Proxy`, and not of a class of its own. */
export function isPlainList(value: unknown): value is readonly unknown[] {
  if (types.isProxy(value) || !Array.isArray(value)) return false;
  // `Array.prototype` of any realm is itself an array; that of a subclass is not.
  const prototype = Reflect.getPrototypeOf(value);
  return !types.isProxy(prototype) && Array.isArray(prototype);
}

/** Whether a RegExp is one by its pattern and flags alone: no subclass, nothing overridden. */
export function isPlainRegExp(value: unknown): value is RegExp {
  if (!types.isRegExp(value)) return false;
  return Object.getPrototypeOf(value) === RegExp.prototype && Reflect.ownKeys(value).length === 1;
}

/** Options, `policies`, a policy, its `reportOnly`, a list: nothing that is valid is nested deeper. */
const MAX_DEPTH = 5;

/**
 * Copies what users wrote, so that a configuration stays as it was at boot. Everything is read once:
 * getters, members of lists, RegExps. What is not plain stays as it is, for its check to refuse.
 *
 * A value that is written in several places, such as a list of origins in a constant, is one copy:
 * policies know by identity that they share it.
 */
export class Snapshot {
  private readonly copies = new Map<object, unknown>();

  of(value: unknown, depth = 0): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const known = this.copies.get(value);
    if (known !== undefined) return known;
    const copy = this.copy(value, depth);
    this.copies.set(value, copy);
    return copy;
  }

  private copy(value: object, depth: number): unknown {
    if (isPlainRegExp(value)) return new RegExp(value);
    if (depth === MAX_DEPTH) return value;
    if (isPlainList(value)) {
      const members: unknown[] = [];
      // By index: holes become `undefined`, and nobody's iterator is asked.
      for (let index = 0; index < value.length; index += 1) {
        members.push(this.of(value[index], depth + 1));
      }
      return Object.freeze(members);
    }
    if (!isPlainObject(value)) return value;
    const entries = keysOf(value).map((key): [string, unknown] => [
      String(key),
      this.of(Reflect.get(value, key), depth + 1),
    ]);
    return Object.freeze(Object.fromEntries(entries));
  }
}

/**
 * Whatever is its own, enumerable or not: an option that is written is read, or refused by name.
 * Only the mark of a compiled module, and the tag of a namespace object, are nobody's options.
 */
function keysOf(value: object): (string | symbol)[] {
  return Reflect.ownKeys(value).filter((key) =>
    typeof key === 'string'
      ? key !== '__esModule'
      : Object.prototype.propertyIsEnumerable.call(value, key),
  );
}

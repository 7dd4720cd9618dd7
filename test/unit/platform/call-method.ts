/** Calls a method that types do not show: by a computed name, or a private one. */
export function callMethod(target: object, name: string, ...args: readonly unknown[]): unknown {
  const method: unknown = Reflect.get(target, name);
  if (typeof method !== 'function') throw new TypeError(`Expected a method, \`${name}\``);
  return Reflect.apply(method, target, args);
}

/** The keys of a table with one row per key, in the order in which they are written. */
export function keysOf<T extends object>(table: T): readonly (keyof T & string)[] {
  const isKey = (key: string): key is keyof T & string => Object.hasOwn(table, key);
  return Object.keys(table).filter(isKey);
}

/**
 * Builds an object with a member for each key of a table. TypeScript cannot follow a key through a
 * loop: whoever calls this gives `memberFor` a type that does.
 */
export function mapKeys<T extends object>(
  keys: readonly (keyof T & string)[],
  memberFor: (key: keyof T & string) => unknown,
): T {
  const built: Record<string, unknown> = {};
  for (const key of keys) built[key] = memberFor(key);
  // The one place where a loop over a table loses its types.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return built as T;
}

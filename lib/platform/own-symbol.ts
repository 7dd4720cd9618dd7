/** What an object keeps behind a symbol that is known by its description only. */
export function ownSymbol(target: object, description: string): unknown {
  const symbol = Object.getOwnPropertySymbols(target).find(
    (each) => each.description === description,
  );
  return symbol === undefined ? undefined : (target as Record<symbol, unknown>)[symbol];
}

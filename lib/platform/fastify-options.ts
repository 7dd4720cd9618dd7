/** The options of a Fastify instance, which only a symbol leads to. */
export function fastifyOptions(instance: object): Record<string, unknown> | undefined {
  const symbol = Object.getOwnPropertySymbols(instance).find(
    ({ description }) => description === 'fastify.options',
  );
  return symbol === undefined
    ? undefined
    : (instance as Record<symbol, Record<string, unknown> | undefined>)[symbol];
}

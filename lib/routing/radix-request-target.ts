/**
 * Whether Nest lets Fastify's router serve a request target: a path, or an absolute-form target of
 * `http` or `https` whose path the router reads alike. find-my-way would take any other (`*users`)
 * for a path, by skipping its first character; Nest's adapter answers 404.
 *
 * @see https://github.com/nestjs/nest/blob/master/packages/platform-fastify/adapters/fastify-adapter.ts
 * (`isRoutableRequestTarget`)
 */
export function isRoutableTarget(target: string): boolean {
  if (target.startsWith('/')) return true;
  const schemeEnd = target.indexOf('://');
  if (schemeEnd === -1) return false;
  const scheme = target.slice(0, schemeEnd).toLowerCase();
  if (scheme !== 'http' && scheme !== 'https') return false;
  // A query ends the authority: a later slash does not begin a path.
  const path = target.indexOf('/', schemeEnd + 3);
  const query = target.indexOf('?', schemeEnd + 3);
  return query === -1 || path === -1 || path < query;
}

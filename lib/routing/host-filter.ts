import { pathToRegexp } from 'path-to-regexp';

/**
 * Whether a controller bound to hosts serves a host name, as Nest's own host filter reads it.
 *
 * @see https://github.com/nestjs/nest/blob/master/packages/core/router/router-explorer.ts
 */
export function hostFilter(
  host: string | RegExp | readonly (string | RegExp)[],
): (hostname: string) => boolean {
  const patterns = (typeof host === 'string' || host instanceof RegExp ? [host] : host).map(
    (pattern) => (typeof pattern === 'string' ? pathToRegexp(pattern).regexp : pattern),
  );
  // `match`, as Nest has it: unlike `test` it keeps no state in a RegExp of the user's.
  return (hostname) => patterns.some((pattern) => hostname.match(pattern) !== null);
}

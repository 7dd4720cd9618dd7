import { pathToRegexp } from 'path-to-regexp';

/** What a controller may be bound to: names, patterns such as `:tenant.example.com`, RegExps. */
export type HostPatterns = string | RegExp | readonly (string | RegExp)[];

/**
 * Compiles the hosts of a controller as Nest does.
 *
 * A file of its own, to be loaded by `import()`: that of a CommonJS package itself has its exports
 * on `default` alone where some bundlers split code.
 */
export function compileHosts(host: HostPatterns): readonly RegExp[] {
  const list = typeof host === 'string' || host instanceof RegExp ? [host] : host;
  return list.map((pattern) =>
    typeof pattern === 'string' ? pathToRegexp(pattern).regexp : pattern,
  );
}

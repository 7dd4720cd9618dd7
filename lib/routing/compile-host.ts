import { pathToRegexp } from 'path-to-regexp';

/**
 * Compiles a host pattern as Nest does: `:tenant.example.com`.
 *
 * A file of its own, to be loaded by `import()`: that of a CommonJS package itself has its exports
 * on `default` alone where some bundlers split code.
 */
export function compileHost(pattern: string): RegExp {
  return pathToRegexp(pattern).regexp;
}

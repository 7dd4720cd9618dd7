/**
 * The metadata keys under which Nest's decorators keep what the route mirror reads. Nest exports
 * them from other modules in 11 (`@nestjs/common/constants`) than in 12 (`@nestjs/common/internal`),
 * with the same values.
 */
export const NEST_METADATA = {
  path: 'path',
  method: 'method',
  host: 'host',
  version: '__version__',
  modulePath: '__module_path__',
  injectable: '__injectable__',
} as const;

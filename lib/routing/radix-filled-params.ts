import type { PathParams } from './path-table.js';

/**
 * Whether no parameter but the wildcard is empty. find-my-way takes an empty segment for a parameter
 * (`/users//profile`); newer Fastify adapters of Nest answer 404 to such a request.
 *
 * @see https://github.com/nestjs/nest/blob/master/packages/platform-fastify/adapters/fastify-adapter.ts
 * (`requireNonEmptyParams`)
 */
export function hasFilledParams(params: PathParams): boolean {
  for (const name in params) {
    if (params[name] === '' && name !== '*') return false;
  }
  return true;
}

import { send, type Answer } from '../../../test/support/send.js';
import { ADMIN_TOKEN } from './start-instance.js';

export const ACME_PAGE = 'https://app.acme.example';
export const GLOBEX_PAGE = 'https://app.globex.example';

const hostOf = (tenant: string) => ({ host: `${tenant}.localhost:3000` });

/** What an instance sends to a page that requests a tenant's orders: to the preflight, and to the GET. */
export async function ask(port: number, tenant: string, origin: string): Promise<unknown[]> {
  const before = await send(port, 'OPTIONS', '/orders', {
    ...hostOf(tenant),
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type',
  });
  const answer = await send(port, 'GET', '/orders', { ...hostOf(tenant), origin });
  return [before.status, before.cors, answer.status, answer.cors];
}

const named = (origin: string) => ({
  'access-control-allow-origin': origin,
  'access-control-allow-credentials': 'true',
  vary: 'Origin',
});

/** What `ask()` finds where the tenant allows the origin. */
export const allowed = (origin: string) => [
  204,
  {
    ...named(origin),
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'content-type',
    'access-control-max-age': '600',
  },
  200,
  named(origin),
];

/** What `ask()` finds where the tenant does not. */
export const refused = (status = 200) => [403, { vary: 'Origin' }, status, { vary: 'Origin' }];

/** Calls the admin endpoint, as a program does: without an `Origin`. */
export function administer(
  port: number,
  method: 'GET' | 'PUT' | 'DELETE',
  tenant: string,
  origins?: unknown,
): Promise<Answer> {
  return send(
    port,
    method,
    `/admin/tenants/${tenant}/origins`,
    {
      authorization: `Bearer ${ADMIN_TOKEN}`,
      ...(method === 'PUT' && { 'content-type': 'application/json' }),
    },
    method === 'PUT' ? JSON.stringify({ origins }) : undefined,
  );
}

import type { LiveRow } from '../live-row.js';
import { put } from './calls.js';

/** Redirects of the API, to itself and to another one, which then meets the origin `null`. */
export function redirectRows(): readonly LiveRow[] {
  return [
    {
      title: 'Redirect to a route that allows the page',
      calls: [{ path: '/moved?to=/orders', sees: 200 }],
      sent: ['GET /moved', 'GET /orders'],
    },
    {
      title: 'Redirect to a route that does not',
      calls: [{ path: '/moved?to=/hook', sees: 'blocked' }],
      sent: ['GET /moved', 'GET /hook'],
    },
    {
      title: 'Redirect of a PUT: both preflighted',
      calls: [put('/moved?to=/orders/1', { sees: 200, gets: 'updated' })],
      sent: ['OPTIONS /moved', 'PUT /moved', 'OPTIONS /orders/1', 'PUT /orders/1'],
    },
    {
      title: 'Redirect of a refused origin: not followed',
      from: 'stranger',
      calls: [{ path: '/moved?to=/feed', sees: 'blocked' }],
      sent: ['GET /moved'],
    },
    {
      title: 'Redirect to another API that allows any origin',
      calls: [{ path: '/moved?to={elsewhere}/feed', sees: 200 }],
      sent: ['GET /moved', 'GET elsewhere/feed from null'],
    },
    {
      title: 'Redirect to another API that allows the page, but not `null`',
      calls: [{ path: '/moved?to={elsewhere}/orders', sees: 'blocked' }],
      sent: ['GET /moved', 'GET elsewhere/orders from null'],
    },
  ];
}

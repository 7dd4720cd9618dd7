import type { LiveRow } from '../live-row.js';
import { put } from './calls.js';

/** What browsers remember. */
export function cacheRows(): readonly LiveRow[] {
  return [
    {
      title: 'Two PUTs within `maxAge`: one preflight',
      calls: [put('/orders/1', { sees: 200 }), put('/orders/1', { sees: 200 })],
      sent: ['OPTIONS /orders/1', 'PUT /orders/1', 'PUT /orders/1'],
    },
    {
      title: 'Two PUTs with `maxAge: 0`: two preflights',
      calls: [put('/orders/1/uncached', { sees: 200 }), put('/orders/1/uncached', { sees: 200 })],
      sent: [
        'OPTIONS /orders/1/uncached',
        'PUT /orders/1/uncached',
        'OPTIONS /orders/1/uncached',
        'PUT /orders/1/uncached',
      ],
    },
    {
      title: 'Another header: a new preflight',
      calls: [
        put('/orders/1', { sees: 200 }),
        put('/orders/1', { headers: { 'x-request-id': '7' }, sees: 200 }),
      ],
      sent: ['OPTIONS /orders/1', 'PUT /orders/1', 'OPTIONS /orders/1', 'PUT /orders/1'],
    },
    {
      title: 'Cached without CORS, then read with CORS: `Vary: Origin` fetches it again',
      calls: [
        { path: '/files/cached', mode: 'no-cors', sees: 'opaque' },
        { path: '/files/cached', sees: 200, gets: 'cached' },
      ],
      sent: ['GET /files/cached', 'GET /files/cached'],
    },
    {
      title: 'The same under `*`: every response names `*`, including cached ones',
      calls: [
        { path: '/feed/cached', mode: 'no-cors', sees: 'opaque' },
        { path: '/feed/cached', sees: 200, gets: 'cached' },
      ],
      sent: ['GET /feed/cached'],
      restFromCache: true,
    },
  ];
}

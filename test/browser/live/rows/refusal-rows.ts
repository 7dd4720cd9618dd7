import type { LiveRow } from '../live-row.js';
import { post, put } from './calls.js';

/** What policies refuse. */
export function refusalRows(): readonly LiveRow[] {
  return [
    {
      title: 'Refused origin: GET served, but not readable',
      from: 'stranger',
      calls: [{ path: '/orders', sees: 'blocked' }],
      sent: ['GET /orders'],
    },
    {
      title: 'Refused origin: PUT not sent',
      from: 'stranger',
      calls: [put('/orders/1', { sees: 'blocked' })],
      sent: ['OPTIONS /orders/1'],
    },
    {
      title: 'Refused origin: error not readable',
      from: 'stranger',
      calls: [{ path: '/failures/500', sees: 'blocked' }],
      sent: ['GET /failures/500'],
    },
    {
      title: 'Refused origin: image with crossorigin not shown',
      from: 'stranger',
      calls: [{ by: 'image', path: '/files/logo.svg', sees: 'blocked' }],
      sent: ['GET /files/logo.svg'],
    },
    {
      title: 'Any origin may read the feed',
      from: 'stranger',
      calls: [{ path: '/feed', sees: 200 }],
      sent: ['GET /feed'],
    },
    {
      title: 'Any origin may clear the feed, with any header',
      from: 'stranger',
      calls: [{ method: 'DELETE', path: '/feed', headers: { 'x-anything': '1' }, sees: 200 }],
      sent: ['OPTIONS /feed', 'DELETE /feed'],
    },
    {
      title: "`origin: 'http://localhost:*'` allows it",
      from: 'stranger',
      calls: [put('/tools', { credentials: true, sees: 200 })],
      sent: ['OPTIONS /tools', 'PUT /tools + cookie'],
    },
    {
      title: '`@Cors({ origin })` for another origin',
      calls: [{ path: '/partner', sees: 'blocked' }],
      sent: ['GET /partner'],
    },
    {
      title: 'Refused method: not sent',
      calls: [{ method: 'DELETE', path: '/orders', sees: 'blocked' }],
      sent: ['OPTIONS /orders'],
    },
    {
      title: 'Refused header: not sent',
      calls: [put('/orders/1/note', { headers: { 'x-debug': '1' }, sees: 'blocked' })],
      sent: ['OPTIONS /orders/1/note'],
    },
    {
      title: 'Without the refused header: sent',
      calls: [put('/orders/1/note', { sees: 200 })],
      sent: ['OPTIONS /orders/1/note', 'PUT /orders/1/note'],
    },
    {
      title: '`@Cors(false)`: GET served, but not readable',
      calls: [{ path: '/hook', sees: 'blocked' }],
      sent: ['GET /hook'],
    },
    {
      title: '`@Cors(false)`: POST of JSON not sent',
      calls: [post('/hook', { sees: 'blocked' })],
      sent: ['OPTIONS /hook'],
    },
    {
      title: 'Sandboxed frame, origin `null`: refused',
      from: 'sandbox',
      calls: [{ path: '/orders', sees: 'blocked' }],
      sent: ['GET /orders from null'],
    },
    {
      title: 'Sandboxed frame, origin `null`: PUT not sent',
      from: 'sandbox',
      calls: [put('/orders/1', { sees: 'blocked' })],
      sent: ['OPTIONS /orders/1 from null'],
    },
    {
      title: 'Sandboxed frame, origin `null`: may read the feed',
      from: 'sandbox',
      calls: [{ path: '/feed', sees: 200 }],
      sent: ['GET /feed from null'],
    },
  ];
}

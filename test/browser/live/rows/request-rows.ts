import type { LiveRow } from '../live-row.js';
import { post, put } from './calls.js';

/** What an allowed page sends: safelisted requests, and those that need to be asked for. */
export function requestRows(): readonly LiveRow[] {
  return [
    {
      title: 'GET, safelisted',
      calls: [{ path: '/orders', sees: 200, gets: '["tea","coffee"]' }],
      sent: ['GET /orders'],
    },
    {
      title: 'HEAD, safelisted',
      calls: [{ method: 'HEAD', path: '/orders', sees: 200, reads: { 'x-total-count': '2' } }],
      sent: ['HEAD /orders'],
    },
    {
      title: 'POST of text, safelisted',
      calls: [
        {
          method: 'POST',
          path: '/orders',
          headers: { 'content-type': 'text/plain' },
          body: 'tea',
          sees: 201,
        },
      ],
      sent: ['POST /orders'],
    },
    {
      title: 'POST of JSON, preflighted',
      calls: [post('/orders', { sees: 201, gets: '{"item":"tea"}' })],
      sent: ['OPTIONS /orders', 'POST /orders'],
    },
    {
      title: 'PUT with a custom header, preflighted',
      calls: [put('/orders/1', { headers: { 'x-request-id': '7' }, sees: 200, gets: 'updated' })],
      sent: ['OPTIONS /orders/1', 'PUT /orders/1'],
    },
    {
      title: 'GET with Authorization, preflighted',
      calls: [{ path: '/orders', headers: { authorization: 'Bearer any' }, sees: 200 }],
      sent: ['OPTIONS /orders', 'GET /orders'],
    },
    {
      title: 'Upload with progress, preflighted',
      calls: [
        {
          by: 'upload',
          method: 'POST',
          path: '/orders',
          headers: { 'content-type': 'text/plain' },
          body: 'tea',
          sees: 201,
        },
      ],
      sent: ['OPTIONS /orders', 'POST /orders'],
    },
    {
      title: 'Image with crossorigin',
      calls: [{ by: 'image', path: '/files/logo.svg', sees: 'loads' }],
      sent: ['GET /files/logo.svg'],
    },
    {
      title: 'Module script',
      calls: [{ by: 'module-script', path: '/files/module.js', sees: 'loads' }],
      sent: ['GET /files/module.js'],
    },
    {
      title: "GET and PUT from the API's own page: no CORS",
      from: 'api',
      calls: [{ path: '/orders', sees: 200 }, put('/orders/1', { sees: 200 })],
      sent: ['GET /orders', 'PUT /orders/1'],
    },
  ];
}

import type { PageCall } from './page-call.js';

const JSON_BODY = { 'content-type': 'application/json' };

/** What the page calls, of the routes of 01-quick-start. */
export const PAGE_CALLS: readonly PageCall[] = [
  {
    id: 'list',
    title: 'List the orders',
    method: 'GET',
    path: '/orders',
    headers: {},
    credentials: 'include',
    policy: '{ origin: CORS_ORIGINS, credentials: true }',
  },
  {
    id: 'update',
    title: 'Update an order',
    method: 'PUT',
    path: '/orders/1',
    headers: JSON_BODY,
    body: '{"item":"green tea"}',
    credentials: 'include',
    policy: "@Cors({ maxAge: 60, exposedHeaders: ['x-order-version'] })",
  },
  {
    id: 'feed',
    title: 'Read the feed',
    method: 'GET',
    path: '/orders/feed',
    headers: {},
    credentials: 'omit',
    policy: "@Cors({ origin: '*', credentials: false })",
  },
  {
    id: 'report',
    title: 'Read the report, signed out',
    method: 'GET',
    path: '/admin/report',
    headers: {},
    credentials: 'include',
    policy: "@Cors({ allowedHeaders: ['authorization'] })",
  },
  {
    id: 'hook',
    title: 'Call the hook',
    method: 'POST',
    path: '/orders/hook',
    headers: JSON_BODY,
    body: '{}',
    credentials: 'include',
    policy: '@Cors(false)',
  },
];

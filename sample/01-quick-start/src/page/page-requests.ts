import type { Expectation, PageRequest } from './page-request.js';

const JSON_BODY = { 'content-type': 'application/json' };

const allowed = (why: string): Expectation => ({ verdict: 'allowed', why });
const refused = (why: string): Expectation => ({ verdict: 'refused', why });

const NEVER_SENT = refused('The preflight response is 403, so the request itself is never sent.');

/** What the page calls: each route at least once. */
export const PAGE_REQUESTS: readonly PageRequest[] = [
  {
    id: 'list',
    title: 'List the orders',
    policy: '{ origin: CORS_ORIGINS, credentials: true }',
    policyOf: 'application',
    method: 'GET',
    path: '/orders',
    headers: {},
    credentials: 'include',
    fromAllowedOrigin: allowed('The response names this origin and allows credentials.'),
    fromAnotherOrigin: refused(
      'The API handles the request, but its response names no origin, so the browser hides it from the page.',
    ),
  },
  {
    id: 'create',
    title: 'Create an order',
    policy: '{ origin: CORS_ORIGINS, credentials: true }',
    policyOf: 'application',
    method: 'POST',
    path: '/orders',
    headers: JSON_BODY,
    body: '{"item":"cocoa"}',
    credentials: 'include',
    fromAllowedOrigin: allowed(
      'A JSON body makes the browser send a preflight first. Its response allows POST and content-type.',
    ),
    fromAnotherOrigin: NEVER_SENT,
  },
  {
    id: 'update',
    title: 'Update an order',
    policy: "@Cors({ maxAge: 60, exposedHeaders: ['x-order-version'] })",
    policyOf: 'route',
    method: 'PUT',
    path: '/orders/1',
    headers: JSON_BODY,
    body: '{"item":"green tea"}',
    credentials: 'include',
    fromAllowedOrigin: allowed(
      'The preflight response allows PUT, for 60 seconds. The page can read X-Order-Version.',
    ),
    fromAnotherOrigin: NEVER_SENT,
  },
  {
    id: 'feed',
    title: 'Read the feed',
    policy: "@Cors({ origin: '*', credentials: false })",
    policyOf: 'route',
    method: 'GET',
    path: '/orders/feed',
    headers: {},
    credentials: 'omit',
    fromAllowedOrigin: allowed('Any origin may read the feed.'),
    fromAnotherOrigin: allowed('Any origin may read the feed, including this one.'),
  },
  {
    id: 'feed-with-credentials',
    title: 'Read the feed with credentials',
    policy: "@Cors({ origin: '*', credentials: false })",
    policyOf: 'route',
    method: 'GET',
    path: '/orders/feed',
    headers: {},
    credentials: 'include',
    fromAllowedOrigin: refused('* does not cover requests with credentials, such as cookies.'),
    fromAnotherOrigin: refused('* does not cover requests with credentials, such as cookies.'),
  },
  {
    id: 'hook',
    title: 'Call the hook',
    policy: '@Cors(false)',
    policyOf: 'route',
    method: 'POST',
    path: '/orders/hook',
    headers: JSON_BODY,
    body: '{}',
    credentials: 'include',
    fromAllowedOrigin: refused(
      'The hook is for servers: the preflight response is 403, whatever the origin.',
    ),
    fromAnotherOrigin: refused(
      'The hook is for servers: the preflight response is 403, whatever the origin.',
    ),
  },
  {
    id: 'report-without-authorization',
    title: 'Read the report, signed out',
    policy: "@Cors({ allowedHeaders: ['authorization'] })",
    policyOf: 'controller',
    method: 'GET',
    path: '/admin/report',
    headers: {},
    credentials: 'include',
    fromAllowedOrigin: allowed(
      'A guard responds with 401, and the page can read that: errors carry the headers too.',
    ),
    fromAnotherOrigin: refused(
      'A guard responds with 401, but this page cannot tell that from a network error.',
    ),
  },
  {
    id: 'report',
    title: 'Read the report, signed in',
    policy: "@Cors({ allowedHeaders: ['authorization'] })",
    policyOf: 'controller',
    method: 'GET',
    path: '/admin/report',
    headers: { authorization: 'Bearer any' },
    credentials: 'include',
    fromAllowedOrigin: allowed('The preflight response allows authorization.'),
    fromAnotherOrigin: NEVER_SENT,
  },
  {
    id: 'report-with-another-header',
    title: 'Read the report with one more header',
    policy: "@Cors({ allowedHeaders: ['authorization'] })",
    policyOf: 'controller',
    method: 'GET',
    path: '/admin/report',
    headers: { authorization: 'Bearer any', 'x-debug': '1' },
    credentials: 'include',
    fromAllowedOrigin: refused(
      'The preflight response is 204, but does not allow x-debug: the browser console names it.',
    ),
    fromAnotherOrigin: NEVER_SENT,
  },
];

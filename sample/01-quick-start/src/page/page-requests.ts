import type { Expectation, PageRequest } from './page-request.js';

const JSON_BODY = { 'content-type': 'application/json' };

const allowed = (why: string): Expectation => ({ verdict: 'allowed', why });
const refused = (why: string): Expectation => ({ verdict: 'refused', why });

const NEVER_SENT = refused('The preflight is answered 403, so the request itself is never sent.');

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
    fromAllowedOrigin: allowed('The answer names this very origin and allows credentials.'),
    fromAnotherOrigin: refused(
      'The request is served, but its answer names no origin: the browser keeps it from the page.',
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
      'A JSON body makes the browser ask first. The preflight is answered with POST and content-type.',
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
      'PUT is in the answer to the preflight, which holds for 60 seconds. The page can read X-Order-Version.',
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
    fromAnotherOrigin: allowed('Any origin may read the feed, this one too.'),
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
    fromAllowedOrigin: refused('* does not hold for a request with credentials, such as cookies.'),
    fromAnotherOrigin: refused('* does not hold for a request with credentials, such as cookies.'),
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
      'The hook is for servers: the preflight is answered 403, whatever the origin.',
    ),
    fromAnotherOrigin: refused(
      'The hook is for servers: the preflight is answered 403, whatever the origin.',
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
      'A guard answers 401, and the page can read that: errors carry the headers too.',
    ),
    fromAnotherOrigin: refused(
      'A guard answers 401, but this page cannot tell it from a failure of the network.',
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
    fromAllowedOrigin: allowed('The preflight is answered with authorization.'),
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
      'The preflight is answered 204, but without x-debug: the browser names it in its console.',
    ),
    fromAnotherOrigin: NEVER_SENT,
  },
];

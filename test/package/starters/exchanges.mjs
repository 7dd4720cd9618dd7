const PAGE = 'https://app.example.com';
const NAMED = {
  'access-control-allow-origin': PAGE,
  'access-control-allow-credentials': 'true',
  vary: 'Origin',
};

const preflight = (origin) => ({
  origin,
  'access-control-request-method': 'PUT',
  'access-control-request-headers': 'content-type',
});

/** Requests, and the status and every CORS header of their responses. */
export const EXCHANGES = [
  { method: 'GET', path: '/', headers: { origin: PAGE }, expected: [200, NAMED] },
  {
    method: 'OPTIONS',
    path: '/orders/1',
    headers: preflight(PAGE),
    expected: [
      204,
      {
        ...NAMED,
        'access-control-allow-methods': 'PUT',
        'access-control-allow-headers': 'content-type',
        'access-control-max-age': '60',
      },
    ],
  },
  {
    method: 'OPTIONS',
    path: '/orders/1',
    headers: preflight('https://evil.example'),
    expected: [403, { vary: 'Origin' }],
  },
  { method: 'PUT', path: '/orders/1', headers: { origin: PAGE }, expected: [200, NAMED] },
  { method: 'GET', path: '/nowhere', headers: { origin: PAGE }, expected: [404, NAMED] },
];

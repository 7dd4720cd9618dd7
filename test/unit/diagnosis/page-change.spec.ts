import type { SentRequest } from '../../../lib/browser/index.js';
import type { CheckRequest } from '../../../lib/diagnosis/check-request.js';
import { response } from '../browser/network.js';
import { always, changeOf } from './servers/change-of.js';

const URL = 'https://api.example.com/orders/1';
const ALLOWED = { 'access-control-allow-origin': '*' };

type Row = readonly [
  what: string,
  Parameters<typeof response>,
  Partial<CheckRequest>,
  readonly string[],
];

it.each<Row>([
  [
    'a method in lower case',
    [204, { ...ALLOWED, 'access-control-allow-methods': 'PATCH' }],
    { method: 'patch' },
    [`fetch("${URL}", { method: "PATCH", /* your other options stay */ });`],
  ],
  [
    'a response header that the page sends',
    [204, ALLOWED],
    {
      headers: [
        ['Access-Control-Allow-Origin', '*'],
        ['x-a', '1'],
      ],
    },
    [
      '// remove it wherever the page sets it: in fetch(), in an interceptor, in the defaults of axios',
      'delete headers["access-control-allow-origin"];',
      'delete axios.defaults.headers.common["access-control-allow-origin"];',
    ],
  ],
  [
    'headers of a tracing library',
    [204, ALLOWED],
    {
      headers: [
        ['baggage', 'a=b'],
        ['sentry-trace', '1'],
      ],
    },
    [
      '// Sentry; your other options stay. OpenTelemetry: propagateTraceHeaderCorsUrls, Datadog: allowedTracingUrls',
      'Sentry.init({',
      '  tracePropagationTargets: [/^\\/(?!\\/)/ /* and your own servers, without https://api.example.com */],',
      '});',
    ],
  ],
  [
    'a preflight that is redirected to a slash',
    [301, { location: '/orders/1/' }],
    { method: 'PUT' },
    [
      `// instead of "${URL}"; the base URL of a client (axios, Angular) ends accordingly`,
      `fetch("${URL}/", /* your other options stay */);`,
    ],
  ],
  [
    'a redirect without headers',
    [302, { location: 'https://b.test/' }],
    {},
    [
      `// instead of "${URL}"; the base URL of a client (axios, Angular) ends accordingly`,
      'fetch("https://b.test/", /* your other options stay */);',
    ],
  ],
])('%s is changed in the page, whatever the server is', async (_, answer, request, code) => {
  expect(await changeOf(always(response(...answer)), { ...request, server: 'nginx' })).toEqual({
    for: 'page',
    title: 'the page',
    why: null,
    code,
    headers: null,
  });
});

it('a redirect to a login is the server’s to change, not the page’s', async () => {
  const login = response(302, { location: 'https://id.test/oauth/authorize' });
  const change = await changeOf(always(login), { method: 'PUT', server: 'nginx' });
  expect(change?.for).toBe('nginx');
  expect(change?.code).toContain("if ($request_method = 'OPTIONS') {");
});

it('behind a redirect to another origin, the page requests the target', async () => {
  const answer = ({ url }: SentRequest) =>
    url === URL
      ? response(302, { 'access-control-allow-origin': '*', location: 'https://b.test/x' })
      : response(200, { 'access-control-allow-origin': 'https://c.test' });
  const change = await changeOf(answer, { server: 'nginx' });
  expect(change?.for).toBe('page');
  expect(change?.code.at(-1)).toBe('fetch("https://b.test/x", /* your other options stay */);');
});

it('a page with an opaque origin gets no code', async () => {
  expect(await changeOf(always(response(200)), { origin: 'null' })).toBe(null);
});

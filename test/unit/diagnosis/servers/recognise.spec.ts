import { recognise } from '../../../../lib/diagnosis/servers/recognise.js';
import type { ServerName } from '../../../../lib/diagnosis/servers/servers.js';
import { response } from '../../browser/network.js';

const URL = 'https://api.example.com/orders?page=2';

function see(
  [status, headers]: Parameters<typeof response>,
  { url = URL, method = 'GET' } = {},
): readonly [application: ServerName | undefined, proxy: ServerName | undefined, sign: string] {
  const { application, proxy } = recognise([
    {
      kind: 'request',
      from: 'page',
      request: { method, url, headers: [], credentials: false },
      response: response(status, headers),
    },
  ]);
  return [application?.server, proxy?.server, application?.sign ?? proxy?.sign ?? ''];
}

it.each<[ServerName, Readonly<Record<string, string>>]>([
  ['cors', { 'X-Powered-By': 'Express' }],
  ['nextjs', { 'X-Powered-By': 'Next.js' }],
  ['nextjs', { Vary: 'rsc, next-router-state-tree, next-router-prefetch' }],
  ['flask', { Server: 'Werkzeug/2.2.2 Python/3.11.2' }],
  ['fastapi', { Server: 'uvicorn' }],
  ['django', { Server: 'WSGIServer/0.2 CPython/3.11.2' }],
  ['php', { 'X-Powered-By': 'PHP/8.2.36' }],
  ['laravel', { 'X-Powered-By': 'PHP/8.2.36', 'Set-Cookie': 'laravel_session=abc; path=/' }],
  ['rails', { 'X-Runtime': '0.001234' }],
  ['aspnet', { Server: 'Kestrel' }],
  ['aspnet', { Server: 'Microsoft-IIS/10.0', 'X-Powered-By': 'ASP.NET' }],
  ['spring-security', { 'Cache-Control': 'no-cache, no-store, max-age=0, must-revalidate' }],
  ['s3', { Server: 'AmazonS3' }],
  ['firebase', { 'Function-Execution-Id': 'abc' }],
  ['supabase', { 'X-Served-By': 'supabase-edge-runtime' }],
])('%s shows in %j', (server, headers) => {
  expect(see([200, headers]).slice(0, 2)).toEqual([server, undefined]);
});

it.each<[ServerName, Readonly<Record<string, string>>]>([
  ['nginx', { Server: 'nginx/1.22.1' }],
  ['nginx', { Server: 'openresty' }],
  ['apache', { Server: 'Apache/2.4.71 (Debian)' }],
  ['caddy', { Server: 'Caddy' }],
  ['caddy', { Via: '1.1 Caddy' }],
  ['vercel', { Server: 'Vercel' }],
  ['api-gateway', { 'Apigw-Requestid': 'abc' }],
  ['cloudfront', { Via: '1.1 abc.cloudfront.net (CloudFront)' }],
])('%s in front shows in %j', (server, headers) => {
  expect(see([200, headers]).slice(0, 2)).toEqual([undefined, server]);
});

it.each<[ServerName, string]>([
  ['socket.io', 'https://api.example.com/socket.io/?EIO=4&transport=polling'],
  ['s3', 'https://bucket.s3.eu-west-1.amazonaws.com/a.png'],
  ['supabase', 'https://abc.supabase.co/functions/v1/hello'],
  ['firebase', 'https://us-central1-shop.cloudfunctions.net/api'],
])('%s shows in the address %s', (server, url) => {
  expect(see([200], { url })).toEqual([server, undefined, 'the address']);
});

it.each<[ServerName, number, string, string]>([
  [
    'nestjs-cors',
    404,
    'application/json; charset=utf-8',
    '{"message":"Cannot GET /orders?page=2","error":"Not Found","statusCode":404}',
  ],
  [
    'fastify',
    404,
    'application/json; charset=utf-8',
    '{"message":"Route GET:/orders?page=2 not found","error":"Not Found","statusCode":404}',
  ],
  ['hono', 404, 'text/plain; charset=UTF-8', '404 Not Found'],
  ['go', 404, 'text/plain; charset=utf-8', '404 page not found\n'],
])('%s shows in the length of its page', (server, status, type, body) => {
  const headers = { 'content-type': type, 'content-length': String(body.length) };
  expect(see([status, headers])).toEqual([server, undefined, 'its page for status 404']);
  expect(see([status, { ...headers, 'content-length': String(body.length + 1) }])[0]).toBe(
    undefined,
  );
  expect(see([status, { ...headers, 'content-type': 'text/html' }])[0]).toBe(undefined);
});

it('a Nest application on Express is Nest', () => {
  const length = '{"message":"Cannot GET /orders?page=2","error":"Not Found","statusCode":404}'
    .length;
  expect(
    see([
      404,
      {
        'X-Powered-By': 'Express',
        'content-type': 'application/json; charset=utf-8',
        'content-length': String(length),
      },
    ])[0],
  ).toBe('nestjs-cors');
});

it('this library shows in how it refuses a preflight, and only there', () => {
  const empty = { 'content-length': '0' };
  expect(see([403, { ...empty, Vary: 'Origin' }])[0]).toBe('nestjs-cors');
  // AirPlay of macOS.
  expect(see([403, { ...empty, Server: 'AirTunes/845.5.1' }])[0]).toBe(undefined);
});

it('an application and what is in front of it are told apart', () => {
  const seen = see([200, { Server: 'nginx', 'X-Powered-By': 'Express' }]);
  expect(seen).toEqual(['cors', 'nginx', '`X-Powered-By: Express`']);
});

it('nothing is made of headers that say nothing', () => {
  expect(see([200, { Server: 'my-server', 'X-Powered-By': 'coffee' }])).toEqual([
    undefined,
    undefined,
    '',
  ]);
});

it('a sign is safe to print, and never the value of a cookie', () => {
  const long = see([200, { Server: `nginx${'\u001b'.repeat(3)}${'x'.repeat(500)}` }])[2];
  expect(long).not.toContain('\u001b');
  expect(long.length).toBeLessThan(120);
  expect(see([200, { 'Set-Cookie': 'XSRF-TOKEN=secret' }])[2]).toBe('the cookie `XSRF-TOKEN`');
});

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const ACAO = 'Access-Control-Allow-Origin';
type Route = (request: IncomingMessage, response: ServerResponse) => void;

const star: Route = ({ headers }, response) =>
  response
    .writeHead(204, {
      [ACAO]: '*',
      'Access-Control-Allow-Methods': 'GET,HEAD,PUT,PATCH,POST,DELETE',
      'Access-Control-Allow-Headers': headers['access-control-request-headers'] ?? 'x-a',
    })
    .end();
const plain: Route = (_, response) => response.writeHead(200).end();

/** With `Access-Control-Allow-Origin: *` unless another one is given. */
function open(status: number, headers: Record<string, string> = {}): Route {
  return (_, response) => response.writeHead(status, { [ACAO]: '*', ...headers }).end();
}

function onOptions(first: Route, other: Route): Route {
  return (request, response) => (request.method === 'OPTIONS' ? first : other)(request, response);
}

function redirect(location: string): Route {
  return (_, response) => response.writeHead(301, { location }).end();
}

/** The servers behind the pastes, by path: each behaves as its row says. */
const ROUTES: Readonly<Record<string, Route>> = {
  '/silent': onOptions((_, response) => response.writeHead(200, { allow: 'GET' }).end(), plain),
  '/post500': onOptions(star, ({ method }, response) =>
    method === 'POST'
      ? response.writeHead(500).end()
      : response.writeHead(405, { [ACAO]: '*', allow: 'POST' }).end(),
  ),
  '/get500': onOptions(star, (_, response) =>
    response.writeHead(500, { 'content-type': 'text/plain' }).end(),
  ),
  '/get502': (_, response) => response.writeHead(502, { server: 'nginx' }).end(),
  '/opt404': onOptions(open(404), open(200)),
  '/opt401': onOptions((_, response) => response.writeHead(401).end(), star),
  '/opt405': onOptions(open(405), open(200)),
  '/redirhttps': redirect('https://127.0.0.1/redirhttps'),
  '/login': redirect('https://login.example.com/start'),
  '/slash': redirect('/slash/'),
  '/two2': (_, response) =>
    response.writeHead(200, [ACAO, 'http://localhost:8100', ACAO, '*']).end(),
  '/two': (_, response) => response.writeHead(200, [ACAO, '*', ACAO, '*']).end(),
  '/falsy': open(200, { [ACAO]: 'false' }),
  '/www': open(200, { [ACAO]: 'https://www.example.com' }),
  '/lh': open(200, { [ACAO]: 'http://localhost:3000' }),
  '/star': star,
  '/hdr': open(204, {
    'Access-Control-Allow-Headers': 'X-Requested-With, Content-Type, X-Access-Token',
  }),
  '/hdrjson': open(204, { 'Access-Control-Allow-Headers': 'authorization' }),
  '/mpatch': open(204, { 'Access-Control-Allow-Methods': 'PATCH' }),
  '/mput': open(204, { 'Access-Control-Allow-Methods': 'GET, HEAD, POST' }),
  '/s3': ({ headers }, response) =>
    response
      .writeHead(200, {
        'cache-control': 'max-age=3600',
        ...(headers.origin !== undefined && { [ACAO]: '*' }),
      })
      .end(),
  '/nocred': ({ headers }, response) =>
    response.writeHead(204, { [ACAO]: headers.origin ?? '*', vary: 'Origin' }).end(),
  '/fine': ({ headers }, response) =>
    response
      .writeHead(204, {
        [ACAO]: headers.origin ?? '*',
        vary: 'Origin',
        'Access-Control-Allow-Credentials': 'true',
        'Access-Control-Allow-Methods': 'GET,HEAD,PUT,PATCH,POST,DELETE',
        'Access-Control-Allow-Headers': headers['access-control-request-headers'] ?? '',
      })
      .end(),
  '/other': (_, response) => response.writeHead(204, { vary: 'Origin' }).end(),
};

/** Starts all of them at one port. */
export async function startPasteServers(): Promise<{ server: Server; port: number }> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '', 'http://localhost').pathname;
    (ROUTES[path] ?? open(404))(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { server, port: (server.address() as AddressInfo).port };
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createRawServer, type Socket } from 'node:net';
import { check, PAGE, runText } from './cli-run.js';

const ACAO = 'Access-Control-Allow-Origin';
const PUT = ['--method', 'PUT'];

/** What goes wrong, by path. */
const routes: Readonly<
  Record<string, (request: IncomingMessage, response: ServerResponse) => void>
> = {
  '/redirected': ({ method }, response) =>
    method === 'OPTIONS'
      ? response.writeHead(308, { location: '/redirected/', [ACAO]: '*' }).end()
      : response.writeHead(200, { [ACAO]: '*' }).end(),
  '/behind-login': ({ method }, response) =>
    method === 'OPTIONS'
      ? response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end()
      : response.writeHead(200, { [ACAO]: '*' }).end(),
  '/shared-login': ({ method }, response) =>
    response.writeHead(method === 'OPTIONS' ? 401 : 200, { [ACAO]: '*' }).end(),
  '/two-layers': (_, response) => response.writeHead(200, [ACAO, PAGE, ACAO, PAGE]).end(),
  '/reflecting': ({ headers }, response) =>
    response
      .writeHead(204, {
        [ACAO]: headers.origin ?? '*',
        'Access-Control-Allow-Credentials': 'true',
        'Access-Control-Allow-Methods': 'PUT',
      })
      .end(),
  '/loop': (_, response) => response.writeHead(302, { location: '/loop', [ACAO]: '*' }).end(),
  '/to-nowhere': (_, response) =>
    response.writeHead(302, { location: 'http://[', [ACAO]: '*' }).end(),
  '/silent': () => {},
  '/endless': (_, response) => {
    response.writeHead(200, { 'content-length': 1_000_000_000, [ACAO]: '*' });
    const chunk = Buffer.alloc(1_000_000);
    const pour = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', pour);
    pour();
  },
};

let server: Server;
let base: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    const path = new URL(request.url ?? '', 'http://localhost').pathname;
    const route = routes[path];
    if (route === undefined) response.writeHead(404, { [ACAO]: '*', vary: 'Origin' }).end();
    else route(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('a server that misbehaves', () => {
  it.each<[string, readonly string[], number, string | null, readonly string[]]>([
    ['/redirected', PUT, 1, 'PREFLIGHT_REDIRECT', []],
    ['/redirected', [], 0, null, ['OPTIONS_REDIRECTED']],
    ['/behind-login', PUT, 1, 'ACAO_MISSING', []],
    // To Safari, http on this computer is mixed content in an https page.
    [
      '/behind-login',
      [...PUT, '--browser', 'safari', '--origin', 'http://localhost:4200'],
      1,
      'PREFLIGHT_STATUS',
      [],
    ],
    ['/reflecting', ['--browser', 'safari'], 1, 'MIXED_CONTENT', []],
    ['/behind-login', [], 0, null, ['OPTIONS_REFUSED']],
    ['/shared-login', PUT, 1, 'PREFLIGHT_STATUS', []],
    ['/two-layers', [], 1, 'ACAO_MULTIPLE', []],
    ['/reflecting', PUT, 0, null, ['VARY_ORIGIN_MISSING', 'ORIGIN_REFLECTED']],
    ['/loop', [], 2, 'REDIRECT_LIMIT', []],
    ['/to-nowhere', [], 2, 'REDIRECT_LOCATION', []],
    ['/endless', [], 0, null, []],
  ])('%s %j: %i, %s, %j', async (path, args, exitCode, failed, warnings) => {
    const result = await check(base + path, ...args);
    expect([result.exitCode, result.check, result.warnings]).toEqual([exitCode, failed, warnings]);
  });

  it('is given up on when it does not respond in time', async () => {
    const { exitCode, out } = await runText(`${base}/silent`, '--timeout', '0.2');
    expect(exitCode).toBe(2);
    expect(out).toBe(`GET ${base}/silent
from https://app.example.com, as Chromium would

✗ GET /silent → no response

? Could not tell on the response: NETWORK

Cause    No response from ${new URL(base).host} within 0.2 s.
Fix      Make the server reachable from the browser. No CORS setting helps.
More     https://nestjs-cors.example/troubleshooting#network
`);
  });
});

describe('something that is not a web server', () => {
  async function against(answer: (socket: Socket) => void, scheme = 'http') {
    const raw = createRawServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.once('data', () => answer(socket));
    });
    await new Promise<void>((resolve) => {
      raw.listen(0, '127.0.0.1', resolve);
    });
    const host = `127.0.0.1:${(raw.address() as AddressInfo).port}`;
    const result = await check(`${scheme}://${host}/`);
    await new Promise((resolve) => raw.close(resolve));
    return { ...result, cause: result.cause?.replaceAll(host, 'HOST') };
  }

  it.each<[string, (socket: Socket) => void, string]>([
    [
      'garbage',
      (socket) => socket.end('220 mail.example.com ESMTP\r\n'),
      'The response from HOST is not HTTP (HPE_INVALID_CONSTANT).',
    ],
    [
      'a closed connection',
      (socket) => socket.end(),
      'HOST closed the connection without responding (ECONNRESET).',
    ],
  ])('%s', async (_, answer, cause) => {
    const result = await against(answer);
    expect([result.exitCode, result.check, result.cause]).toEqual([2, 'NETWORK', cause]);
  });

  it('no TLS where the URL is https', async () => {
    const result = await against(
      (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
      'https',
    );
    expect([result.exitCode, result.cause]).toEqual([
      2,
      'HOST does not speak TLS, which https requires (EPROTO): is it an http:// URL?',
    ]);
  });

  it('nothing at all', async () => {
    const raw = createRawServer();
    await new Promise<void>((resolve) => {
      raw.listen(0, '127.0.0.1', resolve);
    });
    const host = `127.0.0.1:${(raw.address() as AddressInfo).port}`;
    await new Promise((resolve) => raw.close(resolve));
    const result = await check(`http://${host}/`);
    expect([result.exitCode, result.check, result.cause]).toEqual([
      2,
      'NETWORK',
      `Nothing is listening at ${host} (ECONNREFUSED): is the server running, and on this port?`,
    ]);
  });
});

it('shows control characters, and obeys none', async () => {
  const raw = createRawServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', () =>
      socket.end(`HTTP/1.1 200 OK\r\n${ACAO}: \u001b[2J\u009b31m\u0007x\r\n\r\n`, 'latin1'),
    );
  });
  await new Promise<void>((resolve) => {
    raw.listen(0, '127.0.0.1', resolve);
  });
  const { port } = raw.address() as AddressInfo;
  const { out, exitCode } = await runText(`http://127.0.0.1:${port}/`);
  await new Promise((resolve) => raw.close(resolve));
  expect(exitCode).toBe(1);
  expect(out.split('\n').slice(4, 7)).toEqual([
    '    Access-Control-Allow-Origin: \\u001B[2J\\u009B31m\\u0007x',
    '',
    '✗ Blocked on the response: ACAO_INVALID',
  ]);
  expect(out.replaceAll(/[\n\u0020-\u007e✓✗→·]/g, '')).toBe('');
});

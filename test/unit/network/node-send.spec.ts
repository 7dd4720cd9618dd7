import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { SentRequest } from '../../../lib/browser/index.js';
import { nodeSend, type NodeSendOptions } from '../../../lib/network/node-send.js';
import { type RawServer, rawServer } from './raw-server.js';
import { SELF_SIGNED } from '../../support/self-signed.js';

const NO_CONTENT = 'HTTP/1.1 204 No Content\r\n\r\n';

let server: RawServer;
afterEach(() => server.close());

async function serve(answer: (socket: Socket, head: string) => void): Promise<void> {
  server = await rawServer(answer);
}

const writes = (bytes: string) => (socket: Socket) => socket.end(bytes, 'latin1');

function send(
  request: Partial<SentRequest> & { path?: string } = {},
  options: Partial<NodeSendOptions> = {},
) {
  const { path = '/', ...rest } = request;
  return nodeSend({ timeout: 5000, ...options })({
    method: 'GET',
    headers: [],
    credentials: false,
    url: `http://127.0.0.1:${server.port}${path}`,
    ...rest,
  });
}

describe('what nodeSend() sends', () => {
  beforeEach(() => serve(writes(NO_CONTENT)));

  it('is the method as it is written, the path with its query, and the headers', async () => {
    await send({
      method: 'patch',
      path: '/a%20b?c=d',
      headers: [
        ['X-a', '1, 2'],
        ['Origin', 'null'],
      ],
    });
    expect(server.heads).toEqual([
      `patch /a%20b?c=d HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nX-a: 1, 2\r\nOrigin: null\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
    ]);
  });

  it('has the headers every request should have, and no body', async () => {
    await send({}, { headers: [['User-Agent', 'x']] });
    await send({ method: 'DELETE' });
    expect(server.heads).toEqual([
      `GET / HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nUser-Agent: x\r\nConnection: close\r\n\r\n`,
      `DELETE / HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nConnection: close\r\n\r\n`,
    ]);
  });

  it('goes to the address in `connect`, without TLS, with the host of the URL', async () => {
    const connect = { host: '127.0.0.1', port: server.port };
    const url = 'https://api.example.com:8443/x';
    expect(await send({ url }, { connect })).toEqual({ status: 204, headers: [] });
    expect(server.heads).toEqual([
      'GET /x HTTP/1.1\r\nHost: api.example.com:8443\r\nConnection: close\r\n\r\n',
    ]);
  });
});

describe('what nodeSend() gives back', () => {
  it('are the header lines as received', async () => {
    await serve(
      writes(
        'HTTP/1.1 299 x\r\nAccess-Control-Allow-Origin: a\r\nx-b:  \t2 \r\naccess-control-allow-origin: a\r\nx-c: \u001b[31m\u009b\r\n\r\n',
      ),
    );
    expect(await send()).toEqual({
      status: 299,
      headers: [
        ['Access-Control-Allow-Origin', 'a'],
        ['x-b', '2'],
        ['access-control-allow-origin', 'a'],
        ['x-c', '\u001b[31m\u009b'],
      ],
    });
  });

  it('is a redirect, where there is one', async () => {
    await serve(writes('HTTP/1.1 302 Found\r\nLocation: /y\r\n\r\n'));
    expect(await send()).toEqual({ status: 302, headers: [['Location', '/y']] });
    expect(server.heads).toHaveLength(1);
  });

  it('is the last head: early hints come before it', async () => {
    await serve(writes(`HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n${NO_CONTENT}`));
    expect(await send()).toEqual({ status: 204, headers: [] });
  });

  it('may be an upgrade that was not requested', async () => {
    await serve(writes('HTTP/1.1 101 x\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'));
    expect((await send()).status).toBe(101);
  });

  it('arrives before the body, which is not read', async () => {
    const megabyte = Buffer.alloc(1_000_000);
    let closed: () => void = () => {};
    const end = new Promise<void>((resolve) => {
      closed = resolve;
    });
    await serve((socket) => {
      const pour = () => {
        while (!socket.destroyed && socket.write(megabyte));
      };
      socket.on('close', closed);
      socket.on('drain', pour);
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n');
      pour();
    });
    expect(await send()).toEqual({ status: 200, headers: [['Content-Length', '1000000000']] });
    await end;
    expect(server.sent()).toBeLessThan(100_000_000);
  });

  it('may be as long as browsers accept', async () => {
    await serve((socket, head) =>
      socket.end(
        `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(head.includes('/long') ? 300_000 : 200_000)}\r\n\r\n`,
      ),
    );
    expect((await send()).headers[0]?.[1]).toHaveLength(200_000);
    await expect(send({ path: '/long' })).rejects.toThrow(
      `The header section of the response from 127.0.0.1:${server.port} is longer than browsers accept (HPE_HEADER_OVERFLOW).`,
    );
  });
});

describe('what nodeSend() rejects with', () => {
  it.each([
    ['SSH-2.0-OpenSSH_9.2\r\n\r\n', 'The response from HOST is not HTTP (HPE_INVALID_CONSTANT).'],
    [
      '\u0015\u0003\u0001\u0000\u0002\u0002\n',
      'The response from HOST is not HTTP (HPE_INVALID_CONSTANT).',
    ],
    ['', 'HOST closed the connection without responding (ECONNRESET).'],
    [
      'HTTP/1.1 200 OK\r\nx-a: 1\r\n',
      'HOST closed the connection without responding (ECONNRESET).',
    ],
  ])('%j', async (bytes, words) => {
    await serve(writes(bytes));
    await expect(send()).rejects.toThrow(words.replace('HOST', `127.0.0.1:${server.port}`));
  });

  it('is that no response came in time: none at all, or an incomplete head', async () => {
    const words = () => `No response from 127.0.0.1:${server.port} within 0.2 s.`;
    await serve((socket, head) => {
      if (head.startsWith('GET /silent')) return;
      socket.write('HTTP/1.1 200 OK\r\n');
      const drip = setInterval(() => socket.write('x-a: 1\r\n'), 10);
      socket.on('close', () => clearInterval(drip));
    });
    await expect(send({ path: '/silent' }, { timeout: 200 })).rejects.toThrow(words());
    await expect(send({ path: '/drip' }, { timeout: 200 })).rejects.toThrow(words());
  });

  it.each(['a\u0001b', 'a\u007Fb', 'a\r\nb: c', '\u0416'])(
    'is that the value %j cannot be sent, before there is a connection that could fail',
    async (value) => {
      await serve(() => {});
      await server.close();
      await expect(send({ headers: [['X-a', value]] })).rejects.toThrow(
        'Nothing was sent: the value of X-a has a character that Node puts into no header. Leave it out.',
      );
      // One that was under way would have failed by then, and nobody would have caught it.
      await expect(send()).rejects.toThrow('ECONNREFUSED');
    },
  );

  it('is that nothing is listening', async () => {
    await serve(() => {});
    await server.close();
    await expect(send()).rejects.toThrow(
      `Nothing is listening at 127.0.0.1:${server.port} (ECONNREFUSED): is the server running, and on this port?`,
    );
  });
});

describe('TLS', () => {
  const https = createHttpsServer(SELF_SIGNED, (_, response) => response.writeHead(204).end());
  let url: string;
  beforeAll(async () => {
    await serve(() => {});
    await new Promise<void>((resolve) => {
      https.listen(0, '127.0.0.1', resolve);
    });
    url = `https://127.0.0.1:${(https.address() as AddressInfo).port}/`;
  });
  afterAll(() => {
    https.close();
  });

  it('is checked unless `insecure` is set', async () => {
    await expect(send({ url })).rejects.toThrow(
      `The certificate of ${new URL(url).host} is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT). \`--insecure\` ignores this; browsers do not.`,
    );
    expect((await send({ url }, { insecure: true })).status).toBe(204);
  });

  it('is missing where https expects it', async () => {
    const http = createHttpServer();
    await new Promise<void>((resolve) => {
      http.listen(0, '127.0.0.1', resolve);
    });
    const host = `127.0.0.1:${(http.address() as AddressInfo).port}`;
    await expect(send({ url: `https://${host}/` })).rejects.toThrow(
      `${host} does not speak TLS, which https requires (EPROTO): is it an http:// URL?`,
    );
    http.close();
  });
});

import { createServer, request as requestHttp, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { readBody, sendJson, serving } from '../../../lib/inspector/serving/respond.js';
import { JSON_TYPE } from '../../support/inspector-calls.js';

let server: Server;
let port: number;
let served: Promise<void>[];
let errors: unknown[];

beforeEach(async () => {
  served = [];
  errors = [];
  server = createServer((request, response) => {
    const serve = async () => sendJson(response, 200, await readBody(request));
    served.push(serving(response, false, serve, (error) => errors.push(error)));
    server.emit('served');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  ({ port } = server.address() as AddressInfo);
});
afterEach(() => new Promise((closed) => server.close(closed)));

it('reads a body that is too long to its end, so that the connection goes on', async () => {
  const socket = connect(port, '127.0.0.1');
  const call = (body: string) =>
    socket.write(
      `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
  // More than what systems buffer.
  call('x'.repeat(8_000_000));
  call('{"a":1}');
  let received = '';
  for await (const chunk of socket) {
    received += String(chunk);
    if (received.endsWith('{"a":1}')) break;
  }
  expect(received.match(/HTTP\/1\.1 \d+|\{.*\}/g)).toEqual([
    'HTTP/1.1 413',
    '{"message":"Expected at most 1 MB of JSON."}',
    'HTTP/1.1 200',
    '{"a":1}',
  ]);
});

it('reports no error where a visitor leaves before the end of the body', async () => {
  const isServed = new Promise((resolve) => server.once('served', resolve));
  const headers = { ...JSON_TYPE, 'content-length': 200 };
  const outgoing = requestHttp({ host: '127.0.0.1', port, method: 'POST', headers, agent: false });
  outgoing.on('error', () => undefined);
  outgoing.write('{');
  await isServed;
  outgoing.destroy();
  await Promise.all(served);
  expect(errors).toEqual([]);
});

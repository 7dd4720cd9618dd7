import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { AgreementCase, Place, ScriptedAnswer } from './agreement-case.js';

/** What of a request must be the same from a browser and from a simulation. */
export interface SeenRequest {
  readonly hop: number;
  readonly method: string;
  readonly origin: string | null;
  readonly requestMethod: string | null;
  readonly requestHeaders: string | null;
  readonly authorization: string | null;
}

/**
 * Plays the servers of all cases, and writes down what reaches them. Over sockets, since
 * `node:http` takes no method but those it knows, and sends no header but proper ones.
 */
export class AgreementServer {
  private readonly seen = new Map<string, SeenRequest[]>();

  private constructor(
    private readonly cases: readonly AgreementCase[],
    private readonly origins: Readonly<Record<Place, string>>,
    private readonly servers: readonly Server[],
  ) {}

  static async start(cases: readonly AgreementCase[]): Promise<AgreementServer> {
    const servers = [createServer(), createServer(), createServer()];
    const [page = '', api = '', other = ''] = await Promise.all(servers.map(listen));
    const playing = new AgreementServer(cases, { page, api, other }, servers);
    for (const server of servers) server.on('connection', (socket) => playing.serve(socket));
    return playing;
  }

  get pageOrigin(): string {
    return this.origins.page;
  }

  /** The URL of a case for one of those who run it. */
  url(run: string, index: number, hop = 0): string {
    const place = this.cases[index]?.hops[hop]?.at ?? 'api';
    return `${this.origins[place]}/${run}/${index}/${hop}`;
  }

  requests(run: string, index: number): readonly SeenRequest[] {
    return this.seen.get(`${run}/${index}`) ?? [];
  }

  async close(): Promise<void> {
    await Promise.all(this.servers.map((server) => new Promise((done) => server.close(done))));
  }

  private serve(socket: Socket): void {
    let head = '';
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      head += chunk.toString('latin1');
      // No case sends a body.
      if (head.includes('\r\n\r\n')) socket.end(this.answer(head), 'latin1');
    });
  }

  private answer(head: string): string {
    const [requestLine = '', ...lines] = head.split('\r\n');
    const [method = '', path = ''] = requestLine.split(' ');
    const [, run = '', index = '', hop = ''] = path.split('/');
    const script = this.cases[Number(index)]?.hops[Number(hop)];
    if (script === undefined || hop === '') return PAGE;

    const header = (name: string) => {
      const line = lines.find((other) => other.toLowerCase().startsWith(`${name}: `));
      return line?.slice(name.length + 2) ?? null;
    };
    const request: SeenRequest = {
      hop: Number(hop),
      method,
      origin: header('origin'),
      requestMethod: header('access-control-request-method'),
      requestHeaders: header('access-control-request-headers'),
      authorization: header('authorization'),
    };
    const key = `${run}/${index}`;
    this.seen.set(key, [...(this.seen.get(key) ?? []), request]);
    const isPreflight = method === 'OPTIONS' && request.requestMethod !== null;
    const next = this.url(run, Number(index), Number(hop) + 1);
    return this.written(isPreflight ? script.preflight : script.answer, next);
  }

  private written({ status, headers }: ScriptedAnswer, next: string): string {
    const lines = Object.entries(headers).flatMap(([name, value]) =>
      [value].flat().map((line) => `${name}: ${this.filled(line, next)}\r\n`),
    );
    const length = status === 204 || status === 304 ? '' : 'Content-Length: 0\r\n';
    return `HTTP/1.1 ${status} x\r\nCache-Control: no-store\r\nConnection: close\r\n${length}${lines.join('')}\r\n`;
  }

  private filled(value: string, next: string): string {
    return value
      .replace('{next}', next)
      .replace('{nextHost}', next.replace('http://', ''))
      .replace('{PAGE}', this.origins.page.toUpperCase())
      .replaceAll(/\{(page|api|other)\}/g, (_, place: Place) => this.origins[place]);
  }
}

const PAGE =
  'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n' +
  '<!doctype html><link rel="icon" href="data:,"><title>page</title>';

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  // By name: with an address, Firefox forgets at each connection what it was allowed.
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

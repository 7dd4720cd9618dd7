import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { AddressSpace, ReceivedResponse, SentRequest } from '../../../lib/browser/index.js';
import { nodeSend } from '../../../lib/network/node-send.js';
import { SELF_SIGNED } from '../../support/self-signed.js';
import type { RealBrowserName } from '../browsers/browser-name.js';
import type { BodyKind, EmbeddingCase, PageKind, TargetKind } from './embedding-case.js';

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const BODIES: Readonly<Record<BodyKind, Buffer>> = {
  png: Buffer.from(PNG, 'base64'),
  js: Buffer.from('var x = 1;'),
  html: Buffer.from('<!doctype html><html><title>x</title></html>'),
  json: Buffer.from('{"a":1}'),
  css: Buffer.from('a{color:red}'),
  text: Buffer.from('hello'),
};

const PAGE = '<!doctype html><link rel="icon" href="data:,"><title>page</title>';

/** The servers of this computer, each over http and over https. */
const SERVERS = ['page', 'public', 'loopback', 'local'] as const;
type ServerName = (typeof SERVERS)[number];
type Ports = Readonly<Record<ServerName, { readonly http: number; readonly https: number }>>;

const PAGES: Readonly<Record<PageKind, readonly [ServerName, 'http' | 'https', string]>> = {
  local: ['page', 'http', 'localhost'],
  secure: ['page', 'https', 'localhost'],
  public: ['public', 'http', 'localhost'],
  'public and secure': ['public', 'https', 'localhost'],
  'public and insecure': ['public', 'http', 'app.test'],
};

/** Plays the pages and the servers of all cases, and writes down what reaches them. */
export class EmbeddingServers {
  private readonly seen = new Map<string, string[]>();

  private constructor(
    private readonly cases: readonly EmbeddingCase[],
    private readonly servers: readonly Server[],
    private readonly ports: Ports,
  ) {}

  static async start(cases: readonly EmbeddingCase[]): Promise<EmbeddingServers> {
    const servers: Server[] = [];
    const ports: Record<string, { http: number; https: number }> = {};
    for (const name of SERVERS) {
      const [plain, secure] = [createServer(), createSecureServer(SELF_SIGNED)];
      servers.push(plain, secure);
      // oxlint-disable-next-line no-await-in-loop
      ports[name] = { http: await listen(plain), https: await listen(secure) };
    }
    const playing = new EmbeddingServers(cases, servers, ports as Ports);
    for (const server of servers) {
      server.on('request', (request, response) => playing.answer(request, response));
    }
    return playing;
  }

  /** Firefox does not upgrade what a page of `localhost` shows, and WebKit knows no other name. */
  pageOrigin(kind: PageKind, name: RealBrowserName): string {
    const [server, scheme, known] = PAGES[kind];
    const host = kind === 'secure' && name !== 'webkit' ? 'app.test' : known;
    return `${scheme}://${host}:${this.ports[server][scheme]}`;
  }

  pageSpace(kind: PageKind): AddressSpace {
    return PAGES[kind][0] === 'public' ? 'public' : 'loopback';
  }

  /** The URL of a case for one of those who run it. */
  url(run: string, index: number): string {
    const { scheme, host, target, upgradable = false } = this.of(index);
    const port = this.ports[target][upgradable ? 'https' : scheme];
    return `${scheme}://${host}:${port}/${run}/${index}`;
  }

  spaceOf(url: string): AddressSpace {
    const name = this.serverOf(Number(new URL(url).port));
    return name === 'local' ? 'local' : name === 'public' ? 'public' : 'loopback';
  }

  /** Which ports count as those of elsewhere. */
  get spaces(): Readonly<Record<number, 'public' | 'local'>> {
    const { http, https } = this.ports.public;
    const local = this.ports.local;
    return { [http]: 'public', [https]: 'public', [local.http]: 'local', [local.https]: 'local' };
  }

  /** Sends by port: the names of the cases exist in browsers only. */
  async send(request: SentRequest): Promise<ReceivedResponse> {
    const { port, protocol } = new URL(request.url);
    const name = this.serverOf(Number(port));
    const { http, https } = this.ports[name];
    if (Number(port) !== (protocol === 'https:' ? https : http)) throw new Error('wrong protocol');
    const connect = { host: '127.0.0.1', port: http };
    return nodeSend({ timeout: 5000, connect })(request);
  }

  requests(run: string, index: number): readonly string[] {
    return this.seen.get(`${run}/${index}`) ?? [];
  }

  async close(): Promise<void> {
    for (const server of this.servers) server.closeAllConnections();
    await Promise.all(this.servers.map((server) => new Promise((done) => server.close(done))));
  }

  private serverOf(port: number): ServerName {
    const name = SERVERS.find((one) => Object.values(this.ports[one]).includes(port));
    if (name === undefined) throw new Error(`no server has port ${port}`);
    return name;
  }

  private of(index: number): EmbeddingCase {
    const one = this.cases[index];
    if (one === undefined) throw new Error(`no case ${index}`);
    return one;
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { method = '', url = '', headers } = request;
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    const [, run = '', index = ''] = pathname.split('/');
    response.setHeader('Cache-Control', 'no-store');
    if (run === 'page') {
      response.setHeader('Content-Type', 'text/html');
      const policy = searchParams.get('policy');
      if (policy !== null) response.setHeader('Cross-Origin-Embedder-Policy', policy);
      response.end(PAGE);
      return;
    }
    const key = `${run}/${index}`;
    this.seen.set(key, [...(this.seen.get(key) ?? []), `${method} ${headers.host ?? ''}`]);
    const { answer } = this.of(Number(index));
    response.statusCode = method === 'OPTIONS' ? 204 : answer.status;
    for (const [name, value] of Object.entries(answer.headers)) {
      response.setHeader(name, this.filled(value, key));
    }
    response.end(method === 'OPTIONS' ? undefined : BODIES[answer.body]);
  }

  private filled(value: string, key: string): string {
    return value
      .replace(/\{(loopback|local)\}/, (_, name: TargetKind) => String(this.ports[name].http))
      .replace('/away', `/${key}`);
  }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

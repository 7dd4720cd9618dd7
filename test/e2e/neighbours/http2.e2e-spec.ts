import { connect, type ClientHttp2Session, type IncomingHttpHeaders } from 'node:http2';
import { Controller, Get, Header, Module, Put, Res, type INestApplication } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { fastify } from 'fastify';
import { Cors, CorsModule } from 'nestjs-cors';
import { startOn } from '../../support/start-on.js';

const GLOBAL = 'https://global.example.com';
const ONE = 'https://one.example.com';

interface RawResponse {
  setHeader(name: string, value: string): void;
  writeHead(status: number, headers: object): { end(body: string): void };
  end(body: string): void;
}
interface Reply {
  readonly raw: RawResponse;
  hijack(): void;
}

@Controller('h2')
@Cors({ origin: ONE, credentials: true })
class Http2Controller {
  @Get('json') json() {
    return {};
  }
  @Put('json') put() {
    return {};
  }
  @Get('vary') @Header('Vary', 'Accept-Language') vary() {
    return {};
  }
  @Get('raw-head') rawHead(@Res() reply: Reply) {
    reply.hijack();
    reply.raw.writeHead(200, { vary: 'Accept' }).end('raw');
  }
  @Get('raw-end') rawEnd(@Res() reply: Reply) {
    reply.hijack();
    reply.raw.setHeader('vary', 'Cookie');
    reply.raw.end('raw');
  }
  @Get('crash') crash() {
    throw new Error('crash');
  }
}

@Module({ imports: [CorsModule.forRoot({ origin: GLOBAL })], controllers: [Http2Controller] })
class Http2Module {}

function ask(
  session: ClientHttp2Session,
  headers: Record<string, string>,
): Promise<[status: number, cors: Record<string, unknown>]> {
  return new Promise((resolve, reject) => {
    const stream = session.request(headers);
    let answer: IncomingHttpHeaders & { ':status'?: number | undefined } = {};
    stream.on('response', (received) => (answer = received));
    stream.on('error', reject);
    stream.on('end', () => {
      const cors = Object.entries(answer).filter(([name]) => /^(access-control-|vary$)/.test(name));
      resolve([answer[':status'] ?? 0, Object.fromEntries(cors)]);
    });
    stream.resume();
    stream.end();
  });
}

describe.each([
  ['the options of an adapter', () => new FastifyAdapter({ http2: true })],
  ['a fastify() of the user', () => new FastifyAdapter(fastify({ http2: true }) as never)],
])('HTTP/2 on Fastify, from %s', (_, adapter) => {
  let app: INestApplication;
  let session: ClientHttp2Session;

  beforeAll(async () => {
    const started = await startOn(adapter(), Http2Module);
    app = started.app;
    session = connect(`http://127.0.0.1:${started.port}`);
  });
  afterAll(async () => {
    session.close();
    await app.close();
  });

  const allowed = (vary = 'Origin') => ({
    'access-control-allow-origin': ONE,
    'access-control-allow-credentials': 'true',
    vary,
  });

  it('preflights', async () => {
    const asked = {
      ':method': 'OPTIONS',
      ':path': '/h2/json',
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'content-type',
    };
    expect([
      await ask(session, { ...asked, origin: ONE }),
      await ask(session, { ...asked, origin: GLOBAL }),
      await ask(session, { ...asked, origin: GLOBAL, ':path': '/h2/nowhere' }),
    ]).toEqual([
      [
        204,
        {
          ...allowed(),
          'access-control-allow-methods': 'GET, PUT',
          'access-control-allow-headers': 'content-type',
          'access-control-max-age': '600',
        },
      ],
      [403, { vary: 'Origin' }],
      [
        204,
        {
          'access-control-allow-origin': GLOBAL,
          'access-control-allow-methods': 'PUT',
          'access-control-allow-headers': 'content-type',
          'access-control-max-age': '600',
          vary: 'Origin',
        },
      ],
    ]);
  });

  it.each([
    ['JSON', '/h2/json', 200, 'Origin'],
    ['Vary of the handler', '/h2/vary', 200, 'Accept-Language, Origin'],
    ['raw writeHead()', '/h2/raw-head', 200, 'Accept, Origin'],
    ['raw end()', '/h2/raw-end', 200, 'Cookie, Origin'],
    ['an error', '/h2/crash', 500, 'Origin'],
  ])('%s', async (_name, path, status, vary) => {
    const from = (origin: string) => ask(session, { ':path': path, origin });
    expect([await from(ONE), await from(GLOBAL), await ask(session, { ':path': path })]).toEqual([
      [status, allowed(vary)],
      [status, { vary }],
      [status, { vary }],
    ]);
  });

  it('404', async () => {
    const path = { ':path': '/nowhere' };
    expect([
      await ask(session, { ...path, origin: GLOBAL }),
      await ask(session, { ...path, origin: ONE }),
    ]).toEqual([
      [404, { 'access-control-allow-origin': GLOBAL, vary: 'Origin' }],
      [404, { vary: 'Origin' }],
    ]);
  });
});

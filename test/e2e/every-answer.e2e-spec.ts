import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  BadRequestException,
  Body,
  Catch,
  Controller,
  ForbiddenException,
  Get,
  Head,
  Header,
  Injectable,
  Module,
  NotFoundException,
  Param,
  ParseIntPipe,
  Post,
  Redirect,
  Res,
  Sse,
  StreamableFile,
  UnauthorizedException,
  UseFilters,
  UseGuards,
  UseInterceptors,
  type ArgumentsHost,
  type CanActivate,
  type ExceptionFilter,
  type INestApplication,
  type MiddlewareConsumer,
  type NestInterceptor,
  type NestModule,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Cors, CorsModule } from 'nestjs-cors';
import { interval, map } from 'rxjs';
import { send } from '../support/send.js';
import { startWay, WAYS } from '../support/ways.js';

const APP = 'https://app.example.com';
const PARTNER = 'https://partner.example.com';
const EVIL = 'https://evil.example.org';

type Reply = ServerResponse & {
  raw?: ServerResponse;
  hijack?: () => void;
  header(name: string, value: string): Reply;
  send(body: unknown): Reply;
  status(code: number): Reply;
  vary?: (name: string) => void;
};
const rawOf = (reply: Reply): ServerResponse => reply.raw ?? reply;

/** One object for many responses, as an application may have it. */
const SHARED_HEADERS = Object.freeze({ 'content-type': 'text/plain', vary: 'Accept' });

@Injectable()
class Refusing implements CanActivate {
  canActivate(): boolean {
    throw new UnauthorizedException();
  }
}

@Injectable()
class No implements CanActivate {
  canActivate(): boolean {
    return false;
  }
}

@Injectable()
class ThrowingInterceptor implements NestInterceptor {
  intercept(): never {
    throw new ForbiddenException('interceptor');
  }
}

/** Clears what was set, as some filters do before they write an error page. */
@Catch(NotFoundException)
class ClearingFilter implements ExceptionFilter {
  constructor(private readonly host: HttpAdapterHost) {}

  catch(_: unknown, host: ArgumentsHost) {
    const response = host
      .switchToHttp()
      .getResponse<Reply & { removeHeader(name: string): void }>();
    const raw = rawOf(response);
    for (const name of raw.getHeaderNames()) raw.removeHeader(name);
    const reply = response as unknown as { getHeaders(): object };
    for (const name of Object.keys(reply.getHeaders())) response.removeHeader(name);
    this.host.httpAdapter.reply(response, { cleared: true }, 404);
  }
}

@Controller('answers')
@Cors({ origin: PARTNER, exposedHeaders: ['x-total'] })
class AnswersController {
  @Get('json') json() {
    return {};
  }
  @Get('empty') empty() {
    return undefined;
  }
  @Get('file') file() {
    return new StreamableFile(Buffer.from('file'));
  }
  @Sse('sse') sse() {
    return interval(1).pipe(map((n) => ({ data: n })));
  }
  @Get('redirect') @Redirect('/answers/json', 302) redirect() {}
  @Head('head') head() {}
  @Get('not-modified') notModified(@Res() reply: Reply) {
    reply.status(304).send('');
  }
  @Get('res') res(@Res() reply: Reply) {
    reply.status(200).send({});
  }
  @Get('passthrough') passthrough(@Res({ passthrough: true }) reply: Reply) {
    reply.header('x-total', '1');
    return {};
  }
  @Get('raw-head') rawHead(@Res() reply: Reply) {
    reply.hijack?.();
    rawOf(reply).writeHead(200, { 'content-type': 'text/plain' }).end('raw');
  }
  @Get('raw-reason') rawReason(@Res() reply: Reply) {
    reply.hijack?.();
    rawOf(reply).writeHead(200, 'Fine', { 'content-type': 'text/plain' }).end('raw');
  }
  @Get('raw-list') rawList(@Res() reply: Reply) {
    reply.hijack?.();
    rawOf(reply).writeHead(200, ['content-type', 'text/plain']).end('raw');
  }
  @Get('raw-pairs') rawPairs(@Res() reply: Reply) {
    reply.hijack?.();
    const pairs = [['content-type', 'text/plain']] as unknown as string[];
    rawOf(reply).writeHead(200, pairs).end('raw');
  }
  @Get('raw-end') rawEnd(@Res() reply: Reply) {
    reply.hijack?.();
    rawOf(reply).setHeader('content-type', 'text/plain').end('raw');
  }
  @Get('unauthorized') @UseGuards(Refusing) unauthorized() {}
  @Get('forbidden') @UseGuards(No) forbidden() {}
  @Get('intercepted') @UseInterceptors(ThrowingInterceptor) intercepted() {}
  @Get('pipe/:id') pipe(@Param('id', ParseIntPipe) id: number) {
    return { id };
  }
  @Get('throws') throws() {
    throw new BadRequestException();
  }
  @Get('crashes') crashes() {
    throw new Error('crash');
  }
  @Get('cleared') @UseFilters(ClearingFilter) cleared() {
    throw new NotFoundException();
  }
  @Post('body') body(@Body() body: unknown) {
    return body;
  }
  @Get('own') own(@Res() reply: Reply) {
    reply.hijack?.();
    rawOf(reply)
      .setHeader('Access-Control-Allow-Credentials', 'true')
      .writeHead(200, { 'ACCESS-CONTROL-ALLOW-ORIGIN': '*' })
      .end('own');
  }

  @Get('vary/decorator') @Header('Vary', 'Accept-Language') varyDecorator() {
    return {};
  }
  @Get('vary/header') varyHeader(@Res({ passthrough: true }) reply: Reply) {
    reply.header('vary', 'Accept, origin');
    return {};
  }
  @Get('vary/set') varySet(@Res() reply: Reply) {
    reply.hijack?.();
    rawOf(reply).setHeader('VARY', ['Accept', 'Cookie']).end('set');
  }
  @Get('vary/both') varyBoth(@Res() reply: Reply) {
    reply.hijack?.();
    rawOf(reply).setHeader('vary', 'Cookie').writeHead(200, { Vary: 'Accept' }).end('both');
  }
  @Get('vary/list') varyList(@Res() reply: Reply) {
    reply.hijack?.();
    rawOf(reply).writeHead(200, ['Vary', 'Accept', 'x-a', '1']).end('list');
  }
  @Get('vary/shared') varyShared(@Res() reply: Reply) {
    reply.hijack?.();
    rawOf(reply).writeHead(200, SHARED_HEADERS).end('shared');
  }
  @Get('vary/all') @Header('Vary', '*') varyAll() {
    return {};
  }
}

@Controller('off')
@Cors(false)
class OffController {
  @Get('own') @Header('Access-Control-Allow-Origin', 'https://mine.example.com') own() {
    return {};
  }
}

@Controller('open')
@Cors({ origin: '*', exposedHeaders: '*', timingAllowOrigin: true })
class OpenController {
  @Get('vary') @Header('Vary', 'Accept') vary() {
    return {};
  }
}

@Module({
  imports: [CorsModule.forRoot({ origin: APP })],
  controllers: [AnswersController, OffController, OpenController],
})
class AppModule implements NestModule {
  configure(consumer: MiddlewareConsumer) {
    consumer
      .apply((_: IncomingMessage, response: ServerResponse) => {
        response.writeHead(418, { 'content-type': 'text/plain' }).end('teapot');
      })
      .forRoutes('ended-by-middleware')
      .apply(() => {
        throw new ForbiddenException('middleware');
      })
      .forRoutes('refused-by-middleware')
      .apply((request: IncomingMessage, _: ServerResponse, next: (error?: unknown) => void) => {
        next(request.url?.includes('fail') ? new Error('middleware') : undefined);
      })
      .forRoutes('answers/json');
  }
}

const allowed = (origin: string) => ({
  'access-control-allow-origin': origin,
  ...(origin === PARTNER && { 'access-control-expose-headers': 'x-total' }),
  vary: 'Origin',
});

describe.each(WAYS)('every answer of $platform, $way', ({ platform, way }) => {
  let app: INestApplication;
  let port: number;

  beforeAll(async () => {
    ({ app, port } = await startWay({ platform, way }, AppModule));
  });
  afterAll(() => app.close());

  const json = { 'content-type': 'application/json' };
  it.each<[string, string, string, number, string, object?, string?]>([
    ['JSON', 'GET', '/answers/json', 200, PARTNER],
    ['nothing', 'GET', '/answers/empty', 200, PARTNER],
    ['a file', 'GET', '/answers/file', 200, PARTNER],
    ['server-sent events', 'GET', '/answers/sse', 200, PARTNER],
    ['HEAD of a GET', 'HEAD', '/answers/json', 200, PARTNER],
    ['HEAD of its own', 'HEAD', '/answers/head', 200, PARTNER],
    ['304', 'GET', '/answers/not-modified', 304, PARTNER],
    ['@Res()', 'GET', '/answers/res', 200, PARTNER],
    ['@Res() with passthrough', 'GET', '/answers/passthrough', 200, PARTNER],
    ['raw writeHead(status, headers)', 'GET', '/answers/raw-head', 200, PARTNER],
    ['raw writeHead(status, reason, headers)', 'GET', '/answers/raw-reason', 200, PARTNER],
    ['raw writeHead(status, list)', 'GET', '/answers/raw-list', 200, PARTNER],
    ['raw writeHead(status, pairs)', 'GET', '/answers/raw-pairs', 200, PARTNER],
    ['raw end', 'GET', '/answers/raw-end', 200, PARTNER],
    ['own CORS headers of a handler', 'GET', '/answers/own', 200, PARTNER],
    ['401 of a guard', 'GET', '/answers/unauthorized', 401, PARTNER],
    ['403 of a guard', 'GET', '/answers/forbidden', 403, PARTNER],
    ['403 of an interceptor', 'GET', '/answers/intercepted', 403, PARTNER],
    ['400 of a pipe', 'GET', '/answers/pipe/x', 400, PARTNER],
    ['400 of a handler', 'GET', '/answers/throws', 400, PARTNER],
    ['500 of a handler', 'GET', '/answers/crashes', 500, PARTNER],
    ['a filter that clears headers', 'GET', '/answers/cleared', 404, PARTNER],
    ['malformed JSON', 'POST', '/answers/body', 400, PARTNER, json, '{'],
    ['a body too large', 'POST', '/answers/body', 413, PARTNER, json, `"${'x'.repeat(2 << 20)}"`],
    ['a middleware fails on a decorated route', 'GET', '/answers/json?fail', 500, PARTNER],
    ['a middleware ends the response', 'GET', '/ended-by-middleware', 418, APP],
    ['a middleware throws', 'GET', '/refused-by-middleware', 403, APP],
    ['404', 'GET', '/nowhere', 404, APP],
    ['404 below a decorated controller', 'GET', '/answers/nowhere', 404, APP],
    ['no such method', 'DELETE', '/answers/json', 404, APP],
  ])('%s', async (...row) => {
    const [, method, path, status, origin, headers, body] = row;
    const answer = async (from: string) => {
      const sent = await send(port, method, path, { ...headers, origin: from }, body, {
        headOnly: path.endsWith('/sse'),
      });
      return [sent.status, sent.cors];
    };
    expect(await answer(origin)).toEqual([status, allowed(origin)]);
    expect(await answer(EVIL)).toEqual([status, { vary: 'Origin' }]);
  });

  it('a malformed URL', async () => {
    const answer = async (origin: string) => {
      const { status, cors } = await send(port, 'GET', '/answers/pipe/%E0%A4%A', { origin });
      return [status, cors];
    };
    // Before 5.7, Fastify reads `frameworkErrors` once, when it is created (docs/adr/0006).
    const { version } = app.getHttpAdapter().getInstance() as { version?: string };
    const isReached = platform === 'express' || !/^5\.[0-6]\./.test(version ?? '');
    expect([await answer(APP), await answer(EVIL)]).toEqual([
      [400, isReached ? allowed(APP) : {}],
      [400, isReached ? { vary: 'Origin' } : {}],
    ]);
  });

  it.each([
    ['decorator', 'Accept-Language, Origin'],
    ['header', 'Accept, origin'],
    ['set', 'Accept, Cookie, Origin'],
    ['both', 'Cookie, Accept, Origin'],
    ['list', 'Accept, Origin'],
    ['shared', 'Accept, Origin'],
    ['all', '*'],
  ])('Vary set by the handler (%s) is merged: %s', async (path, vary) => {
    const answers = [];
    for (const origin of [PARTNER, EVIL, undefined]) {
      const { cors } = await send(port, 'GET', `/answers/vary/${path}`, origin ? { origin } : {});
      answers.push(cors);
    }
    expect(answers).toEqual([{ ...allowed(PARTNER), vary }, { vary }, { vary }]);
  });

  it('a redirect', async () => {
    // Express negotiates the body of a redirect, and says so.
    const vary = platform === 'express' ? 'Accept, Origin' : 'Origin';
    const answers = [];
    for (const origin of [PARTNER, EVIL]) {
      const { status, cors } = await send(port, 'GET', '/answers/redirect', { origin });
      answers.push([status, cors]);
    }
    expect(answers).toEqual([
      [302, { ...allowed(PARTNER), vary }],
      [302, { vary }],
    ]);
  });

  it('any origin: the same headers on every response, and Vary is unchanged', async () => {
    const open = {
      'access-control-allow-origin': '*',
      'access-control-expose-headers': '*',
      'timing-allow-origin': '*',
      vary: 'Accept',
    };
    const answers = [];
    for (const origin of [EVIL, 'null', 'garbage', undefined]) {
      const { cors } = await send(port, 'GET', '/open/vary', origin ? { origin } : {});
      answers.push(cors);
    }
    expect(answers).toEqual([open, open, open, open]);
  });

  it('@Cors(false) keeps the headers that the handler sets', async () => {
    const { cors } = await send(port, 'GET', '/off/own', { origin: EVIL });
    expect(cors).toEqual({ 'access-control-allow-origin': 'https://mine.example.com' });
  });
});

import { createServer } from 'node:http';
import { UseInterceptors } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Cors, CorsModule } from 'nestjs-cors';
import { OUR_PREFLIGHT } from '../work/answers.mjs';
import { ORIGIN, POLICY, POLICY_WITH_METHODS } from '../work/policy.mjs';
import { application } from './application.mjs';

/** No CORS at all. */
export const none = (platform) => start(platform, application());

/** This library. */
export const ours = (platform) =>
  start(
    platform,
    application({
      imports: [CorsModule.forRoot(POLICY)],
      onReport: [Cors({ exposedHeaders: ['x-report-count'] })],
    }),
  );

/** This library with a RegExp for the origins, or with `paths`: `{ regexp, paths }` as JSON. */
export const oursWith = (platform, json) => {
  const { regexp, paths = {} } = JSON.parse(json);
  const origin = regexp === undefined ? POLICY : { origin: new RegExp(regexp) };
  return start(platform, application({ imports: [CorsModule.forRoot({ ...origin, paths })] }));
};

/**
 * The limit: the same response to every request, with nothing decided, in a process that has loaded
 * and started what the others have. A bare process is some percent faster, whatever it answers.
 * The response is that of our preflight, or another, as JSON.
 */
export async function constant(platform, json = JSON.stringify(OUR_PREFLIGHT)) {
  const app = await create(platform, application());
  await app.init();
  const { status, headers } = JSON.parse(json);
  const lines = Object.entries(headers).flat();
  const server = createServer((_request, response) => response.writeHead(status, lines).end());
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server.address().port;
}

/** Nest's own. */
export const enableCors = (platform) =>
  start(platform, application(), (app) => app.enableCors(POLICY_WITH_METHODS));

/** What an application without this library does for one route: a hook, and an interceptor. */
export function interceptor(platform) {
  class ExposeInterceptor {
    intercept(context, next) {
      const reply = context.switchToHttp().getResponse();
      reply.header('Access-Control-Expose-Headers', 'x-report-count');
      return next.handle();
    }
  }
  const module = application({ onReport: [UseInterceptors(ExposeInterceptor)] });
  return start(platform, module, (app) => {
    app.getHttpAdapter().setOnRequestHook((request, reply, done) => {
      reply.header('Vary', 'Origin');
      if (request.headers.origin === ORIGIN) {
        reply.header('Access-Control-Allow-Origin', ORIGIN);
        reply.header('Access-Control-Allow-Credentials', 'true');
      }
      done();
    });
  });
}

async function start(platform, module, configure) {
  const app = await create(platform, module);
  configure?.(app);
  await app.listen(0, '127.0.0.1');
  return app.getHttpServer().address().port;
}

function create(platform, module) {
  const adapter = platform === 'Express' ? new ExpressAdapter() : new FastifyAdapter();
  return NestFactory.create(module, adapter, { logger: quiet, abortOnError: false });
}

/** Unlike `false`, it takes what is logged: a production logger, without the terminal. */
const quiet = { log() {}, warn() {}, error() {}, debug() {}, verbose() {}, fatal() {} };

import { UseInterceptors } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Cors, CorsModule } from 'nestjs-cors';
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
  const adapter = platform === 'express' ? new ExpressAdapter() : new FastifyAdapter();
  const app = await NestFactory.create(module, adapter, { logger: false });
  configure?.(app);
  await app.listen(0, '127.0.0.1');
  return app.getHttpServer().address().port;
}

import { EventEmitter, once } from 'node:events';
import { Agent, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import {
  Controller,
  Get,
  Injectable,
  Module,
  Put,
  Version,
  VERSION_NEUTRAL,
  VersioningType,
  type MiddlewareConsumer,
  type NestMiddleware,
  type NestModule,
} from '@nestjs/common';
import { Cors, CorsModule, CorsService, type CorsOptions } from 'nestjs-cors';
import { PLATFORMS, startApp } from '../support/platforms.js';
import { send, type Answer } from '../support/send.js';

const PAGE = 'https://app.example.com';
const CONNECTIONS = 200;
/** A hundred updates a second. */
const UPDATE_EVERY_MS = 10;
/** How many requests each connection sends. `CORS_UPDATE_REQUESTS=1000` for a long run. */
const REQUESTS = Number(process.env['CORS_UPDATE_REQUESTS'] ?? 12);
const DEADLINE_MS = 60_000 + REQUESTS * 1000;

/** Never shorter than that of a handler: what no controller serves is announced beside it. */
const maxAgeOf = (number: number) => 7 + (number % 3600);

/** A policy that shows its number in every header. Every third one takes a while to decide. */
const policyOf = (number: number): CorsOptions => ({
  origin: number % 3 === 0 ? (origin) => pause(1, origin === PAGE) : [PAGE],
  credentials: number % 2 === 0,
  exposedHeaders: [`x-policy-${number}`],
  allowedHeaders: [`x-policy-${number}`],
  methods: ['GET', `POLICY-${number}`],
  maxAge: maxAgeOf(number),
});

const onAnyAnswer = (number: number) => ({
  'access-control-allow-origin': PAGE,
  vary: 'Origin',
  ...(number % 2 === 0 && { 'access-control-allow-credentials': 'true' }),
});

const answerOf = (number: number) => ({
  ...onAnyAnswer(number),
  'access-control-expose-headers': `x-policy-${number}`,
});

const slowAnswerOf = (number: number) => ({ ...answerOf(number), 'timing-allow-origin': PAGE });

/** A function may decide by method: of the list, the requested one alone is announced. */
const methodsOf = (number: number, requested: string) => {
  if (number % 3 !== 0) return { 'access-control-allow-methods': `GET, POLICY-${number}` };
  return requested === 'GET' ? { 'access-control-allow-methods': 'GET' } : {};
};

const preflightAnswerOf = (number: number, requested = 'GET', maxAge = maxAgeOf(number)) => ({
  ...onAnyAnswer(number),
  ...methodsOf(number, requested),
  'access-control-allow-headers': `x-policy-${number}`,
  'access-control-max-age': String(maxAge),
});

/** The one policy that every header speaks of, or what else they say. */
function policyOfAnswer(
  { status, cors }: Answer,
  expectedStatus: number,
  expected: (number: number) => object,
): number | string {
  const number = Number(/x-policy-(\d+)/.exec(JSON.stringify(cors))?.[1]);
  return status === expectedStatus && isDeepStrictEqual(cors, expected(number))
    ? number
    : `${status} ${JSON.stringify(cors)}`;
}

/** Which policy holds, as the application knows it. */
class Updates extends EventEmitter {
  current = 1;
}

/** Lets a request on only when another policy holds than when it came. */
@Injectable()
class Delay implements NestMiddleware {
  constructor(private readonly updates: Updates) {}

  async use(_: unknown, response: ServerResponse, next: () => void): Promise<void> {
    response.setHeader('x-began', String(this.updates.current));
    await once(this.updates, 'update');
    next();
  }
}

@Controller('orders')
class OrdersController {
  @Get()
  list(): string {
    return 'orders';
  }

  @Put(':id')
  @Cors({ maxAge: 7 })
  update(): string {
    return 'updated';
  }

  /** The provisional decision for the next one, before routing. */
  @Get('slow')
  @Version('1')
  @Cors({ credentials: false })
  first(): string {
    return 'first';
  }

  @Get('slow')
  @Version('2')
  @Cors({ timingAllowOrigin: true })
  second(): string {
    return 'second';
  }
}

@Module({
  imports: [CorsModule.forRoot(policyOf(1))],
  controllers: [OrdersController],
  providers: [{ provide: Updates, useFactory: () => new Updates().setMaxListeners(0) }],
})
class UpdatedModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(Delay).forRoutes('orders/slow');
  }
}

describe.each(PLATFORMS)('100 updates a second under load on $platform', ({ platform }) => {
  it(
    'give each request one policy, the one it began with',
    async () => {
      const { app, port } = await startApp(platform, UpdatedModule, {
        configure: (created) =>
          created.enableVersioning({
            type: VersioningType.HEADER,
            header: 'x-version',
            defaultVersion: VERSION_NEUTRAL,
          }),
      });
      const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
      const cors = app.get(CorsService);
      const updates = app.get(Updates);
      const ask = (method: string, path: string, headers = {}) =>
        send(port, method, path, { origin: PAGE, ...headers }, undefined, { agent });
      const askFirst = (method: string, path: string) =>
        ask('OPTIONS', path, { 'access-control-request-method': method });

      const seen: (number | string)[] = [];
      const connection = async () => {
        for (let round = 0; round < REQUESTS / 4; round += 1) {
          seen.push(policyOfAnswer(await ask('GET', '/orders'), 200, answerOf));
          seen.push(
            policyOfAnswer(await askFirst('GET', '/orders'), 204, (number) =>
              preflightAnswerOf(number),
            ),
          );
          const update = await askFirst('PUT', '/orders/1');
          seen.push(policyOfAnswer(update, 204, (number) => preflightAnswerOf(number, 'PUT', 7)));
          const slow = await ask('GET', '/orders/slow', { 'x-version': '2' });
          const began = Number(new Map(slow.lines).get('x-began'));
          const held = policyOfAnswer(slow, 200, slowAnswerOf);
          seen.push(Number(held) > began ? `${held}, although it began with ${began}` : held);
        }
      };

      // A timer alone would wait until a burst of requests is over.
      let due = performance.now();
      const failures: unknown[] = [];
      const update = () => {
        if (performance.now() < due) return;
        due += UPDATE_EVERY_MS;
        cors.update(policyOf(updates.current + 1)).then(
          () => {
            updates.current += 1;
            updates.emit('update');
          },
          (error: unknown) => failures.push(error),
        );
      };
      app.getHttpServer().on('request', update);
      const timer = setInterval(update, UPDATE_EVERY_MS);
      try {
        await Promise.all(Array.from({ length: CONNECTIONS }, connection));
      } finally {
        clearInterval(timer);
        agent.destroy();
        await app.close();
      }

      expect(failures).toEqual([]);
      expect(seen.filter((answer) => typeof answer === 'string')).toEqual([]);
      expect(seen).toHaveLength(CONNECTIONS * REQUESTS);
      expect(new Set(seen).size).toBeGreaterThan(REQUESTS / 4);
    },
    DEADLINE_MS,
  );
});

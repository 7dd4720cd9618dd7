import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  All,
  Controller,
  Get,
  Module,
  Options,
  Put,
  Res,
  type INestApplication,
} from '@nestjs/common';
import { Cors, type CorsDecisionEvent, CorsModule, CorsService } from 'nestjs-cors';
import { collectingLogger } from '../support/collecting-logger.js';
import { preflight, send } from '../support/send.js';
import { startWay, WAYS } from '../support/ways.js';

const APP = 'https://app.example.com';
const PARTNER = 'https://partner.example.net';

/** What an upstream with CORS of its own says, whoever asks. */
const UPSTREAM = {
  'access-control-allow-origin': PARTNER,
  'access-control-allow-methods': 'PUT',
  'access-control-expose-headers': 'x-upstream',
  vary: 'Accept-Language',
};

interface Reply {
  header(name: string, value: string): unknown;
  status(code: number): { send(body: string): unknown };
}

function relay(reply: Reply, status = 200): void {
  for (const [name, value] of Object.entries(UPSTREAM)) reply.header(name, value);
  reply.status(status).send('');
}

@Controller('proxy')
@Cors({ passThrough: true })
class ProxyController {
  @All('all/:id') all(@Res() reply: Reply) {
    relay(reply);
  }
  @Put('put') put(@Res() reply: Reply) {
    relay(reply);
  }
  // The policy of what responds does not matter: the preflight asks about `put`.
  @Options('put') @Cors() options(@Res() reply: Reply) {
    relay(reply, 204);
  }
  @Put('middleware') middleware() {
    return {};
  }
  @Get('own') @Cors({ maxAge: 5 }) own() {
    return {};
  }
}

@Module({
  imports: [CorsModule.forRoot({ origin: APP, diagnostics: true, rejectDisallowed: true })],
  controllers: [ProxyController],
})
class AppModule {}

function answerPreflights(
  request: IncomingMessage & { originalUrl?: string },
  response: ServerResponse,
  next: () => void,
): void {
  const isAsked = request.method === 'OPTIONS' && request.url?.includes('middleware') === true;
  if (isAsked) response.writeHead(204, UPSTREAM).end();
  else next();
}

describe.each(WAYS)(
  'a controller that passes CORS through on $platform, $way',
  ({ platform, way }) => {
    let app: INestApplication;
    let port: number;
    const warnings: string[] = [];
    let atBoot: readonly string[] = [];
    const events: CorsDecisionEvent[] = [];
    const onEvent = (event: unknown) => void events.push(event as CorsDecisionEvent);

    beforeAll(async () => {
      ({ app, port } = await startWay({ platform, way }, AppModule, {
        logger: collectingLogger('warn', warnings),
        configure: (created) => created.use(answerPreflights),
      }));
      atBoot = [...warnings];
    });
    beforeEach(() => {
      events.length = 0;
      warnings.length = 0;
      subscribe('nestjs-cors:decision', onEvent);
    });
    afterEach(() => unsubscribe('nestjs-cors:decision', onEvent));
    afterAll(() => app.close());

    it.each([
      ['all/1', 'a handler for all methods', 200],
      ['put', 'its OPTIONS handler', 204],
      ['middleware', 'a middleware', 204],
    ])(
      'the preflight for %s reaches %s, whose headers stay as they are',
      async (path, _, status) => {
        for (const origin of [APP, PARTNER]) {
          const answer = await preflight(port, `/proxy/${path}`, origin, 'PUT');
          expect([answer.status, answer.cors]).toEqual([status, UPSTREAM]);
        }
        expect(
          events.map(({ outcome, policy, preflight: isPreflight }) => [
            outcome,
            policy,
            isPreflight,
          ]),
        ).toEqual([APP, PARTNER].map(() => ['passed-through', 'pass-through', false]));
      },
    );

    it.each([APP, PARTNER, undefined])(
      'the response to %s keeps the headers it is given',
      async (origin) => {
        const answer = await send(
          port,
          'PUT',
          '/proxy/put',
          origin === undefined ? {} : { origin },
        );
        expect([answer.status, answer.cors]).toEqual([200, UPSTREAM]);
        expect(warnings).toEqual([]);
      },
    );

    it('a nearer @Cors() starts again from the global policy', async () => {
      const [yes, no] = [
        await preflight(port, '/proxy/own', APP, 'GET'),
        await preflight(port, '/proxy/own', PARTNER, 'GET'),
      ];
      expect([yes.cors, no.status, no.cors]).toEqual([
        {
          'access-control-allow-origin': APP,
          'access-control-allow-methods': 'GET',
          'access-control-max-age': '5',
          vary: 'Origin',
        },
        403,
        { vary: 'Origin' },
      ]);
    });

    it('says where a response without headers leaves the page', async () => {
      await send(port, 'PUT', '/proxy/middleware', { origin: APP });
      expect(warnings).toEqual([
        'PUT /proxy/middleware (ProxyController.middleware) from https://app.example.com: `@Cors({ passThrough: true })` leaves CORS to whatever responds there. Make that send the headers and answer preflights, or write a policy in `@Cors()`.',
      ]);
    });

    it('the boot says that nothing is checked there, and names the handlers', () => {
      expect(atBoot).toEqual([
        'CORS passes through ProxyController.all, ProxyController.put, ProxyController.middleware: no origin is checked there, and no header written. Preflights reach your own handlers and middleware, which must answer them.',
      ]);
    });

    it('routes(), their table and explain() say so', async () => {
      const cors = app.get(CorsService);
      const explained = await cors.explain({ origin: APP, method: 'PUT', url: '/proxy/put' });
      expect({
        routes: cors
          .routes()
          .filter(({ path }) => path === '/proxy/put')
          .map(({ policy }) => (policy === 'pass-through' ? policy : 'a policy')),
        table: cors
          .describeRoutes()
          .split('\n')
          .filter((line) => /PUT +\/proxy\/put/.test(line)),
        explained: [explained.policy, explained.outcome],
      }).toEqual({
        routes: ['pass-through', 'a policy'],
        table: [expect.stringMatching(/ProxyController\.put +CORS passes through +- +-$/)],
        explained: ['pass-through', 'passed-through'],
      });
    });
  },
);

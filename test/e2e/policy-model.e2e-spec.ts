import {
  All,
  Controller,
  Get,
  Injectable,
  Module,
  Post,
  Put,
  Version,
  VersioningType,
} from '@nestjs/common';
import { Cors, CorsModule, CorsService } from 'nestjs-cors';
import { PolicyModel } from '../../lib/policy-file/policy-model.js';
import { readPolicyFile } from '../../lib/policy-file/read-policy-file.js';
import { policyFile } from '../support/policy-files.js';
import { answerOf, expectedOf } from '../support/model-answers.js';
import { PLATFORMS, startApp } from '../support/platforms.js';
import { send } from '../support/send.js';

@Injectable()
class TenantOrigins {
  isAllowed() {
    return true;
  }
}

@Controller('orders')
@Cors({ origin: ['https://*.example.com', /^https:\/\/[a-z]+\.example\.org$/], maxAge: 60 })
class OrdersController {
  @Get() list() {}
  @Put(':id') @Cors({ allowedHeaders: ['X-Id'], exposedHeaders: ['ETag'] }) update() {}
  @Post() @Cors(false) create() {}
  @All('any') @Cors({ methods: '*', timingAllowOrigin: true }) any() {}
  @Get('open') @Cors({ origin: '*', credentials: false }) open() {}
  @Get('closed') @Cors({ origin: false }) closed() {}
  @Get('own') @Cors({ passThrough: true }) own() {}
}

@Controller('tenants')
class TenantsController {
  @Get('class') @Cors({ origin: TenantOrigins }) byClass() {}
  @Get('function') @Cors({ origin: () => true }) byFunction() {}
  @Get('versions') @Version('1') @Cors({ origin: 'https://one.example' }) one() {}
  @Get('versions') @Version('2') @Cors({ origin: 'https://two.example' }) two() {}
  @Get('same') @Version('1') sameOne() {}
  @Get('same') @Version('2') sameTwo() {}
}

@Controller({ path: 'hosted', host: ':tenant.example.net' })
class HostedController {
  @Get() @Cors({ origin: 'https://hosted.example' }) list() {}
}

@Module({
  imports: [
    CorsModule.forRoot({
      origin: 'https://app.example.com',
      credentials: true,
      paths: {
        '/files/*': { origin: '*', credentials: false },
        '/legacy/*': false,
        '/off': { origin: false },
      },
    }),
  ],
  controllers: [OrdersController, TenantsController, HostedController],
  providers: [TenantOrigins],
})
class AppModule {}

const ORIGINS = [
  'https://app.example.com',
  'https://a.b.example.com',
  'https://shop.example.org',
  'https://hosted.example',
  'https://evil.example',
  'http://app.example.com',
  'null',
  'https://APP.example.com',
];
const REQUESTS = [
  ['GET', '/orders', 'localhost'],
  ['PUT', '/orders/7', 'localhost'],
  ['PUT', '/orders/7?q=1', 'localhost'],
  ['PATCH', '/orders/7', 'localhost'],
  ['POST', '/orders', 'localhost'],
  ['DELETE', '/orders/any', 'localhost'],
  ['GET', '/orders/open', 'localhost'],
  ['HEAD', '/orders/open', 'localhost'],
  ['GET', '/orders/closed', 'localhost'],
  ['GET', '/tenants/same', 'localhost'],
  ['GET', '/files/a.png', 'localhost'],
  ['GET', '/off', 'localhost'],
  ['GET', '/nowhere', 'localhost'],
  ['GET', '/hosted', 'a.example.net:80'],
  ['GET', '/hosted', 'localhost'],
] as const;

describe.each(PLATFORMS)('the file of an application, on $platform', ({ platform }) => {
  it('answers each request as the application does, header by header', async () => {
    const { app, port } = await startApp(platform, AppModule, {
      configure: (created) =>
        created.enableVersioning({ type: VersioningType.HEADER, header: 'x-version' }),
    });
    try {
      const text = JSON.stringify(app.get(CorsService).policy());
      const model = await PolicyModel.of(readPolicyFile(text, 'the file'));
      const differences: unknown[] = [];
      for (const [method, target, host] of REQUESTS) {
        for (const origin of ORIGINS) {
          for (const names of [undefined, 'content-type,x-id']) {
            const asked = { method, target, host, origin };
            const before = await send(port, 'OPTIONS', target, {
              host,
              origin,
              'access-control-request-method': method,
              ...(names !== undefined && { 'access-control-request-headers': names }),
            });
            const actual = await send(port, method, target, { host, origin });
            const found = [answerOf(before, true), answerOf(actual, false)];
            const expected = [
              expectedOf(
                model.preflight({
                  ...asked,
                  ...(names !== undefined && { requestHeaders: names }),
                }),
              ),
              expectedOf(model.response(asked)),
            ];
            if (JSON.stringify(sorted(found)) !== JSON.stringify(sorted(expected))) {
              differences.push({ method, target, host, origin, found, expected });
            }
          }
        }
      }
      expect(differences).toEqual([]);
      const at = (target: string) => {
        const asked = { method: 'GET', target, host: 'localhost', origin: 'https://one.example' };
        return [model.preflight(asked), model.response(asked)].map((answer) =>
          answer.kind === 'at run time' ? `${answer.kind}: ${answer.by}` : answer.kind,
        );
      };
      expect({
        own: at('/orders/own'),
        legacy: at('/legacy/a'),
        byClass: at('/tenants/class'),
        byFunction: at('/tenants/function'),
        versions: at('/tenants/versions'),
      }).toEqual({
        own: ['left to the application', 'left to the application'],
        // Preflights go to whatever is there; no policy adds headers.
        legacy: ['left to the application', 'decided'],
        byClass: ['at run time: TenantOrigins', 'at run time: TenantOrigins'],
        byFunction: Array.from(
          { length: 2 },
          () => 'at run time: the function in @Cors() on TenantsController.byFunction',
        ),
        // A preflight allows what any version allows.
        versions: ['decided', 'by version'],
      });
    } finally {
      await app.close();
    }
  });
});

function sorted(answers: readonly ReturnType<typeof expectedOf>[]): unknown {
  return answers.map((answer) =>
    typeof answer === 'string'
      ? answer
      : {
          ...answer,
          cors: Object.entries(answer.cors).toSorted(([one], [other]) => (one < other ? -1 : 1)),
        },
  );
}

it('a file of an application without HTTP has no answers', async () => {
  await expect(PolicyModel.of(policyFile({ rest: { platform: null } }))).rejects.toThrow(
    'Expected `platform` to be `express` or `fastify`, got `null`',
  );
});

import {
  Controller,
  Get,
  Inject,
  Injectable,
  Module,
  Post,
  Scope,
  type DynamicModule,
  type INestApplication,
  type Provider,
} from '@nestjs/common';
import {
  Cors,
  CorsConfigError,
  CorsModule,
  CorsService,
  type CorsOriginResolver,
  type CorsRequest,
} from 'nestjs-cors';
import { collectingLogger } from '../support/collecting-logger.js';
import { PLATFORMS, startApp } from '../support/platforms.js';
import { preflight, send } from '../support/send.js';

const ACME = 'https://app.acme.example';
const GLOBEX = 'https://app.globex.example';

/** Stands for a database: what each tenant trusts, and who asked. */
@Injectable()
class Tenants {
  readonly asked: string[] = [];
  readonly trusts = new Map([
    ['acme.test', [ACME]],
    ['globex.test', [GLOBEX]],
  ]);
  look(tenant: string, origin: string): boolean {
    this.asked.push(`${tenant} ${origin}`);
    return this.trusts.get(tenant)?.includes(origin) ?? false;
  }
}

@Injectable()
class TenantOrigins implements CorsOriginResolver {
  constructor(@Inject(Tenants) private readonly tenants: Tenants) {}
  scope({ hostname }: CorsRequest): string {
    return hostname;
  }
  async isAllowed(origin: string, tenant: string): Promise<boolean> {
    await Promise.resolve();
    return this.tenants.look(tenant, origin);
  }
}

const answers: Record<string, () => unknown> = {
  throws: () => {
    throw new Error('the database is away');
  },
  rejects: () => Promise.reject(new Error('the database is away')),
  never: () => new Promise(() => undefined),
  string: () => 'true',
  nothing: () => undefined,
};

@Injectable()
class FailingOrigins implements CorsOriginResolver {
  scope({ url }: CorsRequest): string {
    return url.slice('/failing/'.length);
  }
  isAllowed(_: string, how: string): boolean {
    return answers[how]?.() as boolean;
  }
}

/** Neither global nor exported: where a class is provided does not matter. */
@Module({ providers: [Tenants, TenantOrigins, FailingOrigins] })
class TenantsModule {}

@Controller()
class AppController {
  @Get('orders') list() {
    return {};
  }
  @Post('orders') create() {
    return {};
  }
  @Get('partner') @Cors('partner') partner() {
    return {};
  }
  @Get('failing/:how') @Cors({ origin: FailingOrigins }) failing() {
    return {};
  }
}

const MODULE: DynamicModule = {
  module: class AppModule {},
  imports: [
    CorsModule.forRoot({
      origin: TenantOrigins,
      credentials: true,
      policies: { partner: { origin: TenantOrigins, credentials: false } },
      resolver: { timeout: 50 },
    }),
    TenantsModule,
  ],
  controllers: [AppController],
};

const allowed = (origin: string) => ({
  'access-control-allow-origin': origin,
  'access-control-allow-credentials': 'true',
  vary: 'Origin',
});
const NOBODY = { vary: 'Origin' };

describe.each(PLATFORMS)('resolver classes on $platform', ({ platform }) => {
  let app: INestApplication;
  let port: number;
  let tenants: Tenants;
  const errors: string[] = [];

  beforeEach(async () => {
    errors.splice(0);
    ({ app, port } = await startApp(platform, MODULE, {
      logger: collectingLogger('error', errors),
    }));
    tenants = app.get(Tenants, { strict: false });
  });
  afterEach(() => app.close());

  it('two tenants on two host names never see each other’s answers', async () => {
    const seen: unknown[] = [];
    // Twice: from the database, then remembered.
    for (let round = 0; round < 2; round += 1) {
      for (const host of ['acme.test', 'globex.test']) {
        for (const origin of [ACME, GLOBEX]) {
          const actual = await send(port, 'GET', '/orders', { host, origin });
          const before = await send(port, 'OPTIONS', '/orders', {
            host,
            origin,
            'access-control-request-method': 'POST',
          });
          seen.push([host, origin, actual.cors, before.status, 'vary' in before.cors]);
        }
      }
    }
    const round = [
      ['acme.test', ACME, allowed(ACME), 204, true],
      ['acme.test', GLOBEX, NOBODY, 403, true],
      ['globex.test', ACME, NOBODY, 403, true],
      ['globex.test', GLOBEX, allowed(GLOBEX), 204, true],
    ];
    expect(seen).toEqual([...round, ...round]);
    expect(tenants.asked).toEqual([
      `acme.test ${ACME}`,
      `acme.test ${GLOBEX}`,
      `globex.test ${ACME}`,
      `globex.test ${GLOBEX}`,
    ]);
  });

  it('is called once, whatever the number of policies and requests', async () => {
    const headers = { host: 'acme.test', origin: ACME };
    const sent = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        send(port, 'GET', index % 2 === 0 ? '/orders' : '/partner', headers),
      ),
    );
    expect(new Set(sent.map(({ cors }) => cors['access-control-allow-origin']))).toEqual(
      new Set([ACME]),
    );
    expect(tenants.asked).toEqual([`acme.test ${ACME}`]);
  });

  it('is never called with a value that is not an origin, or too long', async () => {
    for (const origin of [`https://${'a'.repeat(12_000)}.example`, 'null/', 'acme']) {
      const answer = await send(port, 'GET', '/orders', { host: 'acme.test', origin });
      expect([answer.status, answer.cors]).toEqual([200, NOBODY]);
    }
    expect(tenants.asked).toEqual([]);
  });

  it('is called again after forget()', async () => {
    const cors = app.get(CorsService);
    const ask = async () =>
      'access-control-allow-origin' in
      (await send(port, 'GET', '/orders', { host: 'acme.test', origin: GLOBEX })).cors;
    expect(await ask()).toBe(false);
    tenants.trusts.set('acme.test', [ACME, GLOBEX]);
    const seen: boolean[] = [await ask()];
    cors.forget('partner', 'globex.test');
    seen.push(await ask());
    cors.forget('partner', 'acme.test');
    seen.push(await ask());
    tenants.trusts.set('acme.test', []);
    cors.forget(TenantOrigins);
    seen.push(await ask());
    tenants.trusts.set('acme.test', [GLOBEX]);
    cors.forget();
    seen.push(await ask());
    expect(seen).toEqual([false, false, true, false, true]);
    expect(() => cors.forget('partnr')).toThrow(
      'Expected the name of a policy, got `partnr`. The names are `partner`.',
    );
  });

  it.each<[how: string, problem: string]>([
    ['throws', 'it threw "the database is away"'],
    ['rejects', 'it threw "the database is away"'],
    ['never', 'it gave no answer within 50 ms'],
    ['string', 'it did not return a boolean but string'],
    ['nothing', 'it did not return a boolean but undefined'],
  ])('a class that %s means no, and one line', async (how, problem) => {
    for (let round = 0; round < 2; round += 1) {
      const answer = await send(port, 'GET', `/failing/${how}`, { origin: ACME });
      const before = await preflight(port, `/failing/${how}`, ACME, 'GET');
      expect([answer.status, answer.cors, before.status, before.cors]).toEqual([
        200,
        NOBODY,
        403,
        NOBODY,
      ]);
    }
    expect(errors).toEqual([
      `FailingOrigins was asked about "${ACME}", and ${problem}. The origin is treated as not allowed; return true or false.`,
    ]);
  });

  it('explains the answer of a class', async () => {
    const explained = await app
      .get(CorsService)
      .explain({ origin: ACME, url: 'http://acme.test/orders' });
    expect([explained.outcome, explained.verdict]).toEqual(['allowed', 'allowed']);
  });
});

class Undecorated {
  isAllowed() {
    return true;
  }
}
@Injectable()
class Unprovided {
  isAllowed() {
    return true;
  }
}
@Injectable({ scope: Scope.REQUEST })
class PerRequest {
  isAllowed() {
    return true;
  }
}
@Injectable({ scope: Scope.TRANSIENT })
class Transient {
  isAllowed() {
    return true;
  }
}
@Injectable()
class DependsOnRequest {
  constructor(@Inject(PerRequest) readonly request: PerRequest) {}
  isAllowed() {
    return true;
  }
}
@Injectable()
class WithoutMethod {}
@Injectable()
class Generator {
  *isAllowed() {
    yield true;
  }
}
@Injectable()
class ScopeGenerator {
  isAllowed() {
    return true;
  }
  async *scope() {}
}

describe.each(PLATFORMS)('refused at boot on $platform', ({ platform }) => {
  it.each<[name: string, origin: never, providers: Provider[], issues: string[]]>([
    [
      'undecorated',
      Undecorated as never,
      [Undecorated],
      ['forRoot().origin resolver-not-injectable'],
    ],
    ['not provided', Unprovided as never, [], ['forRoot().origin resolver-not-provided']],
    ['per request', PerRequest as never, [PerRequest], ['forRoot().origin resolver-not-singleton']],
    ['transient', Transient as never, [Transient], ['forRoot().origin resolver-not-singleton']],
    [
      'depending on what is per request',
      DependsOnRequest as never,
      [DependsOnRequest, PerRequest],
      ['origin: DependsOnRequest resolver-not-singleton'],
    ],
    [
      'without isAllowed',
      WithoutMethod as never,
      [WithoutMethod],
      ['origin: WithoutMethod resolver-without-is-allowed'],
    ],
    [
      'with a generator as isAllowed',
      Generator as never,
      [Generator],
      ['origin: Generator resolver-without-is-allowed'],
    ],
    [
      'with a generator as scope',
      ScopeGenerator as never,
      [ScopeGenerator],
      ['origin: ScopeGenerator resolver-without-is-allowed'],
    ],
  ])('a class %s', async (_, origin, providers, issues) => {
    const module: DynamicModule = {
      module: class AppModule {},
      imports: [CorsModule.forRoot({ origin })],
      providers,
    };
    const refused = await startApp(platform, module).then(
      ({ app }) => app.close(),
      (error: unknown) => error,
    );
    expect(
      refused instanceof CorsConfigError &&
        refused.issues.map(({ path, reason }) => `${path} ${reason}`),
    ).toEqual(issues);
  });
});

import {
  Controller,
  Delete,
  Get,
  Injectable,
  Module,
  Post,
  Put,
  Version,
  VersioningType,
} from '@nestjs/common';
import { Cors, CorsModule, CorsService, type CorsPolicyFile } from 'nestjs-cors';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { readPolicyFile } from '../../lib/policy-file/read-policy-file.js';
import { PLATFORMS, startApp, type Platform } from '../support/platforms.js';

const APP = 'https://app.example.com';

@Injectable()
class TenantOrigins {
  isAllowed() {
    return true;
  }
}

function isPartner(origin: string) {
  return origin.endsWith('.partner.example');
}

@Cors('partner')
@Controller('orders')
class OrdersController {
  @Get(':id') read() {
    return 'order';
  }

  @Cors({ origin: [/^https:\/\/[a-z]+\.example\.com$/i, 'https://*.example.org'], maxAge: 60 })
  @Put(':id')
  update() {
    return 'updated';
  }

  @Cors(false) @Delete(':id') remove() {
    return 'removed';
  }

  @Cors({ passThrough: true }) @Post() create() {
    return 'created';
  }
}

@Controller({ path: 'tenants', host: ':tenant.example.com' })
class TenantsController {
  @Cors({ origin: TenantOrigins }) @Version('2') @Get() list() {
    return 'tenants';
  }

  @Cors({ origin: isPartner }) @Get('partners') partners() {
    return 'partners';
  }
}

@Module({
  imports: [
    CorsModule.forRoot({
      origin: APP,
      credentials: true,
      policies: { partner: { origin: 'https://partner.example', allowedHeaders: ['X-Id'] } },
      paths: { '/files/*': { origin: '*', credentials: false }, '/legacy': false },
    }),
  ],
  controllers: [OrdersController, TenantsController],
  providers: [TenantOrigins],
})
class AppModule {}

const VERSIONING = { type: VersioningType.HEADER, header: 'x-version' } as const;

/** What the schema that the package exports says against a file. */
function problemsOf(policy: unknown): readonly unknown[] {
  const schema = JSON.parse(readFileSync('lib/policy-file/policy.schema.json', 'utf8')) as object;
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
  return validate(policy) ? [] : (validate.errors ?? []);
}

async function policyOf(platform: Platform): Promise<CorsPolicyFile> {
  const { app } = await startApp(platform, AppModule, {
    configure: (created) => created.setGlobalPrefix('api').enableVersioning(VERSIONING),
  });
  try {
    return app.get(CorsService).policy();
  } finally {
    await app.close();
  }
}

const PATHS = {
  express: { caseSensitive: false, strict: false },
  fastify: {},
} as const;

describe.each(PLATFORMS)('the policy as a file, on $platform', ({ platform }) => {
  it('survives JSON whole, is the same for each start, and reads back', async () => {
    const policy = await policyOf(platform);
    const text = JSON.stringify(policy);
    expect(JSON.parse(text)).toEqual(policy);
    expect(readPolicyFile(text, 'the file')).toEqual(policy);
    expect(problemsOf(policy)).toEqual([]);
    expect(JSON.stringify(await policyOf(platform))).toBe(text);
  });

  it('has every route and path with its effective policy, and where each option is written', async () => {
    const { routes, policies, paths, platform: router, global } = await policyOf(platform);
    expect(router).toMatchObject({ name: platform, router: PATHS[platform] });
    expect(global).toBe('forRoot()');
    expect(paths).toEqual({
      '/files/*': "forRoot().paths['/files/*']",
      '/legacy': false,
    });
    expect(routes.filter(({ handler }) => handler !== null)).toEqual([
      { method: 'GET', path: '/api/orders/:id', handler: 'OrdersController.read', policy: PARTNER },
      {
        method: 'PUT',
        path: '/api/orders/:id',
        handler: 'OrdersController.update',
        policy: UPDATE,
      },
      {
        method: 'DELETE',
        path: '/api/orders/:id',
        handler: 'OrdersController.remove',
        policy: false,
      },
      {
        method: 'POST',
        path: '/api/orders',
        handler: 'OrdersController.create',
        policy: 'pass-through',
      },
      {
        method: 'GET',
        path: '/api/tenants',
        handler: 'TenantsController.list',
        host: [':tenant.example.com'],
        version: ['2'],
        policy: 'forRoot() + @Cors() on TenantsController.list',
      },
      {
        method: 'GET',
        path: '/api/tenants/partners',
        handler: 'TenantsController.partners',
        host: [':tenant.example.com'],
        policy: 'forRoot() + @Cors() on TenantsController.partners',
      },
    ]);
    expect(policies[UPDATE]).toEqual({
      origin: {
        value: [
          { source: '^https:\\/\\/[a-z]+\\.example\\.com$', flags: 'i' },
          'https://*.example.org',
        ],
        declaredAt: '@Cors() on OrdersController.update',
      },
      methods: { value: 'mapped', declaredAt: 'default' },
      allowedHeaders: { value: ['x-id'], declaredAt: 'forRoot().policies.partner' },
      exposedHeaders: { value: [], declaredAt: 'default' },
      credentials: { value: true, declaredAt: 'forRoot()' },
      maxAge: { value: 60, declaredAt: '@Cors() on OrdersController.update' },
      timingAllowOrigin: { value: false, declaredAt: 'default' },
    });
    const originOf = (name: string) => policies[name]?.origin.value;
    expect(originOf('forRoot() + @Cors() on TenantsController.list')).toEqual({
      class: 'TenantOrigins',
    });
    expect(originOf('forRoot() + @Cors() on TenantsController.partners')).toEqual({
      function: 'isPartner',
    });
  });
});

const PARTNER = 'forRoot() + forRoot().policies.partner';
const UPDATE = `${PARTNER} + @Cors() on OrdersController.update`;

test.each([
  { schemaVersion: 2 },
  { routes: [{ method: 'GET', path: '/', handler: 1, policy: false }] },
  { extra: 1 },
])('the schema refuses %j', async (change) => {
  expect(problemsOf({ ...(await policyOf('express')), ...change })).not.toEqual([]);
});

import { Controller, Get, Module, Post, type INestApplication } from '@nestjs/common';
import { Cors, CorsModule, type CorsOptions } from 'nestjs-cors';
import { collectingLogger } from '../../support/collecting-logger.js';
import { PLATFORMS } from '../../support/platforms.js';
import { preflight, send } from '../../support/send.js';
import { startOn } from '../../support/start-on.js';

const GLOBAL = 'https://global.example.com';
const ONE = 'https://one.example.com';

@Controller()
class OrdersController {
  @Get('orders') list() {
    return {};
  }
  @Post('orders') @Cors({ origin: ONE, credentials: true }) create() {
    return {};
  }
}

@Module({ imports: [CorsModule.forRoot({ origin: GLOBAL })], controllers: [OrdersController] })
class SecuredModule {}

const GRANTED = { 'access-control-allow-origin': GLOBAL, vary: 'Origin' };
const GRANTED_TO_ONE = {
  'access-control-allow-origin': ONE,
  'access-control-allow-credentials': 'true',
  vary: 'Origin',
};

interface SecuredApp {
  enableCsrfProtection?(options?: object): unknown;
  useSecurityHeaders?(options?: object): unknown;
}

const csrf = (app: INestApplication) => {
  (app as SecuredApp).enableCsrfProtection?.();
};
const securityHeaders = (app: INestApplication) => {
  (app as SecuredApp).useSecurityHeaders?.();
};

describe.each(PLATFORMS)('security features of Nest 12 on $platform', ({ adapter }) => {
  it.each([
    ['CSRF protection, then security headers', [csrf, securityHeaders]],
    ['security headers, then CSRF protection', [securityHeaders, csrf]],
  ])('%s: a refusal carries the policy, a preflight is not refused', async (_, features) => {
    const { app, port } = await startOn(adapter(), SecuredModule, {
      configure: (created) => features.forEach((enable) => enable(created)),
    });
    try {
      // Nest 11 has neither: nothing is refused, and the policies are the same.
      const secured = 'enableCsrfProtection' in app;
      const from = (asked: string) => ({ origin: asked, 'sec-fetch-site': 'cross-site' });
      const posted = await send(port, 'POST', '/orders', from(ONE));
      const elsewhere = await send(port, 'POST', '/nowhere', from(GLOBAL));
      const refused = await send(port, 'POST', '/orders', from(GLOBAL));
      const got = await send(port, 'GET', '/orders', from(GLOBAL));
      expect([
        [posted.status, posted.cors],
        [elsewhere.status, elsewhere.cors],
        [refused.status, refused.cors],
        [got.status, got.cors],
      ]).toEqual([
        [secured ? 403 : 201, GRANTED_TO_ONE],
        [secured ? 403 : 404, GRANTED],
        [secured ? 403 : 201, { vary: 'Origin' }],
        [200, GRANTED],
      ]);
      const before = await preflight(port, '/orders', ONE, 'POST');
      expect([before.status, before.cors]).toEqual([
        204,
        {
          ...GRANTED_TO_ONE,
          'access-control-allow-methods': 'POST',
          'access-control-max-age': '600',
        },
      ]);
      const named = (name: string) => got.lines.filter(([key]) => key === name).length;
      expect(named('cross-origin-opener-policy')).toBe(secured ? 1 : 0);
    } finally {
      await app.close();
    }
  });
});

describe.each(PLATFORMS)('while it shuts down, on $platform', ({ adapter }) => {
  it('a 503 carries the headers of the policy', async () => {
    const own = adapter();
    const { app, port } = await startOn(own, SecuredModule, { return503OnClosing: true });
    try {
      // As `app.close()` begins; the server still takes connections while shutdown hooks run.
      await (own as { beforeClose?: () => unknown }).beforeClose?.();
      const { status, cors } = await send(port, 'GET', '/orders', { origin: GLOBAL });
      expect(cors).toEqual(GRANTED);
      // Nest 11 may have no such option.
      expect('enableCsrfProtection' in app ? [503] : [200, 503]).toContain(status);
    } finally {
      await app.close();
    }
  });
});

describe.each(PLATFORMS)('Cross-Origin-Resource-Policy on $platform', ({ adapter }) => {
  const resourcePolicy = (policy: string) => ({ crossOriginResourcePolicy: { policy } });
  const sentence = (value: string) =>
    `app.useSecurityHeaders() sends \`Cross-Origin-Resource-Policy: ${value}\`: pages that CORS allows can fetch() responses, but their <img>, <script> and <link> cannot load them without \`crossorigin\`. If they are to, write \`app.useSecurityHeaders({ crossOriginResourcePolicy: { policy: 'cross-origin' } })\`.`;

  it.each<[string, CorsOptions['origin'], object | undefined, string[]]>([
    ['what Nest sends unless told otherwise', GLOBAL, {}, [sentence('same-origin')]],
    ['pages of the same site alone', '*', resourcePolicy('same-site'), [sentence('same-site')]],
    ['pages that may be of the same site', GLOBAL, resourcePolicy('same-site'), []],
    ['every page', '*', resourcePolicy('cross-origin'), []],
    ['the header left out', '*', { crossOriginResourcePolicy: false }, []],
    ['no page is allowed anyway', false, {}, []],
    ['no security headers', '*', undefined, []],
  ])('%s', async (_, origin, headers, expected) => {
    const warnings: string[] = [];
    const { app } = await startOn(adapter(), CorsModule.forRoot({ origin }), {
      logger: collectingLogger('warn', warnings),
      configure: (created: SecuredApp & INestApplication) => {
        if (headers !== undefined) created.useSecurityHeaders?.(headers);
      },
    });
    const hasFeature = 'useSecurityHeaders' in app;
    await app.close();
    expect(warnings).toEqual(hasFeature ? expected : []);
  });
});

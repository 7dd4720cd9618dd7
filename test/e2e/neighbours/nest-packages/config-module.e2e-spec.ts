import { Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { CorsConfigError, CorsModule } from 'nestjs-cors';
import { CorsEnvironment } from 'nestjs-cors/class-validator';
import { PLATFORMS, startApp } from '../../../support/platforms.js';
import { preflight } from '../../../support/send.js';

const APP = 'https://app.example.com';
const SHOP = 'https://shop.example.com';

/** An application that reads its environment as it starts. */
function appModule(env: Readonly<Record<string, string>>) {
  Object.assign(process.env, env);
  @Module({
    imports: [
      ConfigModule.forRoot({
        isGlobal: true,
        ignoreEnvFile: true,
        validate: CorsEnvironment.validate,
      }),
      CorsModule.forRootAsync({
        inject: [ConfigService],
        useFactory: (config: ConfigService<CorsEnvironment, true>) => ({
          origin: config.get('CORS_ORIGINS', { infer: true }),
          credentials: config.get('CORS_CREDENTIALS', false, { infer: true }),
          maxAge: config.get('CORS_MAX_AGE', 600, { infer: true }),
        }),
      }),
    ],
  })
  class AppModule {}
  return AppModule;
}

describe.each(PLATFORMS)('CorsEnvironment in ConfigModule: $platform', ({ platform }) => {
  const NAMES = ['CORS_ORIGINS', 'CORS_CREDENTIALS', 'CORS_MAX_AGE'];
  const before = NAMES.map((name) => [name, process.env[name]] as const);

  beforeEach(() => {
    for (const name of NAMES) delete process.env[name];
  });

  afterAll(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  it('gives the policy its values', async () => {
    const env = { CORS_ORIGINS: `${APP}, ${SHOP}`, CORS_CREDENTIALS: 'true', CORS_MAX_AGE: '60' };
    const { app, port } = await startApp(platform, appModule(env));
    try {
      const answers = [APP, SHOP, 'https://evil.example'].map((origin) =>
        preflight(port, '/', origin, 'GET'),
      );
      expect((await Promise.all(answers)).map(({ status, cors }) => [status, cors])).toEqual([
        ...[APP, SHOP].map((origin) => [
          204,
          expect.objectContaining({
            'access-control-allow-origin': origin,
            'access-control-allow-credentials': 'true',
            'access-control-max-age': '60',
          }),
        ]),
        [403, { vary: 'Origin' }],
      ]);
    } finally {
      await app.close();
    }
  });

  it('leaves the defaults where a variable is not set', async () => {
    const { app, port } = await startApp(platform, appModule({ CORS_ORIGINS: APP }));
    try {
      const { cors } = await preflight(port, '/', APP, 'GET');
      expect(cors).toMatchObject({ 'access-control-max-age': '600' });
      expect(cors).not.toHaveProperty('access-control-allow-credentials');
    } finally {
      await app.close();
    }
  });

  it('does not start while a variable is wrong, and names each', async () => {
    const starting = startApp(platform, appModule({ CORS_CREDENTIALS: 'yes' }));
    const error: unknown = await starting.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CorsConfigError);
    expect(error).toMatchObject({
      issues: [
        { path: 'CORS_ORIGINS', reason: 'origin-undefined' },
        { path: 'CORS_CREDENTIALS', reason: 'credentials-wrong-type' },
      ],
    });
  });

  it('still refuses values that are dangerous together', async () => {
    const starting = startApp(platform, appModule({ CORS_ORIGINS: '*', CORS_CREDENTIALS: 'true' }));
    await expect(starting).rejects.toMatchObject({
      issues: [{ reason: 'wildcard-origin-with-credentials' }],
    });
  });
});

import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { adapterOf, type Platform } from '../../../test/support/platforms.js';
import type { Recorder } from './recorder.js';

export const ADMIN_TOKEN = 'the-token';
export const ADMIN_PAGE = 'https://admin.example.com';

/** An instance of the sample, and what it logged. */
export interface Instance {
  readonly app: INestApplication;
  readonly port: number;
}

/** Importing the sample reads `.env`: a real environment variable has to be there before. */
function setEnvironment(environment: Readonly<Record<string, string>>): void {
  const all = { PORT: '0', ADMIN_TOKEN, ADMIN_ORIGINS: ADMIN_PAGE, ORIGINS_TTL: '60' };
  const none = { DATABASE_URL: '', DATA_DIR: '' };
  Object.assign(process.env, all, none, environment);
}

/** The sample as `npm run start:tenants` runs it. */
export async function startInstance(
  platform: Platform,
  logger: Recorder,
  environment: Readonly<Record<string, string>> = {},
): Promise<Instance> {
  setEnvironment(environment);
  const { startSample } = await import('../src/start-sample.js');
  return startSample(adapterOf(platform), { abortOnError: false, logger });
}

/** One more instance, on the database of another. */
export async function joinInstance(
  platform: Platform,
  logger: Recorder,
  { app: other }: Instance,
): Promise<Instance> {
  setEnvironment({});
  const { AppModule } = await import('../src/app.module.js');
  const { Database } = await import('../src/database/database.js');
  const module = await Test.createTestingModule({ imports: [AppModule] })
    .overrideProvider(Database)
    .useValue(other.get(Database, { strict: false }))
    .setLogger(logger)
    .compile();
  const app = module.createNestApplication(adapterOf(platform));
  await app.listen(0);
  const { port } = app.getHttpServer().address() as { port: number };
  return { app, port };
}

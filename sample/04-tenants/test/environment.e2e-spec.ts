import { createServer } from 'node:net';
import { ACME_PAGE, administer, ask, refused } from './ask.js';
import { Recorder } from './recorder.js';
import { startInstance } from './start-instance.js';

/** The first to import the sample waits until all of it is compiled. */
const BOOT_MS = 60_000;

/** A port where nothing listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('the environment of sample 04-tenants', () => {
  it.each(['express', 'fastify'] as const)(
    'starts on %s without the database of DATABASE_URL, says so and refuses every page',
    async (platform) => {
      const databasePort = await closedPort();
      const logs = new Recorder();
      const { app, port } = await startInstance(platform, logs, {
        DATABASE_URL: `postgresql://someone:secret@127.0.0.1:${databasePort}/tenants`,
      });
      try {
        expect(logs.about('does not respond')).toEqual([
          `error: The database does not respond (connect ECONNREFUSED 127.0.0.1:${databasePort}). The application starts without it: until it responds, every origin is refused. Trying again; check DATABASE_URL.`,
        ]);
        expect(await ask(port, 'acme', ACME_PAGE)).toEqual(refused());
        const put = await administer(port, 'PUT', 'acme', [ACME_PAGE]);
        expect([put.status, put.cors]).toEqual([500, { vary: 'Origin' }]);
        expect(logs.about('secret')).toEqual([]);
      } finally {
        await app.close();
      }
    },
    BOOT_MS,
  );

  it(
    'does not start without ADMIN_TOKEN',
    async () => {
      const starting = startInstance('express', new Recorder(), { ADMIN_TOKEN: '' });
      await expect(starting).rejects.toThrow(
        'Expected ADMIN_TOKEN to be set: it opens the admin endpoint.',
      );
    },
    BOOT_MS,
  );
});

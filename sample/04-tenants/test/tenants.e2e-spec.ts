import { send } from '../../../test/support/send.js';
import { ACME_PAGE, administer, allowed, ask, GLOBEX_PAGE, refused } from './ask.js';
import { Recorder } from './recorder.js';
import { ADMIN_PAGE, joinInstance, startInstance, type Instance } from './start-instance.js';

const NEW_PAGE = 'https://shop.example.org';
/** PostgreSQL makes its first files when it starts, here in WebAssembly. */
const BOOT_MS = 180_000;

/** Two instances, one on each platform, on one database: what holds for one holds for both. */
describe('sample 04-tenants', () => {
  const logs = new Recorder();
  const instances = new Map<string, Instance>();
  const portOf = (platform: string) => instances.get(platform)?.port ?? NaN;
  const sql = async (statement: string) => {
    const { Database } = await import('../src/database/database.js');
    await instances.get('express')?.app.get(Database, { strict: false }).run(statement);
  };

  beforeAll(async () => {
    const first = await startInstance('express', logs);
    instances.set('express', first);
    instances.set('fastify', await joinInstance('fastify', new Recorder(), first));
  }, BOOT_MS);

  afterAll(async () => {
    for (const { app } of instances.values()) await app.close();
  }, BOOT_MS);

  describe.each([
    { platform: 'express', other: 'fastify' },
    { platform: 'fastify', other: 'express' },
  ])('the instance on $platform', ({ platform, other }) => {
    let port: number;

    beforeEach(async () => {
      port = portOf(platform);
      await sql(`
        DELETE FROM tenant_origins;
        INSERT INTO tenant_origins VALUES ('acme', '${ACME_PAGE}'), ('globex', '${GLOBEX_PAGE}');
      `);
    });

    it.each([
      ['acme', ACME_PAGE, GLOBEX_PAGE],
      ['globex', GLOBEX_PAGE, ACME_PAGE],
    ])('allows the pages of %s there, and nowhere else', async (tenant, own, stranger) => {
      const there = tenant === 'acme' ? 'globex' : 'acme';
      // Twice: once from the database, once from what is known.
      for (let round = 0; round < 2; round += 1) {
        expect(await ask(port, tenant, own)).toEqual(allowed(own));
        expect(await ask(port, there, own)).toEqual(refused());
        expect(await ask(port, tenant, stranger)).toEqual(refused());
      }
    });

    it('keeps the answers of two tenants apart while both are asked at once', async () => {
      const asked = ['acme', 'globex'].flatMap((tenant) =>
        [ACME_PAGE, GLOBEX_PAGE].map(async (origin) => [
          tenant,
          origin,
          await ask(port, tenant, origin),
        ]),
      );
      expect(await Promise.all(asked)).toEqual([
        ['acme', ACME_PAGE, allowed(ACME_PAGE)],
        ['acme', GLOBEX_PAGE, refused()],
        ['globex', ACME_PAGE, refused()],
        ['globex', GLOBEX_PAGE, allowed(GLOBEX_PAGE)],
      ]);
    });

    it.each(['nobody', 'admin', '127.0.0', 'a'.repeat(64)])(
      'knows no origin of %s',
      async (tenant) => {
        expect(await ask(port, tenant, ACME_PAGE)).toEqual(refused(404));
      },
    );

    it('reads the tenant whatever the case of the host name', async () => {
      expect(await ask(port, 'ACME', ACME_PAGE)).toEqual(allowed(ACME_PAGE));
    });

    it('allows an added origin at once, for that tenant only', async () => {
      expect(await ask(port, 'acme', NEW_PAGE)).toEqual(refused());
      expect(await ask(port, 'globex', NEW_PAGE)).toEqual(refused());

      const put = await administer(port, 'PUT', 'acme', [NEW_PAGE, ACME_PAGE]);
      expect([put.status, put.body]).toEqual([
        200,
        JSON.stringify({ origins: [ACME_PAGE, NEW_PAGE] }),
      ]);

      expect(await ask(port, 'acme', NEW_PAGE)).toEqual(allowed(NEW_PAGE));
      expect(await ask(port, 'acme', ACME_PAGE)).toEqual(allowed(ACME_PAGE));
      expect(await ask(port, 'globex', NEW_PAGE)).toEqual(refused());
    });

    it('refuses a removed origin at once', async () => {
      expect(await ask(port, 'acme', ACME_PAGE)).toEqual(allowed(ACME_PAGE));
      const put = await administer(port, 'PUT', 'acme', [NEW_PAGE]);
      expect([put.status, put.body]).toEqual([200, JSON.stringify({ origins: [NEW_PAGE] })]);
      expect(await ask(port, 'acme', ACME_PAGE)).toEqual(refused());
    });

    it('refuses every page of a tenant without origins', async () => {
      expect(await ask(port, 'acme', ACME_PAGE)).toEqual(allowed(ACME_PAGE));
      const cleared = await administer(port, 'DELETE', 'acme');
      const listed = await administer(port, 'GET', 'acme');
      expect([cleared.status, listed.body]).toEqual([204, '{"origins":[]}']);
      expect(await ask(port, 'acme', ACME_PAGE)).toEqual(refused());
      expect(await ask(port, 'globex', GLOBEX_PAGE)).toEqual(allowed(GLOBEX_PAGE));
    });

    it('hears of a change through another instance', async () => {
      expect(await ask(port, 'acme', NEW_PAGE)).toEqual(refused());
      expect(await ask(port, 'acme', ACME_PAGE)).toEqual(allowed(ACME_PAGE));
      await administer(portOf(other), 'PUT', 'acme', [NEW_PAGE]);
      expect(await ask(port, 'acme', NEW_PAGE)).toEqual(allowed(NEW_PAGE));
      expect(await ask(port, 'acme', ACME_PAGE)).toEqual(refused());
    });

    it('hears of a change that is committed, and of no other', async () => {
      expect(await ask(port, 'acme', NEW_PAGE)).toEqual(refused());
      const add = `INSERT INTO tenant_origins VALUES ('acme', '${NEW_PAGE}')`;
      await sql(`BEGIN; ${add}; ROLLBACK`);
      expect(await ask(port, 'acme', NEW_PAGE)).toEqual(refused());
      await sql(add);
      expect(await ask(port, 'acme', NEW_PAGE)).toEqual(allowed(NEW_PAGE));
      await sql(`UPDATE tenant_origins SET tenant = 'globex' WHERE origin = '${NEW_PAGE}'`);
      expect(await ask(port, 'acme', NEW_PAGE)).toEqual(refused());
      expect(await ask(port, 'globex', NEW_PAGE)).toEqual(allowed(NEW_PAGE));
    });

    describe('the admin endpoint', () => {
      const path = '/admin/tenants/acme/origins';
      const cors = { 'access-control-allow-origin': ADMIN_PAGE, vary: 'Origin' };

      it.each([undefined, 'Bearer another', 'the-token'])(
        'is closed to %s, which an admin page can read',
        async (authorization) => {
          const headers = { origin: ADMIN_PAGE, ...(authorization && { authorization }) };
          for (const method of ['GET', 'PUT', 'DELETE']) {
            const answer = await send(port, method, path, headers);
            expect([answer.status, answer.cors]).toEqual([401, cors]);
          }
          expect(await ask(port, 'acme', ACME_PAGE)).toEqual(allowed(ACME_PAGE));
        },
      );

      it('is called by admin pages, and by no tenant page', async () => {
        const asked = async (origin: string) => {
          const { status, cors: headers } = await send(port, 'OPTIONS', path, {
            host: 'acme.localhost',
            origin,
            'access-control-request-method': 'PUT',
            'access-control-request-headers': 'authorization,content-type',
          });
          return [status, headers];
        };
        expect(await asked(ADMIN_PAGE)).toEqual([
          204,
          {
            ...cors,
            'access-control-allow-methods': 'GET, PUT, DELETE',
            'access-control-allow-headers': 'authorization, content-type',
            'access-control-max-age': '600',
          },
        ]);
        expect(await asked(ACME_PAGE)).toEqual([403, { vary: 'Origin' }]);
      });

      it.each(['GET', 'PUT', 'DELETE'] as const)('knows no other tenant: %s', async (method) => {
        const { status, body } = await administer(port, method, 'nobody', [NEW_PAGE]);
        expect([status, JSON.parse(body).message]).toEqual([404, 'There is no tenant nobody']);
      });

      it.each([
        ['no list', undefined],
        ['a string', NEW_PAGE],
        ['a path', [`${NEW_PAGE}/`]],
        ['upper case', ['https://Shop.example.org']],
        ['a default port', [`${NEW_PAGE}:443`]],
        ['a wildcard', ['https://*.example.org']],
        ['any origin', ['*']],
        ['null', ['null']],
        ['http beyond localhost', ['http://shop.example.org']],
        ['another scheme', ['ftp://shop.example.org']],
        ['a user', ['https://me@shop.example.org']],
        ['a number', [1]],
        ['twice the same', [NEW_PAGE, NEW_PAGE]],
        ['too many', Array.from({ length: 101 }, (_, index) => `https://p${index}.example.org`)],
      ])('refuses %s, and changes nothing', async (_, origins) => {
        const put = await administer(port, 'PUT', 'acme', origins);
        const listed = await administer(port, 'GET', 'acme');
        expect([put.status, listed.body]).toEqual([400, JSON.stringify({ origins: [ACME_PAGE] })]);
      });

      it.each([
        [[NEW_PAGE]],
        [['http://localhost:3001']],
        [['https://xn--bcher-kva.example:8443']],
      ])('takes %j', async (origins) => {
        const put = await administer(port, 'PUT', 'acme', origins);
        expect([put.status, put.body]).toEqual([200, JSON.stringify({ origins })]);
      });

      it('says what is wrong with an origin', async () => {
        const { body } = await administer(port, 'PUT', 'acme', ['https://a.example/']);
        expect(JSON.parse(body).message).toEqual([
          "Expected `origins[0]` to have no slash at the end, got `'https://a.example/'` (string). Write `'https://a.example'`. Browsers compare byte for byte, and send nothing but scheme, host and port.",
        ]);
      });

      it('says which origins it takes', async () => {
        const { body } = await administer(port, 'PUT', 'acme', ['https://*.a.example']);
        expect(JSON.parse(body).message).toEqual([
          'each value in origins must be exact, and https (http on localhost only)',
        ]);
      });
    });
  });

  it('said that the database is there', () => {
    expect(logs.about('are loaded')).toEqual([
      'log: The tenants are loaded, and changes are followed.',
    ]);
  });

  // The last: it takes the database away.
  describe('when the database is gone', () => {
    beforeAll(async () => {
      for (const { port } of instances.values()) {
        await ask(port, 'acme', ACME_PAGE);
        await ask(port, 'acme', GLOBEX_PAGE);
      }
      const { PgliteDatabase } = await import('../src/database/pglite-database.js');
      const { Database } = await import('../src/database/database.js');
      const database = instances.get('express')?.app.get(Database, { strict: false });
      if (!(database instanceof PgliteDatabase)) throw new Error('Expected a PgliteDatabase.');
      await database.onModuleDestroy();
    });

    it.each(['express', 'fastify'])(
      '%s keeps what it knows, and refuses the rest',
      async (platform) => {
        const port = portOf(platform);
        expect(await ask(port, 'acme', ACME_PAGE)).toEqual(allowed(ACME_PAGE));
        expect(await ask(port, 'acme', GLOBEX_PAGE)).toEqual(refused());
        expect(await ask(port, 'acme', NEW_PAGE)).toEqual(refused());
        expect(await ask(port, 'globex', GLOBEX_PAGE)).toEqual(refused());
      },
    );
  });
});

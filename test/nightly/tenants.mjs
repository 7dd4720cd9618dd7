// Two processes of sample/04-tenants against Debian's PostgreSQL: a change through one is seen by
// the other at once; without the database, known origins stay until their time limit; when it is
// back, changes are seen again. Needs `npx nest build 04-tenants`, and root, to become `postgres`.
import assert from 'node:assert/strict';
import { startInstance } from './instance.mjs';
import { createPostgres } from './postgres.mjs';
import { until } from './until.mjs';

const ACME = 'https://app.acme.example';
const GLOBEX = 'https://app.globex.example';
const PAGE = 'https://shop.example.org';
/** For how long a known origin holds. Far longer than a notification may take. */
const TTL_S = 10;
/** How long "at once" may take on a busy machine. */
const AT_ONCE_MS = 3000;
const TIMEOUT_MS = 1000;
const LOST = 'The database is lost';
const BACK = 'The database is back: changes are followed again.';

const rows = [];
let started = performance.now();
function passed(what, figure = '') {
  const took = Math.round(performance.now() - started);
  rows.push(what);
  process.stdout.write(`ok   ${what}${figure && `: ${figure}`} (${took} ms)\n`);
  started = performance.now();
}
const ms = (value) => `${value.toFixed(0)} ms`;

const postgres = await createPostgres();
const instances = [];
const environment = { DATABASE_URL: postgres.url, ORIGINS_TTL: String(TTL_S) };
const start = async (name) => {
  const instance = await startInstance(name, environment);
  instances.push(instance);
  return instance;
};

try {
  process.stdout.write(`${postgres.version}\n`);

  const a = await start('A');
  assert.equal(a.logged('The database does not respond (connect ECONNREFUSED'), 1, a.log());
  assert.equal(a.logged('The application starts without it'), 1);
  assert.equal(await a.allows('acme', ACME), false);
  passed('an instance starts without the database, says so, and refuses every origin');

  postgres.start();
  await until('A allows what the database does', () => a.allows('acme', ACME), AT_ONCE_MS);
  assert.equal(a.logged('The tenants are loaded, and changes are followed.'), 1, a.log());
  passed('it finds the database that comes later, refusals notwithstanding');

  const b = await start('B');
  const everywhere = async (tenant, origin) =>
    Promise.all([a.allows(tenant, origin), b.allows(tenant, origin)]);
  assert.deepEqual(await everywhere('acme', ACME), [true, true]);
  assert.deepEqual(await everywhere('globex', GLOBEX), [true, true]);
  assert.deepEqual(await everywhere('globex', ACME), [false, false]);
  passed('both know the tenants, and keep them apart');

  const seen = [];
  for (let round = 0; round < 10; round += 1) {
    const [writer, reader] = round % 2 === 0 ? [a, b] : [b, a];
    const origin = `https://p${round}.example.org`;
    assert.deepEqual(await everywhere('acme', origin), [false, false]);
    assert.equal(await writer.setOrigins('acme', [ACME, origin]), 200);
    assert.equal(await writer.allows('acme', origin), true);
    seen.push(await until('the other allows it', () => reader.allows('acme', origin), AT_ONCE_MS));
    assert.deepEqual(await everywhere('globex', origin), [false, false]);
    assert.equal(await writer.setOrigins('acme', [ACME]), 200);
    assert.equal(await writer.allows('acme', origin), false);
    const refuses = async () => !(await reader.allows('acme', origin));
    seen.push(await until('the other refuses it', refuses, AT_ONCE_MS));
  }
  passed('20 changes through one are seen by the other', `${ms(Math.max(...seen))} at most`);

  assert.deepEqual(await everywhere('globex', PAGE), [false, false]);
  postgres.sql(`INSERT INTO tenant_origins VALUES ('globex', '${PAGE}')`);
  for (const one of [a, b]) {
    await until('a change by psql', () => one.allows('globex', PAGE), AT_ONCE_MS);
  }
  passed('a change by psql is seen by both');

  // A change that both hear of once, so that both ask for the last time just before it goes away.
  assert.deepEqual(await everywhere('acme', PAGE), [false, false]);
  postgres.sql(`INSERT INTO tenant_origins VALUES ('acme', '${PAGE}')`);
  for (const one of [a, b]) await until('allowed', () => one.allows('acme', PAGE), AT_ONCE_MS);
  const lastAsked = performance.now();
  postgres.stop();
  for (const one of [a, b]) {
    await until(`${one.name} warns`, () => one.logged(LOST) === 1, AT_ONCE_MS);
    assert.match(one.log(), /WARN .*The database is lost \(.+\)\. Origins that are known stay/);
  }
  assert.deepEqual(await everywhere('acme', PAGE), [true, true]);
  assert.deepEqual(await everywhere('acme', 'https://unknown.example'), [false, false]);
  assert.equal(await a.setOrigins('acme', []), 500);
  assert.deepEqual(await everywhere('acme', PAGE), [true, true]);
  passed('without the database: a warning, known origins stay, others are refused');

  const limits = [];
  for (const one of [a, b]) {
    const refuses = async () => !(await one.allows('acme', PAGE));
    await until('refused in the end', refuses, TTL_S * 1000 + TIMEOUT_MS + AT_ONCE_MS);
    limits.push(performance.now() - lastAsked);
  }
  assert.ok(Math.min(...limits) > TTL_S * 1000 - AT_ONCE_MS, `too early: ${limits.map(ms).join()}`);
  passed(
    'their time limit holds',
    `refused after ${limits.map(ms).join(' and ')}, limit ${TTL_S} s`,
  );

  postgres.start();
  // While nobody may be listening yet: nothing of this is ever notified to whoever comes later.
  postgres.sql(`DELETE FROM tenant_origins WHERE origin = '${PAGE}'`);
  postgres.sql(`INSERT INTO tenant_origins VALUES ('globex', '${ACME}')`);
  for (const one of [a, b]) {
    await until(`${one.name} is back`, () => one.logged(BACK) === 1, AT_ONCE_MS);
    assert.equal(one.logged(LOST), 1, 'one warning per loss');
  }
  assert.deepEqual(await everywhere('globex', ACME), [true, true]);
  assert.deepEqual(await everywhere('acme', PAGE), [false, false]);
  assert.deepEqual(await everywhere('acme', ACME), [true, true]);
  passed('the database is back: what changed meanwhile is known');

  assert.equal(await a.setOrigins('acme', [PAGE]), 200);
  await until('B allows it', () => b.allows('acme', PAGE), AT_ONCE_MS);
  assert.equal(await b.allows('acme', ACME), false);
  passed('changes are followed again');

  postgres.sql(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE pid <> pg_backend_pid() AND datname = current_database()`,
  );
  for (const one of [a, b]) {
    await until(`${one.name} is back again`, () => one.logged(BACK) === 2, AT_ONCE_MS);
  }
  assert.equal(await b.setOrigins('acme', [ACME]), 200);
  await until('A allows it', () => a.allows('acme', ACME), AT_ONCE_MS);
  assert.equal(await a.allows('acme', PAGE), false);
  passed('cut connections come back');
} catch (error) {
  for (const one of instances) process.stderr.write(`\n-- ${one.name}\n${one.log()}`);
  throw error;
} finally {
  await Promise.all(instances.map((one) => one.stop()));
  postgres.destroy();
}
process.stdout.write(`${rows.length} passed, 0 failed\n`);

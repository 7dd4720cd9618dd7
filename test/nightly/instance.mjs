// One instance of sample/04-tenants in a process of its own, as it is deployed.
import { spawn } from 'node:child_process';
import { request } from 'node:http';
import { join, resolve } from 'node:path';
import { freePort } from './free-port.mjs';
import { until } from './until.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const MAIN = join(ROOT, 'sample/04-tenants/dist/sample/04-tenants/src/main.js');
const TOKEN = 'the-token';

export async function startInstance(name, environment) {
  const port = await freePort();
  const child = spawn(process.execPath, [MAIN], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', PORT: String(port), ADMIN_TOKEN: TOKEN, ...environment },
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (log += text));

  const send = (method, path, headers, body) =>
    new Promise((done, failed) => {
      const outgoing = request({ host: '127.0.0.1', port, method, path, headers, agent: false });
      outgoing.on('error', failed);
      outgoing.on('response', (response) => {
        const { statusCode, headers: received } = response;
        response.resume().on('end', () => done({ status: statusCode, headers: received }));
      });
      outgoing.end(body);
    });

  const instance = {
    name,
    log: () => log,
    /** How often a sentence was logged. */
    logged: (sentence) => log.split(sentence).length - 1,

    /** Whether a page may read a tenant's orders, by the preflight and by the response. */
    async allows(tenant, origin) {
      const host = `${tenant}.localhost`;
      const ask = async () => {
        const before = await send('OPTIONS', '/orders', {
          host,
          origin,
          'access-control-request-method': 'POST',
        });
        const answer = await send('GET', '/orders', { host, origin });
        return [before, answer]
          .map(({ status, headers }) => `${status} ${headers['access-control-allow-origin']}`)
          .join();
      };
      const answers = [`204 ${origin},200 ${origin}`, '403 undefined,200 undefined'];
      let said = await ask();
      // A change may have come between the two; it does not come twice.
      if (!answers.includes(said)) said = await ask();
      if (!answers.includes(said)) {
        throw new Error(`${name} is of two minds about ${origin} at ${tenant}: ${said}`);
      }
      return said === answers[0];
    },

    /** Changes the origins of a tenant through this instance. */
    async setOrigins(tenant, origins) {
      const { status } = await send(
        'PUT',
        `/admin/tenants/${tenant}/origins`,
        { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
        JSON.stringify({ origins }),
      );
      return status;
    },

    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((done) => child.once('exit', done));
      child.kill();
      await ended;
    },
  };
  await until(
    `${name} listens`,
    async () => {
      if (child.exitCode !== null) throw new Error(`${name} ended:\n${log}`);
      return send('GET', '/').then(
        () => true,
        () => false,
      );
    },
    30_000,
  );
  return instance;
}

/**
 * Takes a CPU profile of one server at one kind of work, and prints where the time goes, function by
 * function: `npm run bench:profile -- ours Fastify GET`.
 */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkBuild } from '../check-build.mjs';
import { Connection } from '../load/connection.mjs';
import { startServer } from '../servers/start-server.mjs';
import * as works from '../work/requests.mjs';
import { selfTimes } from './self-times.mjs';

const CONNECTIONS = 8;
const REQUESTS = 20_000;
const SHOWN = 40;

const [name = 'ours', platform = 'Fastify', work = 'GET'] = process.argv.slice(2);
checkBuild();
const folder = mkdtempSync(join(tmpdir(), 'nestjs-cors-profile-'));
try {
  const execArgv = ['--cpu-prof', '--cpu-prof-interval=200', `--cpu-prof-dir=${folder}`];
  const server = await startServer([name, platform], { environment: 'production', execArgv });
  await Promise.all(
    Array.from({ length: CONNECTIONS }, () => load(server.port, { ...works }[work])),
  );
  await server.end();
  const [file] = readdirSync(folder);
  const rows = selfTimes(JSON.parse(readFileSync(join(folder, file), 'utf8')));
  for (const { share, place } of rows.slice(0, SHOWN)) {
    console.log(`${(share * 100).toFixed(2).padStart(6)} %  ${place}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}

async function load(port, request) {
  const connection = await Connection.open(port, request);
  const { length } = await connection.exchange();
  await connection.repeat(REQUESTS, length);
  connection.close();
}

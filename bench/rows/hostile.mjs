import { runProbe } from '../harness/run-probes.mjs';
import { compareServers } from '../load/compare-servers.mjs';
import { times } from '../report/row.mjs';
import { OUR_PREFLIGHT } from '../work/answers.mjs';
import { ORIGIN } from '../work/policy.mjs';
import { PREFLIGHT } from '../work/requests.mjs';

const PLATFORMS = ['Express', 'Fastify'];
const KB = 1024;
const NORMAL = 'normal, as large';
const TARGET_BYTES = 15 * KB;
/** Under Node's limit for a request's head. */
const HEAD_BYTES = 15.5 * KB;

/** Refused by the policy: nothing but `Vary`. */
const REFUSED = { status: 403, headers: { vary: 'Origin', 'content-length': '0' }, body: '' };

/** Below each of these keys there are others, so that a reading has to go deep. */
const PATHS = {
  '/files/*': { maxAge: 60 },
  '/files/a/*': { maxAge: 61 },
  '/files/a/a/a/a/a/a/a/a/*': { maxAge: 62 },
  '/files/%41/*': false,
};

/** Targets that can be read in several ways, of many segments. */
const SEGMENTS = {
  segments: 'a/',
  'empty segments': '/',
  'dot segments': 'a/../',
  'encoded dot segments': 'a/%2e%2e/',
  'encoded slashes': 'a%2f',
  'twice encoded': '%2561/',
  parameters: 'a;/',
  'bad escapes': '%zz/',
};

/**
 * Requests made to be expensive, against a normal request of the same size. They are preflights, which
 * do least besides: an actual request has a router and a handler, too.
 */
export async function hostileRows({ servers }) {
  const worst = await runProbe(['worst-regexp.mjs']);
  const rows = [];
  for (const platform of PLATFORMS) {
    rows.push(await regExpRow(platform, worst, servers));
    rows.push(...(await targetRows(platform, servers)));
    rows.push(...(await headRows(platform, servers)));
  }
  return rows;
}

async function regExpRow(platform, { source, origin, isAllowed }, effort) {
  const work = preflight({ Origin: origin });
  const allowed = { ...OUR_PREFLIGHT.headers, 'access-control-allow-origin': origin };
  delete allowed['access-control-allow-credentials'];
  const answer = isAllowed ? { ...OUR_PREFLIGHT, headers: allowed } : REFUSED;
  const samples = await compareServers(
    [
      contender('ours', ['oursWith', platform, source], work, answer),
      contender(NORMAL, ['ours', platform], work, REFUSED),
    ],
    effort,
  );
  return row(`worst of 3,000 RegExps, Origin of 511 bytes, ${platform}`, samples);
}

async function targetRows(platform, effort) {
  const server = ['oursWith', platform, `^${ORIGIN}$`, JSON.stringify(PATHS)];
  const hostile = Object.entries(SEGMENTS).map(([name, segment]) =>
    contender(name, server, preflight({}, filled('/files/', segment)), undefined),
  );
  const normal = contender(
    NORMAL,
    ['ours', platform],
    preflight({}, filled('/files/', 'a')),
    undefined,
  );
  const samples = await compareServers([normal, ...hostile], effort);
  return hostile.map(({ name }) =>
    row(`paths, target of 15 kB, ${name}, ${platform}`, {
      ours: samples[name],
      [NORMAL]: samples[NORMAL],
    }),
  );
}

/** Every header that a decision reads as long as it may be, all of them at once. */
async function headRows(platform, effort) {
  const names = Array.from({ length: 128 }, (_, index) => `x-${String(index).padStart(60, 'a')}`);
  const hostile = preflight({
    Origin: `https://${'a.'.repeat(245)}example.com`,
    'Access-Control-Request-Method': 'X'.repeat(64),
    'Access-Control-Request-Headers': names.join(),
  });
  const everything = filledHead({ ...hostile, path: '/files/' }, (room) => ({
    path: `/files/${'a/%2e%2e/'.repeat(room).slice(0, room)}`,
  }));
  const normal = filledHead(PREFLIGHT, (room) => ({
    headers: { ...PREFLIGHT.headers, Cookie: 'a'.repeat(room) },
  }));
  const server = ['oursWith', platform, '^https://(?:[a-z]+\\.)+com$', JSON.stringify(PATHS)];
  const samples = await compareServers(
    [
      contender('ours', server, everything, undefined),
      contender(NORMAL, ['ours', platform], normal, OUR_PREFLIGHT),
    ],
    effort,
  );
  return [row(`16 kB of everything, ${platform}`, samples)];
}

function row(work, samples) {
  return {
    work,
    unit: 'µs CPU a request',
    samples,
    limit: NORMAL,
    checks: [times(samples, NORMAL, 2)],
  };
}

function contender(name, server, work, answer) {
  return { name, server, environment: 'production', work, answer };
}

function preflight(headers, path = PREFLIGHT.path) {
  return { ...PREFLIGHT, path, headers: { ...PREFLIGHT.headers, ...headers } };
}

function filled(start, segment) {
  const room = TARGET_BYTES - start.length;
  return start + segment.repeat(room).slice(0, room);
}

/** The request with as much of something as fits into a head. */
function filledHead(work, fill) {
  const lines = Object.entries(work.headers).map(([name, value]) => name.length + value.length + 4);
  const used = lines.reduce((sum, length) => sum + length, work.path.length + 100);
  return { ...work, ...fill(HEAD_BYTES - used) };
}

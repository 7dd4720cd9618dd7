import { runProbe } from '../harness/run-probes.mjs';
import { compareServers } from '../load/compare-servers.mjs';
import { times } from '../report/row.mjs';
import { OUR_PREFLIGHT, PLATFORMS } from '../work/answers.mjs';
import { PREFLIGHT, PREFLIGHT_NEW } from '../work/requests.mjs';

const KB = 1024;
const NORMAL = 'normal, as large';
/** The same 8 kB of names, sent with nothing read. */
const CONSTANT = 'constant, as large';
const TARGET_BYTES = 15 * KB;
/** Under Node's limit for a request's head. */
const HEAD_BYTES = 15.5 * KB;

const MAX_AGE = 'access-control-max-age';
/** No controller serves these paths: the method that is asked for is announced. */
const OF_PATHS = { 'access-control-allow-methods': 'PUT' };

/** Refused by the policy: nothing but `Vary`. */
const REFUSED = { status: 403, headers: { vary: 'Origin', 'content-length': '0' }, body: '' };

/** Below each of these keys there are others, so that a reading has to go deep. */
const PATHS = {
  '/files/*': { maxAge: 60 },
  '/files/a/*': { maxAge: 61 },
  '/files/a/a/a/a/a/a/a/a/*': { maxAge: 62 },
  '/files/a/b/*': false,
};

/** Targets of many segments, and how old an answer may get; none where readings of it differ. */
const SEGMENTS = {
  segments: ['a/', 62],
  'empty segments': ['/'],
  'dot segments': ['a/../'],
  'encoded dot segments': ['a/%2e%2e/'],
  'encoded slashes': ['a%2f'],
  'twice encoded': ['%2561/'],
  parameters: ['a;/'],
  'bad escapes': ['%zz/'],
  'bad bytes': ['%ff/../'],
};

/** Targets of few characters which are read in as many ways as are worth following. */
const SHORT = {
  'twice encoded': '/%2561/..'.repeat(12),
  'of all kinds': '/files/a/%61..%5c%00%61..%5c%0%25',
  'bytes and characters': '//..a%u4e2d%ff/..a%u4e2d%ff/..',
};

/**
 * Requests made to be expensive, against a normal request of the same size. They are preflights, which
 * do least besides: an actual request has a router and a handler, too.
 */
export async function hostileRows({ servers }) {
  /** @type {{ source: string, origin: string, isAllowed: boolean }} */
  const worst = await runProbe(['worst-regexp.mjs']);
  const rows = [];
  for (const platform of PLATFORMS) {
    rows.push(await regExpRow(platform, worst, servers));
    rows.push(...(await targetRows(platform, servers)));
    rows.push(...(await shortRows(platform, servers)));
    rows.push(...(await headRows(platform, servers)));
  }
  return rows;
}

async function regExpRow(platform, { source, origin, isAllowed }, effort) {
  const work = preflight({ Origin: origin });
  const answer = isAllowed
    ? withoutCredentials({ 'access-control-allow-origin': origin })
    : REFUSED;
  const samples = await compareServers(
    [
      contender('ours', ['oursWith', platform, JSON.stringify({ regexp: source })], work, answer),
      contender(NORMAL, ['ours', platform], work, REFUSED),
    ],
    effort,
  );
  return row(`worst of 3,000 RegExps, Origin of 511 bytes, ${platform}`, samples);
}

async function targetRows(platform, effort) {
  const server = ['oursWith', platform, JSON.stringify({ paths: PATHS })];
  const hostile = Object.entries(SEGMENTS).map(([name, [segment, maxAge]]) => {
    const answer =
      maxAge === undefined ? REFUSED : allowed({ ...OF_PATHS, [MAX_AGE]: `${maxAge}` });
    return contender(name, server, preflight({}, filled(segment)), answer);
  });
  const plain = preflight({}, filled('a'));
  const normal = contender(NORMAL, ['ours', platform], plain, allowed(OF_PATHS));
  const samples = await compareServers([normal, ...hostile], effort);
  return hostile.map(({ name }) =>
    row(`paths, target of 15 kB, ${name}, ${platform}`, {
      ours: samples[name],
      [NORMAL]: samples[NORMAL],
    }),
  );
}

async function shortRows(platform, effort) {
  const server = ['oursWith', platform, JSON.stringify({ paths: PATHS })];
  const length = Math.max(...Object.values(SHORT).map((target) => target.length));
  // Decided anew each time, as the others are.
  const plain = preflight({}, (index) => `/orders/${String(index).padStart(length - 8, '0')}`);
  const samples = await compareServers(
    [
      contender(NORMAL, ['ours', platform], plain, OUR_PREFLIGHT),
      ...Object.entries(SHORT).map(([name, target]) =>
        contender(name, server, preflight({}, target), REFUSED),
      ),
    ],
    effort,
  );
  return Object.keys(SHORT).map((name) =>
    row(`paths, short target, ${name}, ${platform}`, {
      ours: samples[name],
      [NORMAL]: samples[NORMAL],
    }),
  );
}

/** Everything that a decision reads as long as it may be, all at once, and allowed. */
async function headRows(platform, effort) {
  const names = Array.from({ length: 128 }, (_, index) => `x-${String(index).padStart(60, 'a')}`);
  const Origin = `https://${'a.'.repeat(245)}example.com`;
  const method = 'X'.repeat(64);
  const hostile = preflight({
    Origin,
    'Access-Control-Request-Method': method,
    'Access-Control-Request-Headers': names.join(),
  });
  const everything = filledHead({ ...hostile, path: '/files/' }, (room) => ({
    path: `/files/${'a/'.repeat(room / 2)}`,
  }));
  const answer = withoutCredentials({
    'access-control-allow-origin': Origin,
    'access-control-allow-methods': method,
    'access-control-allow-headers': names.join(', '),
    [MAX_AGE]: '62',
  });
  const repeated = filledHead(PREFLIGHT, (room) => ({
    headers: { ...PREFLIGHT.headers, Cookie: 'a'.repeat(room) },
  }));
  // Decided anew each time, as the other one is.
  const normal = { ...repeated, path: PREFLIGHT_NEW.path };
  const options = { regexp: '^https://(?:[a-z]+\\.)+com$', paths: PATHS };
  const server = ['oursWith', platform, JSON.stringify(options)];
  const samples = await compareServers(
    [
      contender('ours', server, everything, answer),
      contender(NORMAL, ['ours', platform], normal, OUR_PREFLIGHT),
      contender(CONSTANT, ['constant', platform, JSON.stringify(answer)], everything, answer),
    ],
    effort,
  );
  const measured = row(`16 kB of everything, ${platform}`, samples);
  return [{ ...measured, checks: [...measured.checks, times(samples, CONSTANT)] }];
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

function allowed(headers) {
  return { ...OUR_PREFLIGHT, headers: { ...OUR_PREFLIGHT.headers, ...headers } };
}

function withoutCredentials(headers) {
  const answer = allowed(headers);
  delete answer.headers['access-control-allow-credentials'];
  return answer;
}

function filled(segment) {
  const start = '/files/';
  const room = TARGET_BYTES - start.length;
  return start + segment.repeat(room).slice(0, room);
}

/** The request with as much of something as fits into a head. */
function filledHead(work, fill) {
  const lines = Object.entries(work.headers).map(([name, value]) => name.length + value.length + 4);
  const used = lines.reduce((sum, length) => sum + length, work.path.length + 100);
  return { ...work, ...fill(HEAD_BYTES - used) };
}

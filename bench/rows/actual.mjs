import { compareServers } from '../load/compare-servers.mjs';
import { more, times } from '../report/row.mjs';
import { ALLOWED, ALLOWED_DECORATED, answerOf, PLATFORMS } from '../work/answers.mjs';
import { GET, GET_DECORATED, GET_REFUSED, GET_WITHOUT_ORIGIN } from '../work/requests.mjs';

const UNIT = 'µs CPU a request';

/** Actual requests: what the library adds to an application without CORS. */
export async function actualRows(effort) {
  const rows = [];
  for (const platform of PLATFORMS) {
    rows.push(await withOrigin(platform, effort), await withoutOrigin(platform, effort));
  }
  // On Express a route costs six times as much, whatever CORS adds.
  for (const platform of effort.quick ? ['Fastify'] : PLATFORMS) {
    rows.push(await decorated(platform, effort));
  }
  for (const platform of PLATFORMS) rows.push(await refused(platform, effort));
  return rows;
}

async function withOrigin(platform, { servers, quick }) {
  const contender = contenders(platform, GET);
  const peer = quick ? [] : [contender('enableCors', ALLOWED)];
  const samples = await compareServers(
    [contender('none', {}), contender('ours', ALLOWED), ...peer],
    servers,
  );
  return {
    work: `GET with Origin, global policy, ${platform}`,
    unit: UNIT,
    samples,
    ...(quick ? {} : { peer: 'enableCors' }),
    limit: 'none',
    checks: [more(samples, 'none', 0.09)],
  };
}

async function withoutOrigin(platform, { servers }) {
  const contender = contenders(platform, GET_WITHOUT_ORIGIN);
  const samples = await compareServers(
    [contender('none', {}), contender('ours', { vary: 'Origin' })],
    servers,
  );
  return {
    work: `GET without Origin, ${platform}`,
    unit: UNIT,
    samples,
    limit: 'none',
    checks: [more(samples, 'none', 0.03)],
  };
}

async function decorated(platform, { servers, quick }) {
  const contender = contenders(platform, GET_DECORATED);
  const global = contenders(platform, GET)('ours', ALLOWED);
  const hasPeer = !quick && platform === 'Fastify';
  const peer = !hasPeer
    ? []
    : [{ ...contender('interceptor', ALLOWED_DECORATED), name: 'bound interceptor' }];
  const samples = await compareServers(
    [
      contender('none', {}),
      contender('ours', ALLOWED_DECORATED),
      { ...global, name: 'the global policy' },
      ...peer,
    ],
    servers,
  );
  return {
    work: `GET with Origin, decorated route, ${platform}`,
    unit: UNIT,
    samples,
    ...(hasPeer ? { peer: 'bound interceptor' } : {}),
    limit: 'none',
    checks: [more(samples, 'none', 0.09), times(samples, 'the global policy', 1.02)],
  };
}

/** Where `NODE_ENV` is unset, refusals are logged: what it costs once this one has been. */
async function refused(platform, { servers }) {
  const contender = contenders(platform, GET_REFUSED);
  const unset = (name, headers) => ({ ...contender(name, headers), environment: undefined });
  const samples = await compareServers(
    [
      unset('none', {}),
      unset('ours', { vary: 'Origin' }),
      { ...contender('ours', { vary: 'Origin' }), name: 'in production' },
    ],
    servers,
  );
  return {
    work: `GET of a refused origin, logged before, NODE_ENV unset, ${platform}`,
    unit: UNIT,
    samples,
    limit: 'none',
    checks: [more(samples, 'none', 0.15)],
  };
}

function contenders(platform, work) {
  return (name, headers) => ({
    name,
    server: [name, platform],
    environment: 'production',
    work,
    answer: answerOf(platform, headers),
  });
}

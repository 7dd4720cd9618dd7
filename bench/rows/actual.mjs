import { compareServers } from '../load/compare-servers.mjs';
import { atMostMore } from '../report/row.mjs';
import { ALLOWED, ALLOWED_DECORATED, ANSWER, answerWith } from '../work/answers.mjs';
import { GET, GET_DECORATED, GET_WITHOUT_ORIGIN } from '../work/requests.mjs';

const UNIT = 'µs CPU a request';
const NONE = { name: 'none', server: ['none', 'fastify'], answer: ANSWER };

/** Actual requests on Fastify: what the library adds to an application without CORS. */
export async function actualRows(effort) {
  const ours = (headers) => ({
    name: 'ours',
    server: ['ours', 'fastify'],
    answer: answerWith(headers),
  });
  const enableCors = (headers) => ({
    name: 'enableCors',
    server: ['enableCors', 'fastify'],
    answer: answerWith(headers),
  });
  const interceptor = {
    name: 'bound interceptor',
    server: ['interceptor', 'fastify'],
    answer: answerWith(ALLOWED_DECORATED),
  };
  const withoutOrigin = { ...ALLOWED };
  delete withoutOrigin['access-control-allow-origin'];

  const global = await compareServers([NONE, ours(ALLOWED), enableCors(ALLOWED)], GET, effort);
  const decorated = await compareServers(
    [NONE, ours(ALLOWED_DECORATED), interceptor],
    GET_DECORATED,
    effort,
  );
  const noOrigin = await compareServers(
    [NONE, ours({ vary: 'Origin' }), enableCors(withoutOrigin)],
    GET_WITHOUT_ORIGIN,
    effort,
  );
  return [
    {
      work: 'GET with Origin, global policy, Fastify',
      unit: UNIT,
      measured: global,
      peer: 'enableCors',
      limit: 'none',
      checks: [atMostMore(global, 'ours', 'none', 0.1, 'at most +10 % over none')],
    },
    {
      work: 'GET with Origin, decorated route, Fastify',
      unit: UNIT,
      measured: decorated,
      peer: 'bound interceptor',
      limit: 'none',
      checks: [atMostMore(decorated, 'ours', 'none', 0.15, 'at most +15 % over none')],
    },
    {
      work: 'GET without Origin, Fastify',
      unit: UNIT,
      measured: noOrigin,
      peer: 'enableCors',
      limit: 'none',
      checks: [atMostMore(noOrigin, 'ours', 'none', 0.05, 'at most +5 %')],
    },
  ];
}

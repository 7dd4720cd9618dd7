import { compareServers } from '../load/compare-servers.mjs';
import { times } from '../report/row.mjs';
import * as answers from '../work/answers.mjs';
import { PREFLIGHT, PREFLIGHT_NEW } from '../work/requests.mjs';

const UNIT = 'µs CPU a request';
const NEST_ANSWERS = { Express: answers.EXPRESS_PREFLIGHT, Fastify: answers.FASTIFY_PREFLIGHT };
const OTHERS = {
  Express: [
    { name: 'express + cors', server: ['expressWithCors'], answer: answers.EXPRESS_PREFLIGHT },
  ],
  Fastify: [
    {
      name: 'fastify + @fastify/cors',
      server: ['fastifyWithCors'],
      answer: answers.FASTIFY_PREFLIGHT,
    },
    { name: 'hono + hono/cors', server: ['honoWithCors'], answer: answers.HONO_PREFLIGHT },
  ],
};

/** Preflights on both platforms, and on frameworks without Nest. */
export async function preflightRows({ servers, quick }) {
  const measure = async (platform, work, others, checks) => {
    const contenders = [
      { name: 'ours', server: ['ours', platform], answer: answers.OUR_PREFLIGHT },
      {
        name: 'enableCors',
        server: ['enableCors', platform],
        answer: NEST_ANSWERS[platform],
      },
      { name: 'constant', server: ['constant', platform], answer: answers.OUR_PREFLIGHT },
      ...others,
    ];
    const samples = await compareServers(
      contenders.map((contender) => ({ ...contender, work, environment: 'production' })),
      servers,
    );
    return {
      work: `preflight, ${platform}${work === PREFLIGHT ? '' : ', each target new'}`,
      unit: UNIT,
      samples,
      peer: 'enableCors',
      limit: 'constant',
      checks: checks(samples),
    };
  };
  const others = quick ? { Express: [], Fastify: [] } : OTHERS;
  return [
    await measure('Express', PREFLIGHT, others.Express, (samples) => [
      times(samples, 'enableCors', 0.19),
      times(samples, 'constant', 1.15),
    ]),
    await measure('Fastify', PREFLIGHT, others.Fastify, (samples) => [
      times(samples, 'enableCors', 0.82),
      times(samples, 'constant'),
    ]),
    await measure('Fastify', PREFLIGHT_NEW, [], (samples) => [
      times(samples, 'enableCors', 0.92),
      times(samples, 'constant'),
    ]),
  ];
}

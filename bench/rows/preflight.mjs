import { compareServers } from '../load/compare-servers.mjs';
import { atMost } from '../report/row.mjs';
import * as answers from '../work/answers.mjs';
import { PREFLIGHT } from '../work/requests.mjs';

const UNIT = 'µs CPU a request';
const BARE = { name: 'node:http', server: ['bare'], answer: answers.OUR_PREFLIGHT };

/** Preflights on both platforms, and on frameworks without Nest. */
export async function preflightRows(effort) {
  const express = await compareServers(
    [
      { name: 'ours', server: ['ours', 'express'], answer: answers.OUR_PREFLIGHT },
      { name: 'enableCors', server: ['enableCors', 'express'], answer: answers.EXPRESS_PREFLIGHT },
      BARE,
      { name: 'express + cors', server: ['expressWithCors'], answer: answers.EXPRESS_PREFLIGHT },
    ],
    PREFLIGHT,
    effort,
  );
  const fastify = await compareServers(
    [
      { name: 'ours', server: ['ours', 'fastify'], answer: answers.OUR_PREFLIGHT },
      { name: 'enableCors', server: ['enableCors', 'fastify'], answer: answers.FASTIFY_PREFLIGHT },
      BARE,
      {
        name: 'fastify + @fastify/cors',
        server: ['fastifyWithCors'],
        answer: answers.FASTIFY_PREFLIGHT,
      },
      { name: 'hono + hono/cors', server: ['honoWithCors'], answer: answers.HONO_PREFLIGHT },
    ],
    PREFLIGHT,
    effort,
  );
  return [
    {
      work: 'preflight, Express',
      unit: UNIT,
      measured: express,
      peer: 'enableCors',
      limit: 'node:http',
      checks: [
        atMost(express, 'ours', 'enableCors', 0.2, 'at most 1/5 of enableCors'),
        atMost(express, 'ours', 'node:http', 1.4, 'at most 1.4 × the limit'),
      ],
    },
    {
      work: 'preflight, Fastify',
      unit: UNIT,
      measured: fastify,
      peer: 'enableCors',
      limit: 'node:http',
      checks: [
        atMost(fastify, 'ours', 'enableCors', 0.85, 'at most 0.85 × enableCors'),
        atMost(fastify, 'ours', 'node:http', 1.25, 'at most 1.25 × the limit'),
      ],
    },
  ];
}

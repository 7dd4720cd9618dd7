import { deepStrictEqual } from 'node:assert';
import { ServerResponse } from 'node:http';
import cors from 'cors';
import { decideResponse } from '../../dist/compiled/policy/decide-response.js';
import { prepareResponses } from '../../dist/compiled/policy/decide-response.js';
import { atLeastFaster } from '../report/row.mjs';
import { compareLoops } from '../timing/compare-loops.mjs';
import { ALLOWED } from '../work/answers.mjs';
import { buildPolicy } from '../work/build-policy.mjs';
import { fresh } from '../work/fresh.mjs';
import { inProcessExpress } from '../work/in-process-express.mjs';
import { POLICY, POLICY_WITH_METHODS } from '../work/policy.mjs';
import { HeaderSink } from '../work/header-sink.mjs';

const UNIT = 'ns CPU';
const middleware = cors(POLICY_WITH_METHODS);

/** One decision about an actual request, against the `cors` middleware. */
export async function decisionRows(effort) {
  const prepared = prepareResponses(buildPolicy(POLICY));
  const decided = compareHandlers(HeaderSink, effort, {
    ours(request, response) {
      const { headers } = decideResponse(prepared, {
        origin: request.headers.origin,
        toCorsRequest: noFunctionAsks,
      });
      for (let i = 0; i < headers.length; i += 2) response.setHeader(headers[i], headers[i + 1]);
      response.setHeader('Vary', 'Origin');
    },
    cors: (request, response) => middleware(request, response, ignore),
  });

  const ours = await inProcessExpress((_request, response) => response.writeHead(200));
  const theirs = await inProcessExpress((request, response) =>
    middleware(request, response, () => response.writeHead(200)),
  );
  const written = compareHandlers(ServerResponse, effort, {
    ours: ours.handle,
    cors: theirs.plainHandle,
  });
  await Promise.all([ours.close(), theirs.close()]);
  return [
    {
      work: 'one decision, GET with Origin, Express',
      unit: UNIT,
      measured: decided,
      peer: 'cors',
      checks: [atLeastFaster(decided, 'ours', 'cors', 3, 'at least 3 × faster than cors')],
    },
    {
      work: 'the same with route look-up and write, on a real response of node:http',
      unit: UNIT,
      measured: written,
      peer: 'cors',
      checks: [],
    },
  ];
}

function compareHandlers(Response, effort, handlers) {
  const exchange = () => {
    const headers = { accept: '*/*', origin: fresh(POLICY.origin[1]) };
    const request = { method: 'GET', url: fresh('/orders/42'), headers };
    return { request, response: new Response(request) };
  };
  const loops = Object.entries(handlers).map(([name, handle]) => {
    const checked = exchange();
    handle(checked.request, checked.response);
    const headers = { ...checked.response.getHeaders() };
    deepStrictEqual(headers, ALLOWED, `${name} decides otherwise than expected`);
    return {
      name,
      prepare: (count) => Array.from({ length: count }, exchange),
      run(exchanges) {
        for (const { request, response } of exchanges) handle(request, response);
      },
    };
  });
  return compareLoops(loops, effort);
}

function noFunctionAsks() {
  throw new Error('Only an origin function asks for more of the request than its origin.');
}

function ignore() {}

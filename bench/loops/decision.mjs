import { deepStrictEqual } from 'node:assert';
import { ServerResponse } from 'node:http';
import cors from 'cors';
import { ALLOWED } from '../work/answers.mjs';
import { decider } from '../work/decide.mjs';
import { fresh } from '../work/fresh.mjs';
import { HeaderSink } from '../work/header-sink.mjs';
import { inProcessExpress } from '../work/in-process-express.mjs';
import { POLICY, POLICY_WITH_METHODS } from '../work/policy.mjs';

/** What decides: alone, or within an application with route look-up and write. */
const HANDLERS = {
  alone: {
    ours() {
      const decide = decider(POLICY);
      return (request, response) => {
        const headers = decide(request.headers.origin);
        for (let i = 0; i < headers.length; i += 2) response.setHeader(headers[i], headers[i + 1]);
        response.setHeader('Vary', 'Origin');
      };
    },
    cors() {
      const middleware = cors(POLICY_WITH_METHODS);
      return (request, response) => middleware(request, response, ignore);
    },
  },
  written: {
    async ours() {
      const { handle } = await inProcessExpress((_request, response) => response.writeHead(200));
      return handle;
    },
    async cors() {
      const middleware = cors(POLICY_WITH_METHODS);
      const { plainHandle } = await inProcessExpress((request, response) =>
        middleware(request, response, () => response.writeHead(200)),
      );
      return plainHandle;
    },
  },
};

/** One decision about an actual request. */
export async function makeLoop(layer, kind) {
  const Response = kind === 'alone' ? HeaderSink : ServerResponse;
  const handle = await HANDLERS[kind][layer]();
  const exchange = () => {
    const headers = { accept: '*/*', origin: fresh(POLICY.origin[1]) };
    const request = { method: 'GET', url: fresh('/orders/42'), headers };
    return { request, response: new Response(request) };
  };
  const { request, response } = exchange();
  handle(request, response);
  const sent = { ...response.getHeaders() };
  deepStrictEqual(sent, ALLOWED, `${layer} decides otherwise than expected`);
  return {
    prepare: (count) => Array.from({ length: count }, exchange),
    run(exchanges) {
      for (const each of exchanges) handle(each.request, each.response);
    },
  };
}

function ignore() {}

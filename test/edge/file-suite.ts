import { type TableAnswer, TableReader } from '../support/edge-tables.js';
import { fc } from '../support/fast-check.js';
import { askedOfFile, GENERATED_FILES } from '../support/generated-files.js';
import type { EdgeSubject } from './edge-suite.js';
import { decidesOn, forwardedBy } from './engines.js';
import { startEcho } from './path-suite.js';
import { planFor } from './plan-for.js';
import {
  type AnswerView,
  describeDifferences,
  type Expected,
  isPreflight,
  replay,
  type ReplayedRequest,
  viewOf,
} from './replay.js';
import { HOST } from './requests.js';
import { startEdge } from './start-edge.js';

const FILES = Number(process.env['CORS_EDGE_APPS'] ?? 5);

interface Asked {
  readonly method: string;
  readonly target: string;
  readonly origin: string;
  readonly requestHeaders: string | undefined;
}

/** What is sent: the request itself, where clients and servers let it pass, and its preflight. */
function requestsOf({ method, target, origin, requestHeaders }: Asked): ReplayedRequest[] {
  const preflight: ReplayedRequest = {
    method: 'OPTIONS',
    target,
    headers: {
      host: HOST,
      origin,
      'access-control-request-method': method,
      ...(requestHeaders !== undefined && { 'access-control-request-headers': requestHeaders }),
    },
  };
  const isSent = /^[A-Z]+$/.test(method) && method !== 'TRACE';
  return isSent ? [{ method, target, headers: { host: HOST, origin } }, preflight] : [preflight];
}

/** What the tables say of a request, before an upstream that answers with 200 and without CORS. */
function dueOf(reader: TableReader, request: ReplayedRequest): AnswerView {
  const header = (name: string) => request.headers[name]?.toString();
  const { method, target } = request;
  const origin = header('origin') ?? '';
  const names = header('access-control-request-headers');
  const answer: TableAnswer = isPreflight(request)
    ? reader.preflight({
        method: header('access-control-request-method') ?? '',
        target,
        origin,
        ...(names !== undefined && { requestHeaders: names }),
      })
    : reader.response({ method, target, origin });
  return viewOf(answer === 'untouched' ? { status: 200, cors: {} } : { status: 200, ...answer });
}

/** A server does what the tables say that it was written from, which are proven equal to the application. */
export function describeAnyFile({ engine, target }: EdgeSubject): void {
  describe(`${engine.name}, with files of any application`, () => {
    it.each(GENERATED_FILES)(
      'does what the tables say of one on $platform',
      async ({ file: generated }) => {
        const echo = await startEcho();
        try {
          await fc.assert(
            fc.asyncProperty(
              generated,
              fc.constantFrom('', '/api.v1'),
              fc.array(askedOfFile, { minLength: 80, maxLength: 80 }),
              async (file, basePath, asked) => {
                const plan = await planFor(target, file, basePath);
                const reader = new TableReader(plan.tables);
                const requests = asked
                  .flatMap((one) => requestsOf({ ...one, target: basePath + one.target }))
                  .filter(({ target: sent }) => decidesOn(engine, sent));
                const expected: Expected = (sent) => {
                  const reached = forwardedBy(engine, sent.target);
                  return Promise.resolve(dueOf(reader, { ...sent, target: reached }));
                };
                const edge = await startEdge(engine, target.files(plan, 'answer'), echo.port);
                try {
                  const found = await replay(requests, expected, edge.port);
                  expect(describeDifferences(found, requests)).toBe('');
                } finally {
                  await edge.stop();
                }
              },
            ),
            { numRuns: FILES, endOnFailure: true },
          );
        } finally {
          echo.server.close();
        }
      },
      600_000,
    );
  });
}

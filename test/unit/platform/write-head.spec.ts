import { type IncomingMessage, ServerResponse } from 'node:http';
import { REQUEST_FACTS } from '../../../lib/platform/request-facts.js';
import { answerPreflight, holdWriteHead } from '../../../lib/platform/write-head.js';
import type { PreflightDecision } from '../../../lib/policy/decide-preflight.js';
import { decideAtOnce, prepareResponses } from '../../../lib/policy/decide-response.js';
import { APP, EVIL, policy } from '../policy/policies.js';

const DECISION: PreflightDecision = {
  outcome: 'allowed',
  status: 204,
  headers: ['Vary', 'Origin'],
};

/** A response that notes what happens to it. */
function noting(fails: string) {
  const heard: unknown[] = [];
  const note =
    (name: string) =>
    (...args: unknown[]) => {
      heard.push([name, ...args]);
      if (name === fails) throw broken;
    };
  const response = {
    headersSent: false,
    writeHead: note('writeHead'),
    end: note('end'),
    destroy: note('destroy'),
    [REQUEST_FACTS]: {},
  };
  const observer = { servingFailed: note('servingFailed') };
  const answer = (decision: PreflightDecision | Promise<PreflightDecision>) =>
    answerPreflight(response as never, decision, observer as never);
  return { response, heard, answer };
}

const broken = new Error('The socket is gone.');
const HEAD = ['writeHead', 204, DECISION.headers];

test.each([
  ['nothing', [HEAD, ['end']]],
  ['writeHead', [HEAD, ['servingFailed', broken], ['destroy']]],
  ['end', [HEAD, ['end'], ['servingFailed', broken], ['destroy']]],
] as const)(
  'an answer of which %s throws: what does is reported, and the connection closed',
  async (fails, all) => {
    for (const decision of [DECISION, Promise.resolve(DECISION)]) {
      const { response, heard, answer } = noting(fails);
      await answer(decision);
      // Nothing else is merged into it.
      expect([heard, response[REQUEST_FACTS]]).toEqual([all, undefined]);
    }
  },
);

test('where somebody has responded meanwhile, that stands', async () => {
  const { response, heard, answer } = noting('nothing');
  let decide: (decision: PreflightDecision) => void = () => {};
  const answering = answer(new Promise((resolve) => (decide = resolve)));
  response.headersSent = true;
  decide(DECISION);
  await answering;
  expect([heard, response[REQUEST_FACTS]]).toEqual([[], {}]);
});

/** A response whose head is written under a policy for `APP`, and what is heard of it. */
function written(given: {
  readonly origin: string | undefined;
  readonly isSameOrigin?: () => boolean;
  readonly isReported?: boolean;
  readonly headers?: Record<string, string>;
}) {
  const { origin, isSameOrigin = () => false, isReported = false, headers = {} } = given;
  const heard: string[] = [];
  const observer = {
    isActive: true,
    responseDecided: (_: unknown, { outcome }: { outcome: string }) => void heard.push(outcome),
    isReported: () => isReported,
    responseRefused: () => {
      heard.push('refused');
      return 'why';
    },
    foreignHeadersReplaced: () => void heard.push('replaced'),
  };
  const response = new ServerResponse({ method: 'GET' } as IncomingMessage);
  holdWriteHead(response as never);
  const decision = decideAtOnce(prepareResponses(policy()), origin);
  const facts = { origin, isSameOrigin, decision, decider: { observer } };
  Object.assign(response, { [REQUEST_FACTS]: facts });
  response.writeHead(200, headers);
  return { heard, diagnosis: response.getHeader('cors-diagnosis') };
}

test.each<[what: string, given: Parameters<typeof written>[0], ...heard: string[]]>([
  ['a page that is allowed', { origin: APP }, 'allowed'],
  ['a client without an origin', { origin: undefined }, 'not-a-cors-request'],
  ['a page that is not allowed', { origin: EVIL }, 'origin-not-allowed', 'refused'],
  ['one that was reported before', { origin: EVIL, isReported: true }, 'origin-not-allowed'],
  ["the application's own page", { origin: EVIL, isSameOrigin: () => true }, 'origin-not-allowed'],
  [
    'a page of which nobody knows whether it is',
    {
      origin: EVIL,
      isSameOrigin: () => {
        throw broken;
      },
    },
    'origin-not-allowed',
    'refused',
  ],
])('the response to %s is observed as its head is written', (_, given, ...heard) => {
  const diagnosis = heard.includes('refused') ? 'why' : undefined;
  expect(written(given)).toEqual({ heard, diagnosis });
});

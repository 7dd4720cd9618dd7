import { REQUEST_FACTS } from '../../../lib/platform/request-facts.js';
import { answerPreflight } from '../../../lib/platform/write-head.js';
import type { PreflightDecision } from '../../../lib/policy/decide-preflight.js';

const DECISION: PreflightDecision = {
  outcome: 'allowed',
  status: 204,
  headers: ['Vary', 'Origin'],
};

/** A response that notes what happens to it. */
function noting(fails: 'writeHead' | 'end' | undefined) {
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
  [undefined, [HEAD, ['end']]],
  ['writeHead', [HEAD, ['servingFailed', broken], ['destroy']]],
  ['end', [HEAD, ['end'], ['servingFailed', broken], ['destroy']]],
] as const)(
  'an answer whose %s throws is reported, and the connection closed',
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
  const { response, heard, answer } = noting(undefined);
  let decide: (decision: PreflightDecision) => void = () => {};
  const answering = answer(new Promise((resolve) => (decide = resolve)));
  response.headersSent = true;
  decide(DECISION);
  await answering;
  expect([heard, response[REQUEST_FACTS]]).toEqual([[], {}]);
});

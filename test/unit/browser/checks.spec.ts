import { checkGuide, type CorsCheckId } from '../../../lib/browser/index.js';
import { BROWSER_NAMES } from '../../../lib/browser/simulation.js';
import { conclude } from '../../../lib/diagnosis/check.js';
import { blockReason } from '../../../lib/testing/failure-message.js';
import { SCENARIO_NAMES, visitIn } from './scenarios.js';

/** Known from messages only: no header and no status shows them to a simulation. */
const NEVER_RAISED: readonly CorsCheckId[] = ['CORS_DISABLED'];

const simulations = Promise.all(
  BROWSER_NAMES.flatMap((browser) => SCENARIO_NAMES.map((name) => visitIn(name, browser))),
);

it('every check fails in some scenario, but for those known from messages only', async () => {
  const raised = new Set((await simulations).map(({ failedCheck }) => failedCheck));
  const missing = Object.keys(checkGuide).filter((check) => !raised.has(check as CorsCheckId));
  expect(missing).toEqual(NEVER_RAISED);
});

it('simulate(), expectCors() and check agree on what a failed check means', async () => {
  const disagreeing = new Map<CorsCheckId, readonly unknown[]>();
  for (const simulation of await simulations) {
    const { failedCheck, verdict } = simulation;
    if (failedCheck === null) continue;
    const concluded = conclude(simulation).verdict;
    const agree = concluded === (verdict === 'network-error' ? 'unknown' : 'blocked');
    const hasReason = blockReason(simulation) !== null;
    if (!agree || hasReason !== (verdict === 'blocked')) {
      disagreeing.set(failedCheck, [verdict, concluded, hasReason]);
    }
  }
  // The two that `check` sees otherwise, and says why.
  expect(Object.fromEntries(disagreeing)).toEqual({
    BAD_PORT: ['network-error', 'blocked', false],
    REDIRECT_LIMIT: ['blocked', 'unknown', true],
  });
});

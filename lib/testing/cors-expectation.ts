import type { Simulation } from '../browser/simulation.js';
import { blockReason } from './block-reason.js';
import type { CorsBlockReason } from './cors-block-reason.js';
import type { CorsCall } from './cors-call.js';
import { failureMessage } from './failure-message.js';
import { simulateCall } from './simulate-call.js';
import type { TestedApplication } from './tested-application.js';

/** What a test expects of a request. Nothing is sent before it says so. */
export class CorsExpectation {
  constructor(
    private readonly app: TestedApplication,
    private readonly call: CorsCall,
  ) {}

  /**
   * Expects that the browser lets the page read the response, whatever its status.
   *
   * @throws Error when it does not
   */
  toBeAllowed(): Promise<Simulation> {
    return this.expect('allowed', ({ verdict }) => verdict === 'allowed');
  }

  /**
   * Expects that the browser blocks the request, for the reason where one is given.
   *
   * @throws Error when it does not, or for another reason
   */
  toBeBlocked(reason?: CorsBlockReason): Promise<Simulation> {
    return this.expect(
      reason === undefined ? 'blocked' : `blocked: ${reason}`,
      (simulation) =>
        simulation.verdict === 'blocked' &&
        (reason === undefined || blockReason(simulation) === reason),
    );
  }

  private async expect(
    expected: string,
    holds: (simulation: Simulation) => boolean,
  ): Promise<Simulation> {
    // Made here, it points to the test; after the first answer, the stack no longer does.
    const failure = new Error();
    const simulation = await simulateCall(this.app, this.call);
    if (holds(simulation)) return simulation;
    const { stack = '' } = failure;
    failure.message = failureMessage(this.call, expected, actually(simulation), simulation);
    failure.stack = `Error: ${failure.message}${stack.slice(stack.indexOf('\n    at '))}`;
    throw failure;
  }
}

function actually(simulation: Simulation): string {
  switch (simulation.verdict) {
    case 'allowed':
      return 'allowed';
    case 'blocked':
      return `blocked: ${blockReason(simulation) ?? ''}`;
    case 'not-cors':
      return "of the page's own origin, where no CORS check applies";
    case 'network-error':
      return `not answered: ${simulation.details.reason ?? simulation.failedCheck ?? ''}`;
  }
}

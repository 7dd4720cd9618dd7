import type { Simulation } from '../../../lib/browser/index.js';
import type { PageSight } from './page-sight.js';

/** What a page and the browser model should say alike of a call. */
export function agreementOf(sight: PageSight, simulation: Simulation) {
  const { verdict, status, readable } = sight;
  const answered = simulation.steps.at(-1)?.response?.status ?? null;
  return {
    page: { verdict, status, readable },
    // Of what a page cannot see, there is nothing to compare.
    model: {
      verdict: simulation.verdict,
      status: status === null || status === 0 ? status : answered,
      readable: readable === null ? null : simulation.exposed,
    },
  };
}

import type { Simulation } from '../browser/simulation.js';

/** How a check ended: what to tell, and with which exit code. */
export interface Conclusion {
  readonly verdict: 'allowed' | 'blocked' | 'unknown';
  readonly exitCode: 0 | 1 | 2;
}

/** Draws the conclusion of a simulation. What never got an answer was not allowed, nor blocked. */
export function conclude({ verdict, failedCheck, findings }: Simulation): Conclusion {
  switch (failedCheck) {
    case null:
      // Not by a CORS check; but the page gets nothing all the same.
      return findings.some(({ kind }) => kind === 'MIXED_CONTENT') ? BLOCKED : ALLOWED;
    case 'NETWORK':
    case 'REDIRECT_LIMIT':
    case 'REDIRECT_LOCATION':
      return UNKNOWN;
    default:
      return verdict === 'allowed' ? ALLOWED : BLOCKED;
  }
}

const ALLOWED: Conclusion = { verdict: 'allowed', exitCode: 0 };
const BLOCKED: Conclusion = { verdict: 'blocked', exitCode: 1 };
const UNKNOWN: Conclusion = { verdict: 'unknown', exitCode: 2 };

import { isRedirectStatus } from '../../browser/steps/redirect-status.js';
import type { Observation } from './observation.js';
import type { Warning } from './warning.js';

/** Warns where `OPTIONS` does not reach the CORS layer, although this request did not need it. */
export function optionsWarnings(observations: readonly Observation[]): readonly Warning[] {
  const answer = observations.find((one) => one.kind === 'preflight' && one.from === 'page');
  if (answer === undefined) return [];
  const { status } = answer.response;
  const consequence = 'every request that needs a CORS-preflight request will be blocked.';
  if (isRedirectStatus(status)) {
    return [
      {
        id: 'OPTIONS_REDIRECTED',
        level: 'warning',
        sentence: `OPTIONS is redirected (status ${status}): ${consequence}`,
      },
    ];
  }
  if (status !== 401 && status !== 403 && status !== 407) return [];
  return [
    {
      id: 'OPTIONS_REFUSED',
      level: 'warning',
      sentence:
        `OPTIONS is answered with status ${status}, as by authentication that stands before ` +
        `CORS: ${consequence}`,
    },
  ];
}

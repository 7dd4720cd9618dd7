import type { Verdict } from '../browser/index.js';
import type { CheckReport } from './check.js';

/** Where a check is made, in words. */
export const STAGES = {
  request: 'before anything is sent',
  preflight: 'on the response to the preflight',
  response: 'on the response',
  redirect: 'on the redirect',
} as const;

const ALLOWED: Readonly<Partial<Record<Verdict, string>>> = {
  allowed: 'the page can read the response',
  'not-cors': "the URL has the page's own origin, so no CORS check applies",
  'needs-permission':
    'the page can read the response once the user lets it access the local network',
};

/** The verdict, where it was made, and the check that did not pass. */
export function verdictWords({ simulation, conclusion, source }: CheckReport): string {
  const { verdict, failedCheck, blockedAt } = simulation;
  const where = blockedAt === null ? '' : ` ${STAGES[blockedAt]}`;
  switch (conclusion.verdict) {
    case 'allowed':
      return verdict === 'allowed' && source === 'paste'
        ? 'Allowed: what was pasted passes every check'
        : `Allowed: ${ALLOWED[verdict] ?? ''}`;
    case 'blocked':
      return `Blocked${where}: ${failedCheck ?? ''}`;
    case 'unknown':
      return `Could not tell${where}: ${failedCheck ?? ''}`;
  }
}

import type { Caller, LiveCall } from './live-row.js';
import type { PageSight } from './page-sight.js';

/** What a page should see of a call, and of what it did see, the same parts. */
export function predictedSight(call: LiveCall, from: Caller, sight: PageSight) {
  const { sees, reads = {}, gets, timing } = call;
  const parts = { verdict: verdictOf(sees, from), status: sees, reads, gets, timing };
  const names = Object.keys(reads);
  return {
    predicted: parts,
    seen: {
      verdict: sight.verdict,
      status: typeof sees === 'number' ? sight.status : sees,
      reads: Object.fromEntries(names.map((name) => [name, sight.headers[name] ?? null])),
      gets: gets === undefined ? undefined : sight.body,
      timing: timing === undefined ? undefined : sight.timing,
    },
  };
}

function verdictOf(sees: LiveCall['sees'], from: Caller): PageSight['verdict'] {
  if (sees === 'blocked') return 'blocked';
  return sees === 'opaque' || from === 'api' ? 'not-cors' : 'allowed';
}

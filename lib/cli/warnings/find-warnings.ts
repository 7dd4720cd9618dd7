import type { FindingKind } from '../../browser/finding.js';
import type { Simulation } from '../../browser/simulation.js';
import { errorWarnings } from './error-warnings.js';
import { layerWarnings } from './layer-warnings.js';
import type { Observation } from './observation.js';
import { opennessWarnings } from './openness-warnings.js';
import { optionsWarnings } from './options-warnings.js';
import { varyWarnings } from './vary-warnings.js';
import type { Warning } from './warning.js';

const NOTES: readonly FindingKind[] = [
  'HEADER_DROPPED',
  'OPAQUE_RESPONSE',
  'REDIRECT_NOT_FOLLOWED',
  'PREFLIGHT_HEADERS_MISPLACED',
  'MAX_AGE_MISSING',
  'MAX_AGE_CAPPED',
  'HEADERS_NOT_EXPOSED',
  'ERROR_STATUS',
];

/**
 * What should be known of a server besides the verdict: what the simulation found, and what shows
 * when several answers are compared. What the verdict already says is not repeated.
 */
export function findWarnings(
  { failedCheck, blockedAt, findings }: Simulation,
  observations: readonly Observation[],
): readonly Warning[] {
  const vary = varyWarnings(observations);
  const found = findings
    // With several answers at hand, nobody has to guess from one.
    .filter(({ kind }) => kind !== 'VARY_ORIGIN_MISSING' || vary === null)
    .map(({ kind, sentence }): Warning => {
      return { id: kind, level: NOTES.includes(kind) ? 'note' : 'warning', sentence };
    });
  const openness = opennessWarnings(observations).filter(
    ({ id }) => id !== 'WILDCARD_WITH_CREDENTIALS' || failedCheck !== 'ACAO_WILDCARD_CREDENTIALS',
  );
  const compared = [
    ...openness,
    ...(vary ?? []),
    ...(failedCheck === 'ACAO_MULTIPLE' ? [] : layerWarnings(observations)),
    ...(failedCheck === null ? errorWarnings(observations) : []),
    ...(blockedAt === null ? optionsWarnings(observations) : []),
  ].filter(({ id }) => !found.some((other) => other.id === id));
  return [...found, ...compared].toSorted((a, b) => rank(a) - rank(b));
}

function rank({ level }: Warning): number {
  return level === 'warning' ? 0 : 1;
}

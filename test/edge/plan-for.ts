import type { EdgeTarget } from '../../lib/edge/edge-target.js';
import { type EdgePlan, planEdge } from '../../lib/edge/plan/plan-edge.js';
import type { CorsPolicyFile } from '../../lib/policy-file/policy-file.js';
import { HOST } from './requests.js';

/** What the command plans for a target, of one host. */
export function planFor(
  { title, looksAround, longestExpression }: EdgeTarget,
  file: CorsPolicyFile,
  basePath = '',
): Promise<EdgePlan> {
  const dialect = { title, looksAround, longestExpression };
  return planEdge(file, { ...dialect, digest: 'e3b0c442', basePath, host: HOST });
}

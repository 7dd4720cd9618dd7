import { type EdgePlan, planEdge } from '../../../lib/edge/plan/plan-edge.js';
import type { CorsPolicyFile } from '../../../lib/policy-file/policy-file.js';
import { readPolicyFile } from '../../../lib/policy-file/read-policy-file.js';
import { optionsInFile, policyFile } from '../../support/policy-files.js';

/** A file with these members; the policy `forRoot()` is there, and is the global one unless they say otherwise. */
export function edgeFile({ policies = {}, ...rest }: Partial<CorsPolicyFile> = {}): CorsPolicyFile {
  const all = { 'forRoot()': optionsInFile({}), ...policies };
  return readPolicyFile(
    JSON.stringify(policyFile({ rest: { ...rest, policies: all } })),
    'the file',
  );
}

/** A route of such a file. */
export function route(
  method: string,
  path: string,
  more: Partial<CorsPolicyFile['routes'][number]> = {},
): CorsPolicyFile['routes'][number] {
  return { method, path, handler: `C.${method.toLowerCase()}`, policy: 'forRoot()', ...more };
}

export const DIGEST = 'd19e57'.padEnd(64, '0');

export function planOf(
  file: CorsPolicyFile,
  options: Partial<Parameters<typeof planEdge>[1]> = {},
): Promise<EdgePlan> {
  return planEdge(file, {
    digest: DIGEST,
    title: 'nginx',
    looksAround: true,
    basePath: '',
    host: undefined,
    ...options,
  });
}

import type { OutgoingHttpHeaders } from 'node:http';
import { send } from './send.js';

/** Whose policy holds at a path: which origins the preflight allows, and which the actual answer. */
export interface PolicyOfPath {
  readonly preflight: readonly string[];
  readonly actual: readonly string[];
  readonly status: number;
}

/** Asks for a path from each origin, with a preflight and with the request itself. */
export async function policyOfPath(
  port: number,
  method: string,
  path: string,
  origins: readonly string[],
  headers: OutgoingHttpHeaders = {},
): Promise<PolicyOfPath> {
  const preflight: string[] = [];
  const actual: string[] = [];
  const statuses = new Set<number>();
  for (const origin of origins) {
    const before = await send(port, 'OPTIONS', path, {
      ...headers,
      origin,
      'access-control-request-method': method,
    });
    const allowed = before.cors['access-control-allow-origin'];
    if (allowed !== undefined) preflight.push(`${before.status} ${String(allowed)}`);
    const answer = await send(port, method, path, { ...headers, origin });
    const echoed = answer.cors['access-control-allow-origin'];
    if (echoed !== undefined) actual.push(String(echoed));
    statuses.add(answer.status);
  }
  const [status] = statuses;
  if (status === undefined || statuses.size > 1)
    throw new Error(`Statuses: ${[...statuses].join()}`);
  return { preflight, actual, status };
}

/** One origin alone is allowed, by the preflight as by the answer. */
export function policyOf(origin: string, status = 200): PolicyOfPath {
  return { preflight: [`204 ${origin}`], actual: [origin], status };
}

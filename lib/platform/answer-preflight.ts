import type { PreflightDecision } from '../policy/decide-preflight.js';

/** A response as far as a preflight is answered on it. */
interface Answerable {
  writeHead(status: number, headers: string[]): unknown;
  end(): unknown;
}

/**
 * Answers as soon as it is decided: one write of a head that is ready, no header set before, and no
 * body.
 */
export function answerPreflight(
  response: Answerable,
  decision: PreflightDecision | Promise<PreflightDecision>,
): void | Promise<void> {
  if (decision instanceof Promise) return decision.then((late) => answerPreflight(response, late));
  response.writeHead(decision.status, decision.headers as string[]);
  response.end();
}

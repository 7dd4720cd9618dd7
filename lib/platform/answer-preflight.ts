import type { PreflightDecision } from '../policy/preflight-decision.js';

/** A response as far as a preflight is answered on it. */
interface Answerable {
  writeHead(status: number, headers: string[]): unknown;
  end(): unknown;
}

/** One write of a head that is ready: no header is set before, and there is no body. */
export function answerPreflight(
  response: Answerable,
  { status, headers }: PreflightDecision,
): void {
  response.writeHead(status, headers as string[]);
  response.end();
}

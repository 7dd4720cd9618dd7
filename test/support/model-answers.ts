import type { ModelAnswer } from '../../lib/policy-file/policy-model.js';
import type { Answer } from './send.js';

/** A decision as it stands on the wire, or why the file does not know it. */
type Shown =
  { readonly status?: number; readonly cors: Readonly<Record<string, unknown>> } | string;

interface Decision {
  readonly headers: readonly string[];
  readonly status?: number;
  readonly varyByOrigin?: boolean;
}

/** What a model expects on the wire. */
export function expectedOf(answer: ModelAnswer<Decision>): Shown {
  if (answer.kind !== 'decided') return answer.kind;
  const { headers, status, varyByOrigin } = answer.decision;
  const cors: Record<string, unknown> = {};
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = (headers[index] ?? '').toLowerCase();
    if (name !== 'content-length') cors[name] = headers[index + 1];
  }
  if (varyByOrigin === true) cors['vary'] = 'Origin';
  return { ...(status !== undefined && { status }), cors };
}

/** What came, in the same form. */
export function answerOf({ status, cors }: Answer, isPreflight: boolean): Shown {
  return { ...(isPreflight && { status }), cors: { ...cors } };
}

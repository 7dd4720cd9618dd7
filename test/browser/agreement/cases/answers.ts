import type { Hop, Place, ScriptedAnswer } from '../agreement-case.js';
import { ACAC, ACAH, ACAM, ACAO } from './header-names.js';
import type { Choices, HeaderValue } from './choices.js';

type Headers = ScriptedAnswer['headers'];

/** Everything allowed, to the page. */
export const OPEN: Headers = { [ACAO]: '{page}', [ACAC]: 'true' };
export const OPEN_PREFLIGHT: Headers = {
  ...OPEN,
  [ACAM]: 'PUT, PATCH, DELETE, QUERY, patch, Foo',
  [ACAH]: 'x-a, x-b, content-type, authorization, range, accept',
};

/** An answer; headers that are null are left out. */
export function answer(status: number, headers: Choices<HeaderValue>) {
  const entries = Object.entries(headers).filter(([, value]) => value !== null);
  return { status, headers: Object.fromEntries(entries) as Headers };
}

/** A URL where everything is allowed, but for what is said. */
export function hop(at: Place, over: Partial<Hop> = {}): Hop {
  return { at, preflight: answer(204, OPEN_PREFLIGHT), answer: answer(200, OPEN), ...over };
}

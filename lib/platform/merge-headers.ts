import type { CorsDecision } from '../policy/cors-decision.js';
import { mergeVary } from '../policy/vary.js';

type HeaderValue = number | string | readonly string[];
type HeaderRecord = Readonly<Record<string, HeaderValue | undefined>>;
type HeaderList = readonly HeaderValue[] | readonly (readonly HeaderValue[])[];

/** Headers in any form that `writeHead` takes. */
export type HeadersArgument = HeaderRecord | HeaderList;

/** The part of a response that may already have headers of its own. */
export interface HeaderHolder {
  getHeader(name: string): HeaderValue | undefined;
  setHeader(name: string, value: string): unknown;
  removeHeader(name: string): unknown;
  hasHeader(name: string): boolean;
}

const ORIGIN = ['Origin'] as const;

/** What a decision on a CORS request owns in a response: one line, and one truth. */
const OWNED = [
  'access-control-allow-origin',
  'access-control-allow-credentials',
  'access-control-expose-headers',
  'timing-allow-origin',
] as const;
const OWNED_WITHOUT_TIMING = OWNED.slice(0, 3);
const NONE: readonly string[] = [];

/**
 * Writes a decision into the headers of a response.
 *
 * @param headers the argument of `writeHead`, which is never changed: an application may pass the
 * same object for many responses, and one origin's headers must not reach another's
 * @returns the argument to pass on instead
 */
export function mergeHeaders(
  response: HeaderHolder,
  decision: CorsDecision,
  headers: HeadersArgument | undefined,
): HeadersArgument | undefined {
  const owned = ownedBy(decision);
  if (owned === NONE && !decision.varyByOrigin) return headers;
  for (const name of owned) if (response.hasHeader(name)) response.removeHeader(name);

  const vary: HeaderValue[] = [];
  if (decision.varyByOrigin) {
    const earlier = response.getHeader('vary');
    if (earlier !== undefined) vary.push(earlier);
  }
  if (headers === undefined) return setOn(response, decision, vary);
  return isList(headers)
    ? mergeList(headers, decision, owned, vary)
    : mergeRecord(headers, decision, owned, vary);
}

/** A refusal owns its headers too; `@Cors(false)` leaves alone what the handler sets itself. */
function ownedBy(decision: CorsDecision): readonly string[] {
  switch (decision.outcome) {
    case 'origin-not-allowed':
    case 'malformed-origin':
      return OWNED_WITHOUT_TIMING;
    default:
      if (decision.headers.length === 0) return NONE;
      return decision.headers.includes('Timing-Allow-Origin') ? OWNED : OWNED_WITHOUT_TIMING;
  }
}

function setOn(response: HeaderHolder, decision: CorsDecision, vary: HeaderValue[]): undefined {
  const pairs = decision.headers;
  for (let i = 0; i < pairs.length; i += 2) response.setHeader(pairs[i] ?? '', pairs[i + 1] ?? '');
  if (decision.varyByOrigin) response.setHeader('Vary', varyValue(vary));
}

function mergeRecord(
  headers: HeaderRecord,
  decision: CorsDecision,
  owned: readonly string[],
  vary: HeaderValue[],
): HeaderRecord {
  const merged: Record<string, HeaderValue | undefined> = {};
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (!takesOver(name, value, decision, owned, vary)) merged[name] = value;
  }
  const pairs = decision.headers;
  for (let i = 0; i < pairs.length; i += 2) merged[pairs[i] ?? ''] = pairs[i + 1];
  if (decision.varyByOrigin) merged['Vary'] = varyValue(vary);
  return merged;
}

function mergeList(
  headers: HeaderList,
  decision: CorsDecision,
  owned: readonly string[],
  vary: HeaderValue[],
): HeaderList {
  // `writeHead` takes names and values in turn, or a list of pairs.
  const flat = (Array.isArray(headers[0]) ? headers.flat() : headers) as readonly HeaderValue[];
  const merged: HeaderValue[] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) {
    const name = String(flat[i]);
    const value = flat[i + 1] ?? '';
    if (!takesOver(name, value, decision, owned, vary)) merged.push(name, value);
  }
  merged.push(...decision.headers);
  if (decision.varyByOrigin) merged.push('Vary', varyValue(vary));
  return merged;
}

/** Whether the application's own header gives way; its `Vary` is kept for the merged one. */
function takesOver(
  name: string,
  value: HeaderValue | undefined,
  decision: CorsDecision,
  owned: readonly string[],
  vary: HeaderValue[],
): boolean {
  if (name.length === 4) {
    if (!decision.varyByOrigin || name.toLowerCase() !== 'vary') return false;
    if (value !== undefined) vary.push(value);
    return true;
  }
  // The shortest name that is owned has 19 characters; few of the others are as long.
  return name.length > 18 && owned.includes(name.toLowerCase());
}

function varyValue(values: readonly HeaderValue[]): string {
  if (values.length === 0) return 'Origin';
  return mergeVary(values.flat().join(', '), ORIGIN);
}

function isList(headers: HeadersArgument): headers is HeaderList {
  return Array.isArray(headers);
}

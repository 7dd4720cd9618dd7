import type { CorsDecision } from '../policy/decide-response.js';
import { mergeExposedHeaders, mergeVary } from '../policy/merged-lists.js';

type HeaderValue = number | string | readonly string[];
export type HeaderRecord = Readonly<Record<string, HeaderValue | undefined>>;
type HeaderList = readonly (HeaderValue | undefined)[] | readonly (readonly HeaderValue[])[];

/** Headers in any form that `writeHead` takes. */
export type HeadersArgument = HeaderRecord | HeaderList;

/** The part of a response that may already have headers of its own. */
export interface HeaderHolder {
  getHeader(name: string): HeaderValue | undefined;
  setHeader(name: string, value: string): unknown;
  removeHeader(name: string): unknown;
  hasHeader(name: string): boolean;
  getHeaderNames(): string[];
}

const ORIGIN = ['Origin'] as const;

const EXPOSE_HEADERS = 'access-control-expose-headers';
const TIMING = 'timing-allow-origin';
/** The headers of a response that a decision on a CORS request owns: one line each, its own. */
const OWNED: readonly string[] = [
  'access-control-allow-origin',
  'access-control-allow-credentials',
  EXPOSE_HEADERS,
  TIMING,
];
const OWNED_WITHOUT_TIMING = OWNED.slice(0, 3);
const NONE: readonly string[] = [];

/** What is found among the application's own headers while they are read. */
interface Findings {
  readonly decision: CorsDecision;
  readonly owned: readonly string[];
  /** Values of `Vary`, for the merged one. */
  readonly vary: HeaderValue[];
  /** Values of `Access-Control-Expose-Headers`, for the merged one; undefined for none. */
  exposed: HeaderValue[] | undefined;
  /** The names of those that are replaced; undefined for none. */
  replaced: string[] | undefined;
}

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
  takesList: boolean,
  onReplaced: (names: readonly string[]) => void,
): HeadersArgument | undefined {
  const owned = ownedBy(decision);
  if (owned === NONE && !decision.varyByOrigin) return headers;
  if (takesList && headers !== undefined && !isList(headers)) {
    const list = response.getHeaderNames().length === 0 ? listed(headers, decision) : undefined;
    if (list !== undefined) return list;
  }
  const findings: Findings = {
    decision,
    owned,
    vary: [],
    exposed: undefined,
    replaced: undefined,
  };
  for (const name of owned) {
    if (!response.hasHeader(name)) continue;
    giveWay(name, response.getHeader(name), findings);
    response.removeHeader(name);
  }
  if (decision.varyByOrigin) {
    const earlier = response.getHeader('vary');
    if (earlier !== undefined) findings.vary.push(earlier);
  }

  const merged =
    headers === undefined ? setOn(response, findings) : mergeArgument(headers, findings);
  if (findings.replaced !== undefined) onReplaced(findings.replaced);
  return merged;
}

/** A refusal owns its headers too; `@Cors(false)` leaves the handler's own headers alone. */
function ownedBy(decision: CorsDecision): readonly string[] {
  switch (decision.outcome) {
    case 'origin-not-allowed':
    case 'malformed-origin':
    case 'ambiguous-path':
    case 'undecided':
      return OWNED_WITHOUT_TIMING;
    default:
      if (decision.headers.length === 0) return NONE;
      return decision.headers.includes('Timing-Allow-Origin') ? OWNED : OWNED_WITHOUT_TIMING;
  }
}

/** The usual case: a record with the decision behind it. Undefined where something has to give way. */
function listed(headers: HeaderRecord, decision: CorsDecision): HeaderList | undefined {
  const list: (HeaderValue | undefined)[] = [];
  for (const name of Object.keys(headers)) {
    if (mayGiveWay(name)) return undefined;
    list.push(name, headers[name]);
  }
  // Not `push(...)`: V8 is slow to spread a frozen list.
  for (const text of decision.headers) list.push(text);
  if (decision.varyByOrigin) list.push('Vary', 'Origin');
  return list;
}

function setOn(response: HeaderHolder, findings: Findings): undefined {
  const pairs = decidedPairs(findings);
  for (let i = 0; i < pairs.length; i += 2) response.setHeader(pairs[i] ?? '', pairs[i + 1] ?? '');
  if (findings.decision.varyByOrigin) response.setHeader('Vary', varyValue(findings.vary));
}

function mergeArgument(headers: HeadersArgument, findings: Findings): HeadersArgument {
  return isList(headers) ? mergeList(headers, findings) : mergeRecord(headers, findings);
}

function mergeRecord(headers: HeaderRecord, findings: Findings): HeaderRecord {
  const merged: Record<string, HeaderValue | undefined> = {};
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (!givesWay(name, value, findings)) merged[name] = value;
  }
  const pairs = decidedPairs(findings);
  for (let i = 0; i < pairs.length; i += 2) merged[pairs[i] ?? ''] = pairs[i + 1];
  if (findings.decision.varyByOrigin) merged['Vary'] = varyValue(findings.vary);
  return merged;
}

function mergeList(headers: HeaderList, findings: Findings): HeaderList {
  // `writeHead` takes names and values in turn, or a list of pairs.
  const flat = (Array.isArray(headers[0]) ? headers.flat() : headers) as readonly HeaderValue[];
  const merged: HeaderValue[] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) {
    const name = String(flat[i]);
    const value = flat[i + 1] ?? '';
    if (!givesWay(name, value, findings)) merged.push(name, value);
  }
  merged.push(...decidedPairs(findings));
  if (findings.decision.varyByOrigin) merged.push('Vary', varyValue(findings.vary));
  return merged;
}

/** Whether one of the application's own headers gives way; its `Vary` is kept for the merged one. */
function givesWay(name: string, value: HeaderValue | undefined, findings: Findings): boolean {
  if (!mayGiveWay(name)) return false;
  const lower = name.toLowerCase();
  if (lower === 'vary') {
    if (!findings.decision.varyByOrigin) return false;
    if (value !== undefined) findings.vary.push(value);
    return true;
  }
  if (!findings.owned.includes(lower)) return false;
  giveWay(lower, value, findings);
  return true;
}

function mayGiveWay(name: string): boolean {
  if (name.length === 4) return name.toLowerCase() === 'vary';
  // The shortest name that is owned has 19 characters; few of the others are as long.
  return name.length >= 19 && OWNED.includes(name.toLowerCase());
}

/** What the application exposes is kept for the merged header; what it grants is replaced. */
function giveWay(name: string, value: HeaderValue | undefined, findings: Findings): void {
  if (name === EXPOSE_HEADERS) {
    if (value !== undefined) (findings.exposed ??= []).push(value);
  } else if (name !== TIMING) {
    (findings.replaced ??= []).push(name);
  }
}

/** The headers of the decision, with what the application itself exposes to an allowed origin. */
function decidedPairs({ decision: { headers }, exposed }: Findings): readonly string[] {
  if (exposed === undefined || headers.length === 0) return headers;
  const others: string[] = [];
  let ofPolicy = '';
  for (let i = 0; i < headers.length; i += 2) {
    const [name = '', value = ''] = headers.slice(i, i + 2);
    if (name.toLowerCase() === EXPOSE_HEADERS) ofPolicy = value;
    else others.push(name, value);
  }
  const credentials = headers.includes('Access-Control-Allow-Credentials');
  const merged = mergeExposedHeaders(ofPolicy, exposed.flat().map(String), credentials);
  return merged === '' ? others : [...others, 'Access-Control-Expose-Headers', merged];
}

function varyValue(values: readonly HeaderValue[]): string {
  if (values.length === 0) return 'Origin';
  return mergeVary(values.flat().join(', '), ORIGIN);
}

function isList(headers: HeadersArgument): headers is HeaderList {
  return Array.isArray(headers);
}

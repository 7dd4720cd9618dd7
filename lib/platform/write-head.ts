import type { PreflightDecision } from '../policy/decide-preflight.js';
import type { CorsDecision } from '../policy/decide-response.js';
import { mergeVary } from '../policy/vary.js';
import {
  type DecisionObserver,
  hasOrigin,
  REQUEST_FACTS,
  type RequestFacts,
  type TrackedResponse,
} from './request-facts.js';

/** A response as far as its head is concerned: that of `node:http` or `node:http2`. */
export type HeadWriter = HeaderHolder &
  TrackedResponse & {
    writeHead: WriteHead;
  };

/** `writeHead(status, headers)` or `writeHead(status, reason, headers)`. */
export type WriteHead = (
  this: HeadWriter,
  status: number,
  reason?: string | HeadersArgument,
  headers?: HeadersArgument,
) => unknown;

/**
 * The one place that writes a decision. Every response passes here, whoever sends it: handlers,
 * exception filters, streams, raw replies. Headers set earlier could be cleared or replaced.
 *
 * @param base the response's own `writeHead`
 */
export function writeHeadWithCors(
  response: HeadWriter,
  base: WriteHead,
  status: number,
  reason?: string | HeadersArgument,
  headers?: HeadersArgument,
): unknown {
  const facts = response[REQUEST_FACTS];
  const decision = facts?.decision;
  const observer = facts?.observer;
  if (facts === undefined || decision === undefined || observer === undefined) {
    return base.call(response, status, reason, headers);
  }
  if (typeof reason === 'string') {
    const merged = mergeHeaders(response, decision, headers, observer);
    if (observer.isActive) observe(response, facts, decision, observer, merged);
    return base.call(response, status, reason, merged);
  }
  const merged = mergeHeaders(response, decision, reason ?? headers, observer);
  if (observer.isActive) observe(response, facts, decision, observer, merged);
  return merged === undefined ? base.call(response, status) : base.call(response, status, merged);
}

/** Reports a response as it is written: by then the handler has run. */
function observe(
  response: HeadWriter,
  facts: RequestFacts,
  decision: CorsDecision,
  observer: DecisionObserver,
  headers: HeadersArgument | undefined,
): void {
  observer.responseDecided(facts, decision);
  if (decision.outcome === 'allowed' || decision.outcome === 'not-a-cors-request') return;
  if (!hasOrigin(facts) || facts.isSameOrigin()) return;
  // Under `@Cors(false)` a handler may set its own headers.
  if (/access-control-allow-origin/i.test(namesOf(response, headers))) return;
  const diagnosis = observer.responseRefused(facts, decision);
  if (diagnosis !== undefined) response.setHeader('Cors-Diagnosis', diagnosis);
}

/** A response that a preflight is answered on. */
interface PreflightResponse {
  writeHead(status: number, headers: string[]): unknown;
  end(): unknown;
}

/**
 * Answers a preflight as soon as it is decided: one write of a complete head, no header set before,
 * and no body.
 */
export function answerPreflight(
  response: PreflightResponse,
  decision: PreflightDecision | Promise<PreflightDecision>,
): void | Promise<void> {
  if (decision instanceof Promise) return decision.then((late) => answerPreflight(response, late));
  response.writeHead(decision.status, decision.headers as string[]);
  response.end();
}

function namesOf(response: HeadWriter, headers: HeadersArgument = {}): string {
  const passed: readonly unknown[] = Array.isArray(headers) ? headers.flat() : Object.keys(headers);
  return [...response.getHeaderNames(), ...passed].join();
}

type HeaderValue = number | string | readonly string[];
type HeaderRecord = Readonly<Record<string, HeaderValue | undefined>>;
type HeaderList = readonly HeaderValue[] | readonly (readonly HeaderValue[])[];

/** Headers in any form that `writeHead` takes. */
export type HeadersArgument = HeaderRecord | HeaderList;

/** The part of a response that may already have headers of its own. */
interface HeaderHolder {
  getHeader(name: string): HeaderValue | undefined;
  setHeader(name: string, value: string): unknown;
  removeHeader(name: string): unknown;
  hasHeader(name: string): boolean;
  getHeaderNames(): string[];
}

const ORIGIN = ['Origin'] as const;

/** The headers of a response that a decision on a CORS request owns: one line each, its own. */
const ALLOW_ORIGIN = 'access-control-allow-origin';
const OWNED = [
  ALLOW_ORIGIN,
  'access-control-allow-credentials',
  'access-control-expose-headers',
  'timing-allow-origin',
] as const;
const OWNED_WITHOUT_TIMING = OWNED.slice(0, 3);
const NONE: readonly string[] = [];

/** What is found among the application's own headers while they are read. */
interface Findings {
  readonly decision: CorsDecision;
  readonly owned: readonly string[];
  /** Values of `Vary`, for the merged one. */
  readonly vary: HeaderValue[];
  /** Whether another layer had written `Access-Control-Allow-Origin`. */
  foreign: boolean;
}

/**
 * Writes a decision into the headers of a response.
 *
 * @param headers the argument of `writeHead`, which is never changed: an application may pass the
 * same object for many responses, and one origin's headers must not reach another's
 * @returns the argument to pass on instead
 */
function mergeHeaders(
  response: HeaderHolder,
  decision: CorsDecision,
  headers: HeadersArgument | undefined,
  observer: DecisionObserver,
): HeadersArgument | undefined {
  const owned = ownedBy(decision);
  if (owned === NONE && !decision.varyByOrigin) return headers;
  const findings: Findings = { decision, owned, vary: [], foreign: false };
  for (const name of owned) {
    if (!response.hasHeader(name)) continue;
    if (name === ALLOW_ORIGIN) findings.foreign = true;
    response.removeHeader(name);
  }
  if (decision.varyByOrigin) {
    const earlier = response.getHeader('vary');
    if (earlier !== undefined) findings.vary.push(earlier);
  }

  const merged =
    headers === undefined ? setOn(response, findings) : mergeArgument(headers, findings);
  if (findings.foreign) observer.foreignHeaderReplaced();
  return merged;
}

/** A refusal owns its headers too; `@Cors(false)` leaves the handler's own headers alone. */
function ownedBy(decision: CorsDecision): readonly string[] {
  switch (decision.outcome) {
    case 'origin-not-allowed':
    case 'malformed-origin':
    case 'ambiguous-path':
      return OWNED_WITHOUT_TIMING;
    default:
      if (decision.headers.length === 0) return NONE;
      return decision.headers.includes('Timing-Allow-Origin') ? OWNED : OWNED_WITHOUT_TIMING;
  }
}

function setOn(response: HeaderHolder, { decision, vary }: Findings): undefined {
  const pairs = decision.headers;
  for (let i = 0; i < pairs.length; i += 2) response.setHeader(pairs[i] ?? '', pairs[i + 1] ?? '');
  if (decision.varyByOrigin) response.setHeader('Vary', varyValue(vary));
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
  const { decision, vary } = findings;
  const pairs = decision.headers;
  for (let i = 0; i < pairs.length; i += 2) merged[pairs[i] ?? ''] = pairs[i + 1];
  if (decision.varyByOrigin) merged['Vary'] = varyValue(vary);
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
  const { decision, vary } = findings;
  merged.push(...decision.headers);
  if (decision.varyByOrigin) merged.push('Vary', varyValue(vary));
  return merged;
}

/** Whether one of the application's own headers gives way; its `Vary` is kept for the merged one. */
function givesWay(name: string, value: HeaderValue | undefined, findings: Findings): boolean {
  if (name.length === 4) {
    if (!findings.decision.varyByOrigin || name.toLowerCase() !== 'vary') return false;
    if (value !== undefined) findings.vary.push(value);
    return true;
  }
  // The shortest name that is owned has 19 characters; few of the others are as long.
  if (name.length < 19) return false;
  const lower = name.toLowerCase();
  if (!findings.owned.includes(lower)) return false;
  if (lower === ALLOW_ORIGIN) findings.foreign = true;
  return true;
}

function varyValue(values: readonly HeaderValue[]): string {
  if (values.length === 0) return 'Origin';
  return mergeVary(values.flat().join(', '), ORIGIN);
}

function isList(headers: HeadersArgument): headers is HeaderList {
  return Array.isArray(headers);
}

import { mergeHeaders, type HeaderHolder, type HeadersArgument } from './merge-headers.js';
import { RESPONSE_STATE, type ResponseState, type StatefulResponse } from './response-state.js';

/** A response as far as its head is concerned: that of `node:http` or `node:http2`. */
export type HeadWriter = HeaderHolder &
  StatefulResponse & {
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
 * The one place that writes a decision. Every answer passes here, whoever gives it: handlers,
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
  const state = response[RESPONSE_STATE];
  if (state === undefined) return base.call(response, status, reason, headers);
  if (typeof reason === 'string') {
    const merged = mergeHeaders(response, state.decision, headers, state.onForeign);
    if (state.observer.isActive) observe(response, state, merged);
    return base.call(response, status, reason, merged);
  }
  const merged = mergeHeaders(response, state.decision, reason ?? headers, state.onForeign);
  if (state.observer.isActive) observe(response, state, merged);
  return merged === undefined ? base.call(response, status) : base.call(response, status, merged);
}

/** What is told once an answer is written: by then the handler has had its word. */
function observe(
  response: HeadWriter,
  state: ResponseState,
  headers: HeadersArgument | undefined,
): void {
  state.observer.responseDecided(state);
  const { outcome } = state.decision;
  if (outcome === 'allowed' || outcome === 'not-a-cors-request') return;
  if (state.origin === undefined || state.reader.isSameOrigin(state.source)) return;
  // Under `@Cors(false)` a handler may speak for itself.
  if (/access-control-allow-origin/i.test(namesOf(response, headers))) return;
  const diagnosis = state.observer.responseRefused(state);
  if (diagnosis !== undefined) response.setHeader('Cors-Diagnosis', diagnosis);
}

function namesOf(response: HeadWriter, headers: HeadersArgument = {}): string {
  const passed: readonly unknown[] = Array.isArray(headers) ? headers.flat() : Object.keys(headers);
  return [...response.getHeaderNames(), ...passed].join();
}

import { ServerResponse } from 'node:http';
import type { PreflightDecision } from '../policy/decide-preflight.js';
import { type CorsDecision, UNDECIDED } from '../policy/decide-response.js';
import {
  type HeaderHolder,
  type HeaderRecord,
  type HeadersArgument,
  mergeHeaders,
} from './merge-headers.js';
import {
  type DecisionObserver,
  hasOrigin,
  REQUEST_FACTS,
  type RequestFacts,
  type TrackedResponse,
} from './request-facts.js';
import type { LateResponse } from './serve-late.js';

/** A response as far as its head is concerned: that of `node:http` or `node:http2`. */
export type HeadWriter = HeaderHolder &
  TrackedResponse & {
    readonly headersSent: boolean;
    writeHead: WriteHead;
    /** Only in HTTP/2: the stream, which takes headers too. */
    readonly stream?: RespondingStream | undefined;
    [BASE_WRITE_HEAD]?: WriteHead | null;
  };

/** `writeHead(status, headers)` or `writeHead(status, reason, headers)`. */
type WriteHead = (
  this: HeadWriter,
  status: number,
  reason?: string | HeadersArgument,
  headers?: HeadersArgument,
) => unknown;

/**
 * Where a response keeps the `writeHead` of its own that it had, or null where it had none: then its
 * prototype's is called, whichever that is by then (Express sets another). A registered symbol: the
 * same for both builds.
 */
const BASE_WRITE_HEAD: unique symbol = Symbol.for('nestjs-cors:write-head');

/**
 * Makes a response its own write point. It is the response's own property, not its prototype's: an
 * Express application that is called by hand gives the response another prototype (see
 * docs/adr/0003-one-write-point.md). An application inside another finds it in place.
 */
export function holdWriteHead(response: HeadWriter): void {
  if (response[BASE_WRITE_HEAD] !== undefined) return;
  response[BASE_WRITE_HEAD] = Object.hasOwn(response, 'writeHead') ? response.writeHead : null;
  response.writeHead = writeHeadWithCors;
  if (response.stream !== undefined) holdRespond(response, response.stream);
}

/**
 * The one place that writes a decision. Every response passes here, whoever sends it: handlers,
 * exception filters, streams, raw replies. Headers set earlier could be cleared or replaced.
 *
 * Shared by all responses: no closure a request.
 */
function writeHeadWithCors(
  this: HeadWriter,
  status: number,
  reason?: string | HeadersArgument | null,
  headers?: HeadersArgument | null,
): unknown {
  const base = this[BASE_WRITE_HEAD] ?? prototypeOf(this).writeHead;
  const facts = this[REQUEST_FACTS];
  if (facts === undefined || this.headersSent) {
    return base.call(this, status, reason ?? undefined, headers ?? undefined);
  }
  const passed = (typeof reason === 'string' ? headers : (reason ?? headers)) ?? undefined;
  // Anybody else's may count on the form in which the application passes headers.
  const merged = decidedHeaders(this, facts, passed, base === ServerResponse.prototype.writeHead);
  if (typeof reason === 'string') return base.call(this, status, reason, merged);
  return merged === undefined ? base.call(this, status) : base.call(this, status, merged);
}

/** That of the response itself, where a handler writes to an object that inherits from it. */
function prototypeOf(response: HeadWriter): HeadWriter {
  let holder = response;
  while (!Object.hasOwn(holder, BASE_WRITE_HEAD)) {
    holder = Object.getPrototypeOf(holder) as HeadWriter;
  }
  return Object.getPrototypeOf(holder) as HeadWriter;
}

/** Writes the decision, reports it, and returns the argument to pass on. */
function decidedHeaders(
  response: HeadWriter,
  facts: RequestFacts,
  headers: HeadersArgument | undefined,
  takesList: boolean,
): HeadersArgument | undefined {
  const { decider } = facts;
  const observer = decider?.observer;
  const decision = facts.decision ?? decider?.decideNow(facts) ?? UNDECIDED;
  const merged = mergeHeaders(response, decision, headers, takesList, (names) =>
    observer?.foreignHeadersReplaced(facts, names),
  );
  if (observer?.isActive === true) observe(response, facts, decision, observer, merged);
  return merged;
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
  if (!hasOrigin(facts) || observer.isReported(facts, decision)) return;
  if (isSurelySameOrigin(facts)) return;
  // Under `@Cors(false)` a handler may set its own headers.
  if (/access-control-allow-origin/i.test(namesOf(response, headers))) return;
  const diagnosis = observer.responseRefused(facts, decision);
  if (diagnosis !== undefined) response.setHeader('Cors-Diagnosis', diagnosis);
}

/** A trust-proxy function that throws: then nobody knows, and the refusal is reported. */
function isSurelySameOrigin(facts: RequestFacts): boolean {
  try {
    return facts.isSameOrigin();
  } catch {
    return false;
  }
}

/** The part of an HTTP/2 stream that begins a response, past the response object. */
type RespondingStream = Partial<Record<keyof typeof RESPOND, (...args: unknown[]) => unknown>>;

/** At which position each of them takes headers. */
const RESPOND = { respond: 0, respondWithFD: 1, respondWithFile: 1 } as const;

/** HTTP/2 has a second way to begin a response, on the stream: it is a write point as well. */
function holdRespond(response: HeadWriter, stream: RespondingStream): void {
  let isWritingHead = false;
  response.writeHead = function (...args) {
    isWritingHead = true;
    try {
      return writeHeadWithCors.apply(this, args);
    } finally {
      isWritingHead = false;
    }
  };
  for (const [name, position] of Object.entries(RESPOND)) {
    const base = stream[name as keyof typeof RESPOND];
    if (typeof base !== 'function') continue;
    stream[name as keyof typeof RESPOND] = function (...args) {
      const facts = response[REQUEST_FACTS];
      if (facts !== undefined && !isWritingHead && !response.headersSent) {
        const decided = (headers: HeaderRecord) =>
          Object.assign(
            decidedHeaders(response, facts, headers, false) ?? {},
            sensitive(headers),
          ) as HeaderRecord;
        const options = args[position + 1];
        // The last to set headers, once the file is found.
        if (hasStatCheck(options)) args[position + 1] = decidingAfter(options, decided);
        else args[position] = decided((args[position] ?? {}) as HeaderRecord);
      }
      return Reflect.apply(base, this, args);
    };
  }
}

/** The options of a response from a file, as far as they may change its headers. */
interface FileOptions {
  readonly statCheck: (
    this: unknown,
    stats: unknown,
    headers: HeaderRecord,
    at: unknown,
  ) => unknown;
}

function hasStatCheck(options: unknown): options is FileOptions {
  return (
    typeof options === 'object' &&
    options !== null &&
    'statCheck' in options &&
    typeof options.statCheck === 'function'
  );
}

function decidingAfter(
  options: FileOptions,
  decided: (headers: HeaderRecord) => HeaderRecord,
): FileOptions {
  const { statCheck } = options;
  return {
    ...options,
    statCheck(stats, headers, at) {
      const goesOn = statCheck.call(this, stats, headers, at);
      if (goesOn === false) return false;
      const { ...set } = headers;
      for (const name of Object.keys(headers)) Reflect.deleteProperty(headers, name);
      Object.assign(headers, decided(set));
      return goesOn;
    },
  };
}

/** Names of headers that must not be compressed: Node takes them under a symbol. */
function sensitive(headers: HeaderRecord): object {
  const symbols = Object.getOwnPropertySymbols(headers);
  return Object.fromEntries(symbols.map((symbol) => [symbol, Reflect.get(headers, symbol)]));
}

/** A response that a preflight is answered on. */
type PreflightResponse = HeadWriter & LateResponse & { end(): unknown };

/**
 * Answers a preflight as soon as it is decided: one write of a complete head, no header set before,
 * and no body. Where someone else has responded meanwhile, that stands.
 */
export function answerPreflight(
  response: PreflightResponse,
  decision: PreflightDecision | Promise<PreflightDecision>,
  observer: DecisionObserver,
): void | Promise<void> {
  if (decision instanceof Promise) {
    return decision.then((late) => answerPreflight(response, late, observer));
  }
  if (response.headersSent) return undefined;
  try {
    // The answer is complete: nothing is to be merged into it.
    if (response[REQUEST_FACTS] !== undefined) response[REQUEST_FACTS] = undefined;
    response.writeHead(decision.status, decision.headers);
    response.end();
  } catch (error) {
    observer.servingFailed(error);
    response.destroy();
  }
  return undefined;
}

function namesOf(response: HeadWriter, headers: HeadersArgument = {}): string {
  const passed: readonly unknown[] = Array.isArray(headers) ? headers.flat() : Object.keys(headers);
  return [...response.getHeaderNames(), ...passed].join();
}

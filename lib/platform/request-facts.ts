import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { PROBE_HEADER, PROBE_ORIGIN } from '../fetch/origins.js';
import type { PreflightDecision } from '../policy/decide-preflight.js';
import { type CorsDecision, UNDECIDED } from '../policy/decide-response.js';
import type { CorsRequest } from '../policy/policy.js';
import type { PolicyGeneration } from '../routing/policy-registry.js';
import { GLOBAL_POLICY, type RouteEntry } from '../routing/route-entry.js';
import type { RouteTable } from '../routing/route-table.js';

/** A platform's request, as far as every platform has it. */
export interface RawRequest {
  readonly headers: IncomingHttpHeaders;
}

/** A request of Node's that no platform has seen, such as the handshake of a WebSocket. */
export type UnseenRequest = IncomingMessage;

/**
 * What is known of one request, from the moment it arrives to the event about it. A platform adds
 * how its own request is read; that happens only on demand, since most requests need none of it.
 */
export abstract class RequestFacts<Raw extends RawRequest = RawRequest> {
  /** The route that serves the request, or probably will; undefined: none. */
  route: RouteEntry | undefined = undefined;
  /** The policy that applies by now; `NOT_LOCATED` until somebody needs to know. */
  policyIndex = GLOBAL_POLICY;
  /** The policies as they were when the request arrived. */
  policies: PolicyGeneration = NO_POLICIES;
  /**
   * What its response will say, as decided so far; until then it grants nothing. Undefined where there is
   * nothing to wait for: it is decided as the head is written.
   */
  decision: CorsDecision | undefined = UNDECIDED;
  /** Whether the policy is final whoever responds: a preflight that is left to the application. */
  isSettled = false;
  /** Who decides on the response, and reports it; nobody where a preflight is pending. */
  decider: Decider | undefined = undefined;
  /** Where several applications share an instance, what each of them knows of the request. */
  ofEach: readonly RequestFacts[] | undefined = undefined;

  constructor(
    protected readonly rawRequest: Raw,
    /** In a preflight, the method that it asks about. */
    readonly method: string,
    /** The request target as routes see it. */
    readonly target: string,
    readonly origin: string | undefined,
  ) {}

  /** What an origin function or resolver may know of it. */
  abstract toCorsRequest(): CorsRequest;

  /** Whether the page that sent it is of this application's own origin. */
  abstract isSameOrigin(): boolean;

  /** The route that will probably serve it, before the platform has chosen one. */
  expectedRoute(routes: RouteTable): RouteEntry | undefined {
    return routes.candidates(this)[0];
  }

  /** The host name as the platform reads it. */
  hostname(): string {
    return this.toCorsRequest().hostname;
  }

  /** `Host` as it was sent, whatever a proxy says: what Fastify's host constraints read. */
  hostHeader(): string | undefined {
    const { headers } = this.rawRequest;
    if (headers.host !== undefined && headers.host !== '') return headers.host;
    const authority = headers[':authority'];
    return typeof authority === 'string' ? authority : undefined;
  }

  /** `Access-Control-Request-Headers`. */
  get requestHeaders(): string | undefined {
    return this.rawRequest.headers['access-control-request-headers'];
  }

  /** Whether one of our own commands sent it to find something out: no page was refused. */
  get isProbe(): boolean {
    const { headers } = this.rawRequest;
    return this.origin === PROBE_ORIGIN || headers[PROBE_HEADER_RECEIVED] !== undefined;
  }
}

const PROBE_HEADER_RECEIVED = PROBE_HEADER.toLowerCase();
const NO_POLICIES: PolicyGeneration = Object.freeze([]);

/** The index of a policy that nobody has looked for yet. */
export const NOT_LOCATED = -1;

/** What a response asks as its head is written. */
interface Decider {
  readonly observer: DecisionObserver;
  /** The decision that could wait until now. Never throws. */
  decideNow(facts: RequestFacts): CorsDecision;
}

/** The facts of a request with `Origin`. */
export type CrossOriginFacts = RequestFacts & { readonly origin: string };

export function hasOrigin(facts: RequestFacts): facts is CrossOriginFacts {
  return facts.origin !== undefined;
}

/**
 * The method that a CORS-preflight request asks about; undefined for any other request. Only
 * `OPTIONS` with `Origin` and `Access-Control-Request-Method` is a preflight.
 */
export function requestedMethod({
  method,
  headers,
}: RawRequest & { readonly method?: string | undefined }): string | undefined {
  if (method !== 'OPTIONS' || headers.origin === undefined) return undefined;
  return headers['access-control-request-method'];
}

/**
 * Whether a request with `Origin` comes from the application's own origin: browsers send the header
 * on their same-origin POST, PUT, PATCH and DELETE requests as well.
 *
 * @param protocol `http` or `https`, as the platform reads it (trust-proxy setting honoured)
 * @param host name and port, as the platform reads them
 * @see https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
 */
export function isSameOrigin(
  headers: IncomingHttpHeaders,
  protocol: string,
  host: string | undefined,
): boolean {
  const site = headers['sec-fetch-site'];
  // `none`: it was not a page but the user, with a bookmark or by typing the address.
  if (typeof site === 'string') return site === 'same-origin' || site === 'none';
  return host !== undefined && headers.origin === `${protocol}://${host.toLowerCase()}`;
}

/**
 * Is notified of decisions: subscribers, the log, the header `Cors-Diagnosis`. It never throws: what goes
 * wrong in it must change no response.
 */
export interface DecisionObserver {
  /** Whether anybody listens: read for each request, so it must be cheap. */
  readonly isActive: boolean;
  /** Whether what is allowed is reported as well: the log has refusals only. */
  readonly seesPermissions: boolean;
  /** A preflight is answered. */
  preflightDecided(facts: CrossOriginFacts, decision: PreflightDecision): void;
  /** The head of a response is written: by then the handler has run. */
  responseDecided(facts: RequestFacts, decision: CorsDecision): void;
  /**
   * A browser will not send the actual request.
   *
   * @returns a diagnosis to send along, if any
   */
  preflightRefused(facts: CrossOriginFacts, decision: PreflightDecision): string | undefined;
  /** Whether `responseRefused` has nothing to say any more: asked first, so it must be cheap. */
  isReported(facts: CrossOriginFacts, decision: CorsDecision): boolean;
  /** A browser will not show the response to the page. As for `preflightRefused`. */
  responseRefused(facts: CrossOriginFacts, decision: CorsDecision): string | undefined;
  /** CORS headers that the application had written itself were replaced. */
  foreignHeadersReplaced(facts: RequestFacts, names: readonly string[]): void;
  /** Something threw while a request was decided or served: nothing is granted to it any more. */
  servingFailed(error: unknown): void;
}

/** Where a response keeps the facts of its request. A registered symbol: the same for both builds. */
export const REQUEST_FACTS: unique symbol = Symbol.for('nestjs-cors:request');

/** A response whose request was seen. */
export interface TrackedResponse {
  [REQUEST_FACTS]?: RequestFacts | undefined;
}

/**
 * Keeps the facts of a request on its response. Where several applications share an instance, each has
 * facts of its own: a policy's index means another policy to another application.
 */
export function keepFacts(response: TrackedResponse, facts: RequestFacts): void {
  const earlier = response[REQUEST_FACTS];
  response[REQUEST_FACTS] = facts;
  if (earlier === undefined) return;
  const others = (earlier.ofEach ?? [earlier]).filter(
    // Nobody's: a preflight that is left to the application, or a request that came too early.
    ({ decider }) => decider !== undefined && decider !== facts.decider,
  );
  if (others.length === 0) return;
  const all = [...others, facts];
  for (const each of all) each.ofEach = all;
}

/** What one application knows of a request. */
export function factsOf(response: TrackedResponse, decider: object): RequestFacts | undefined {
  const latest = response[REQUEST_FACTS];
  if (latest === undefined || latest.decider === decider) return latest;
  return latest.ofEach?.find((each) => each.decider === decider);
}

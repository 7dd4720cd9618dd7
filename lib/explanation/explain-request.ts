import type { IncomingHttpHeaders } from 'node:http';
import {
  type BrowserName,
  type Finding,
  type Fix,
  type ReceivedResponse,
  type SentRequest,
  simulate,
  type Verdict,
} from '../browser/index.js';
import { optionsOf } from '../options/declared-options.js';
import { ambiguousPath, passedThrough, switchedOff } from '../observation/refusal-sentence.js';
import { hasOrigin, RequestFacts } from '../platform/request-facts.js';
import type { RequestPipeline } from '../platform/request-pipeline.js';
import type { CorsOutcome, CorsRequest } from '../policy/policy.js';
import type { RouteEntry } from '../routing/route-entry.js';
import { loggable } from '../text/escape.js';
import { type ExplainedPolicy, explainPolicy } from './route-report.js';

/** One response of the application, as data. */
interface ExplainedResponse {
  readonly status: number;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly outcome: CorsOutcome;
}

/**
 * Plays the browser's side of a request against the application's own decisions: nothing is sent.
 *
 * @param hasNoInstance whether a value of `origin` is a class that cannot be asked
 */
export async function explainRequest(
  { origin, method = 'GET', url, headers = {}, credentials = false, browser }: CorsQuestion,
  pipeline: RequestPipeline,
  hasNoInstance: (origin: unknown) => boolean,
): Promise<CorsExplanation> {
  const { policies, routes } = pipeline;
  await routes.ready();
  let first: ExplainedRequestFacts | undefined;
  let preflight: ExplainedResponse | undefined;
  let response: ExplainedResponse | undefined;

  const send = async (sent: SentRequest): Promise<ReceivedResponse> => {
    const facts = new ExplainedRequestFacts(sent, origin);
    first ??= facts;
    if (facts.isPreflight && hasOrigin(facts)) {
      preflight = await pipeline.askPreflight(facts);
      return received(preflight);
    }
    const { outcome, headers: own, varyByOrigin } = await pipeline.askResponse(facts);
    const vary = varyByOrigin ? ['Vary', 'Origin'] : [];
    response = { status: 200, outcome, headers: [...own, ...vary] };
    return received(response);
  };

  const simulation = await simulate({
    pageOrigin: origin,
    url: absoluteUrl(url, origin),
    method,
    headers,
    credentials,
    // What is in front of the application is not asked.
    mixedContent: 'note',
    send,
    ...(browser !== undefined && { browser }),
  });
  const [route, ...others] = first === undefined ? [] : routes.candidates(first);
  const policyIndex = first?.policyIndex ?? policies.indexFor(undefined, '');
  // Its preflight is not answered here, whatever was played.
  const isPassedThrough = policies.current[policyIndex]?.passesThrough === true;
  const decided = response?.outcome ?? preflight?.outcome ?? 'not-a-cors-request';
  const declared = policies.declaredOptionsOf(policyIndex) ?? false;
  const decider = optionsOf(declared)?.origin?.value;
  const isUndecided = decided === 'origin-not-allowed' && hasNoInstance(decider);
  const outcome = isPassedThrough ? 'passed-through' : isUndecided ? 'undecided' : decided;
  return {
    route: route ? `${route.method} ${route.path} → ${route.handler ?? 'no controller'}` : null,
    otherCandidates: others.map(
      (candidate) => candidate.handler ?? `${candidate.method} ${candidate.path}`,
    ),
    policy: explainPolicy(declared),
    verdict: simulation.verdict,
    outcome,
    preflight: preflight ? { status: preflight.status, headers: record(preflight.headers) } : null,
    headers: record(response?.headers ?? []),
    message: simulation.message,
    fix: fixFor(outcome, simulation.fix, route, {
      originFalseAt: policies.originFalseAt(policyIndex),
      readings: () => policies.paths.describe(first?.target ?? ''),
      decider: typeof decider === 'function' ? decider.name : 'the origin function',
    }),
    findings: [
      ...simulation.findings,
      ...(route === undefined &&
      simulation.verdict === 'allowed' &&
      policyIndex === policies.indexFor(undefined, '')
        ? [unserved(method, first?.target ?? url)]
        : []),
    ],
  };
}

/** A request that the browser's model sends to the application. */
class ExplainedRequestFacts extends RequestFacts {
  readonly isPreflight: boolean;

  constructor(
    private readonly sent: SentRequest,
    pageOrigin: string,
  ) {
    const headers = Object.fromEntries(
      sent.headers.map(([name, value]) => [name.toLowerCase(), value]),
    ) as IncomingHttpHeaders;
    const requested = headers['access-control-request-method'];
    const { pathname, search } = new URL(sent.url);
    super({ headers }, requested ?? sent.method, pathname + search, headers.origin ?? pageOrigin);
    this.isPreflight = requested !== undefined;
  }

  toCorsRequest(): CorsRequest {
    const { hostname, protocol } = new URL(this.sent.url);
    const { origin = '', method, target } = this;
    return { origin, method, url: target, hostname, protocol: protocol.slice(0, -1) };
  }

  isSameOrigin(): boolean {
    return false;
  }

  override hostHeader(): string {
    return new URL(this.sent.url).host;
  }
}

/** A path that neither a route nor `paths` names is mostly a mistake. */
function unserved(method: string, path: string): Finding {
  return {
    kind: 'ERROR_STATUS',
    sentence:
      `No route serves ${loggable(method)} ${loggable(path)}: unless a middleware does, the status is 404, ` +
      'and the page can read it: this is not a CORS problem.',
    names: [],
  };
}

/** What only the server knows of a refusal. */
interface FixDetails {
  /** Where `origin: false` is written, if that switches CORS off. */
  readonly originFalseAt: string | undefined;
  /** The policies that apply to the readings of an ambiguous path. */
  readonly readings: () => readonly string[];
  /** The class that decides. */
  readonly decider: string;
}

/** A browser cannot know that CORS is switched off or passed through on purpose, or that the path is ambiguous. */
function fixFor(
  outcome: CorsOutcome,
  fix: Fix | null,
  route: RouteEntry | undefined,
  { originFalseAt, readings, decider }: FixDetails,
): Fix | null {
  if (fix === null) return null;
  const where = route?.handler ? `for ${route.handler}` : undefined;
  switch (outcome) {
    case 'cors-disabled':
      return { ...fix, sentence: switchedOff(where, originFalseAt) };
    case 'passed-through':
      return { ...fix, sentence: passedThrough(where ?? 'there') };
    case 'ambiguous-path':
      return { ...fix, sentence: ambiguousPath(readings()).replace(/^s/, 'S') };
    case 'undecided':
      return {
        ...fix,
        sentence: `${decider} decides at run time: it has no instance yet, and in a preview none is made. Start the application to ask it.`,
      };
    default:
      return fix;
  }
}

/** A path belongs to an origin other than the page's, with the page's own scheme. */
function absoluteUrl(url: string, origin: string): string {
  const scheme = origin.startsWith('http://') ? 'http' : 'https';
  return new URL(url, `${scheme}://this-application.invalid`).href;
}

function received({ status, headers }: ExplainedResponse): ReceivedResponse {
  return { status, headers: pairs(headers) };
}

function pairs(flat: readonly string[]): [string, string][] {
  return flat.flatMap((name, index) =>
    index % 2 === 0 ? [[name, flat[index + 1] ?? ''] as [string, string]] : [],
  );
}

function record(flat: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(pairs(flat));
}

/** A request from a page, to be explained. */
export interface CorsQuestion {
  /** The origin of the page: `https://app.example.com`. */
  readonly origin: string;
  /** @default 'GET' */
  readonly method?: string;
  /** A path of this application, or a whole URL where the host name matters. */
  readonly url: string;
  /** The request headers that the page sets. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Whether the page sends credentials: `credentials: 'include'`, `withCredentials`.
   *
   * @default false
   */
  readonly credentials?: boolean;
  /**
   * The browser whose wording `message` uses.
   *
   * @default 'chromium'
   */
  readonly browser?: BrowserName;
}

/** What a browser would make of a request, and why, without sending it. */
export interface CorsExplanation {
  /** `GET /orders/:id → OrdersController.one`; null where no route serves the request. */
  readonly route: string | null;
  /** Other handlers that may serve it, by a version that a preflight does not carry. */
  readonly otherCandidates: readonly string[];
  /**
   * The effective policy option by option; `false` where `@Cors(false)` applies, or no one policy;
   * `'pass-through'` where CORS passes through.
   */
  readonly policy: ExplainedPolicy;
  /** Whether the page gets the response. */
  readonly verdict: Verdict;
  /**
   * The decision in one word: that of the CORS-preflight request if nothing is sent after it.
   * `undecided` where a class decides that has no instance yet, as in a preview.
   */
  readonly outcome: CorsOutcome;
  /** The response to the preflight; null where the browser sends none. */
  readonly preflight: {
    /** 204 where the origin is allowed, 403 where it is not. */
    readonly status: number;
    /** All of its CORS headers, `Vary` included. */
    readonly headers: Readonly<Record<string, string>>;
  } | null;
  /** The CORS headers of the response, `Vary` included. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the browser's console would show; null where it shows nothing. */
  readonly message: string | null;
  /** What to change; null where nothing needs to change. */
  readonly fix: Fix | null;
  /** What works, but not as intended, such as a header that the page cannot read. */
  readonly findings: readonly Finding[];
}

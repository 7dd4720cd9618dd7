import {
  type BrowserName,
  type Finding,
  type Fix,
  type ReceivedResponse,
  type SentRequest,
  simulate,
  type Verdict,
} from '../browser/index.js';
import type { CorsOutcome, CorsRequest } from '../policy/policy.js';

/** One answer of the application, as data. */
export interface ExplainedAnswer {
  readonly status: number;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly outcome: CorsOutcome;
}

/** The application, as far as a request needs it: nothing is sent. */
interface ExplainedApplication {
  preflight(
    request: CorsRequest,
    requestHeaders: string | undefined,
  ): ExplainedAnswer | Promise<ExplainedAnswer>;
  respond(request: CorsRequest): ExplainedAnswer | Promise<ExplainedAnswer>;
}

/** Plays the browser's side of a request against the application's own decisions. */
export async function explainRequest(
  { origin, method = 'GET', url, headers = {}, credentials = false, browser }: CorsQuestion,
  application: ExplainedApplication,
): Promise<Omit<CorsExplanation, 'route' | 'otherCandidates' | 'policy'>> {
  let preflight: ExplainedAnswer | null = null;
  let response: ExplainedAnswer | null = null;
  const absolute = absoluteUrl(url, origin);

  const send = async (sent: SentRequest): Promise<ReceivedResponse> => {
    const requested = headerOf(sent, 'access-control-request-method');
    const { hostname, protocol, pathname, search } = new URL(sent.url);
    const request: CorsRequest = {
      origin: headerOf(sent, 'origin') ?? origin,
      method: requested ?? sent.method,
      url: pathname + search,
      hostname,
      protocol: protocol.slice(0, -1),
    };
    if (requested === undefined) {
      response = await application.respond(request);
      return received(response);
    }
    preflight = await application.preflight(
      request,
      headerOf(sent, 'access-control-request-headers'),
    );
    return received(preflight);
  };

  const simulation = await simulate({
    pageOrigin: origin,
    url: absolute,
    method,
    headers,
    credentials,
    send,
    ...(browser !== undefined && { browser }),
  });
  const asked = preflight as ExplainedAnswer | null;
  const answered = response as ExplainedAnswer | null;
  return {
    verdict: simulation.verdict,
    outcome: answered?.outcome ?? asked?.outcome ?? 'not-a-cors-request',
    preflight: asked && { status: asked.status, headers: record(asked.headers) },
    headers: record(answered?.headers ?? []),
    message: simulation.message,
    fix: simulation.fix,
    findings: simulation.findings,
  };
}

/** A path belongs to some other origin than the page's, reached by the page's own scheme. */
function absoluteUrl(url: string, origin: string): string {
  const scheme = origin.startsWith('http://') ? 'http' : 'https';
  return new URL(url, `${scheme}://this-application.invalid`).href;
}

function received({ status, headers }: ExplainedAnswer): ReceivedResponse {
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

function headerOf({ headers }: SentRequest, wanted: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
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
   * Whether the page asks for credentials: `credentials: 'include'`, `withCredentials`.
   *
   * @default false
   */
  readonly credentials?: boolean;
  /**
   * Whose words `message` is in.
   *
   * @default 'chromium'
   */
  readonly browser?: BrowserName;
}

/** One option of an effective policy, and where it is written. */
export interface ExplainedOption {
  /** The value in force. */
  readonly value: unknown;
  /** `forRoot()`, `forRoot().policies.public`, `@Cors() on OrdersController.update`; or `default`. */
  readonly from: string;
}

/** What a browser would be told, and why, without a request being sent. */
export interface CorsExplanation {
  /** `GET /orders/:id → OrdersController.one`; null where no route serves the request. */
  readonly route: string | null;
  /** Other handlers that may serve it, by a version which a CORS-preflight request does not carry. */
  readonly otherCandidates: readonly string[];
  /** The effective policy option by option; `false` where `@Cors(false)` holds. */
  readonly policy: Readonly<Record<string, ExplainedOption>> | false;
  /** Whether the page gets the response. */
  readonly verdict: Verdict;
  /** The decision in one word: that of the CORS-preflight request where it ends the matter. */
  readonly outcome: CorsOutcome;
  /** The answer to the CORS-preflight request; null where the browser sends none. */
  readonly preflight: {
    /** 204 where the origin is allowed, 403 where it is not. */
    readonly status: number;
    /** All of its CORS headers, `Vary` included. */
    readonly headers: Readonly<Record<string, string>>;
  } | null;
  /** The CORS headers of the response, `Vary` included. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the browser's console would say; null where it says nothing. */
  readonly message: string | null;
  /** What to change; null where there is nothing to. */
  readonly fix: Fix | null;
  /** What works, but not as meant: a header that the page cannot read, for one. */
  readonly findings: readonly Finding[];
}

import { type ReceivedResponse, type SentRequest, simulate } from '../browser/index.js';
import type { CorsOutcome, CorsRequest } from '../policy/policy.js';
import type { CorsExplanation } from './cors-explanation.js';
import type { CorsQuestion } from './cors-question.js';

/** One answer of the application, as data. */
export interface ExplainedAnswer {
  readonly status: number;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly outcome: CorsOutcome;
}

/** The application, as far as a request needs it: nothing is sent. */
export interface ExplainedApplication {
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
    ...(browser !== undefined && { dialect: browser }),
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

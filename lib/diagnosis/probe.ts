import { HeaderList } from '../browser/http/header-list.js';
import type {
  HeaderLines,
  ReceivedResponse,
  Send,
  SentRequest,
  Simulation,
  SimulationStep,
} from '../browser/index.js';
import { PROBE_HEADER, PROBE_ORIGIN } from '../fetch/origins.js';

type Probe = Omit<Observation, 'response'>;

/**
 * Sends the server what the simulation did not: as a stranger, as `null`, as nobody, and for a
 * path that should not exist. At most seven requests, none of which changes anything:
 * preflights, GET and HEAD. What gets no response is left out.
 */
export async function probe(simulation: Simulation, send: Send): Promise<readonly Observation[]> {
  const steps = simulation.steps.filter(isCorsRequest);
  const last = steps.at(-1);
  // A server that does not respond need not be probed.
  if (last === undefined || last.response === null) return [];
  const { url } = last.request;
  const here = steps.filter((step) => step.request.url === url);
  const answers = await Promise.all(
    probesFor(here).map(async (one): Promise<readonly Observation[]> => {
      try {
        return [{ ...one, response: await send(marked(one.request)) }];
      } catch {
        return [];
      }
    }),
  );
  return [...here.flatMap(observed), ...answers.flat()];
}

function isCorsRequest({ request, kind }: SimulationStep): boolean {
  return kind === 'preflight' || (kind === 'request' && originOf(request) !== null);
}

function observed({ kind, request, response }: SimulationStep): readonly Observation[] {
  if (response === null || kind === 'cached-preflight') return [];
  return [{ kind, from: 'page', request, response }];
}

function probesFor(steps: readonly SimulationStep[]): readonly Probe[] {
  const probes: Probe[] = [];
  const preflight = steps.find(({ kind }) => kind === 'preflight')?.request;
  const request = steps.find(({ kind }) => kind === 'request')?.request;
  const asking = preflight ?? (request === undefined ? undefined : preflightFor(request));
  if (asking !== undefined) {
    if (preflight === undefined) probes.push({ kind: 'preflight', from: 'page', request: asking });
    probes.push(
      { kind: 'preflight', from: 'stranger', request: from(PROBE_ORIGIN, asking) },
      { kind: 'preflight', from: 'null', request: from('null', asking) },
    );
  }
  if (request !== undefined && isSafe(request)) {
    probes.push(
      { kind: 'request', from: 'stranger', request: from(PROBE_ORIGIN, request) },
      { kind: 'request', from: 'null', request: from('null', request) },
      { kind: 'request', from: 'nobody', request: from(null, request) },
    );
  }
  // After a preflight that failed, too: it shows what is behind a proxy that answers OPTIONS itself.
  const sent = request ?? preflight;
  if (sent !== undefined) {
    probes.push({ kind: 'missing', from: 'page', request: missing(sent) });
  }
  return probes;
}

/** So that a server can tell it from a request of a page. */
function marked(request: SentRequest): SentRequest {
  return { ...request, headers: [...request.headers, [PROBE_HEADER, '?1']] };
}

/** RFC 9110, section 9.2.1. */
function isSafe({ method }: SentRequest): boolean {
  return method === 'GET' || method === 'HEAD';
}

function originOf({ headers }: SentRequest): string | null {
  return new HeaderList(headers).get('origin');
}

function from(origin: string | null, request: SentRequest): SentRequest {
  const others = request.headers.filter(([name]) => name !== 'Origin');
  const line: HeaderLines = origin === null ? [] : [['Origin', origin]];
  return { ...request, headers: [...others, ...line] };
}

function preflightFor(request: SentRequest): SentRequest {
  return {
    method: 'OPTIONS',
    url: request.url,
    headers: [
      ['Accept', '*/*'],
      ['Access-Control-Request-Method', request.method],
      ['Origin', originOf(request) ?? 'null'],
    ],
    credentials: false,
  };
}

/** Beside the path, not below it: below, a parameter of a route would match. */
function missing(request: SentRequest): SentRequest {
  const url = new URL('nestjs-cors-check-no-such-path', request.url).href;
  const headers = request.headers.filter(
    ([name]) => !name.toLowerCase().startsWith('access-control-'),
  );
  return { ...request, method: 'GET', url, headers };
}

/** One request to the server and its response: of the simulation, or of a probe. */
export interface Observation {
  /**
   * - `preflight` and `request`: as in the simulation, perhaps from another origin.
   * - `missing`: a request for a path that should not exist.
   */
  readonly kind: 'preflight' | 'request' | 'missing';
  /** Who sends it: the page, an unknown origin, `null`, or a request without an origin. */
  readonly from: 'page' | 'stranger' | 'null' | 'nobody';
  readonly request: SentRequest;
  readonly response: ReceivedResponse;
}

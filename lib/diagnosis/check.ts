import {
  checkGuide,
  type FixKind,
  type Send,
  simulate,
  type SimulateOptions,
  type Simulation,
} from '../browser/index.js';
import { printable } from '../text/escape.js';
import { addressSpacesFor, type Resolve } from './address-spaces.js';
import { type CheckRequest, pageRequest } from './check-request.js';
import { interposedOf } from './interposed.js';
import { loginOf } from './login-redirect.js';
import { joinWithPaste } from './disagreement.js';
import { otherServer } from './other-server.js';
import { misplacedHeaders } from './page-change.js';
import { type Observation, probe } from './probe.js';
import { type Change, changeFor } from './servers/change.js';
import { findWarnings, type Warning } from './warnings.js';

/** Kinds of fixes that are not settings. */
const NO_SETTING: readonly FixKind[] = [
  'change-url',
  'change-redirect',
  'change-page',
  'reach-server',
];

/** Sends what a browser would send, and finds out what the browser would do with the responses. */
export async function check(
  request: CheckRequest,
  send: Send,
  resolve: Resolve = () => Promise.resolve([]),
): Promise<CheckReport> {
  const simulation = await simulate({
    ...pageRequest(request),
    addressSpaces: addressSpacesFor(request.origin, resolve),
    ...gotThrough(request),
    send,
  });
  const observations = simulation.verdict === 'not-cors' ? [] : await probe(simulation, send);
  const joined = [
    ...(await joinWithPaste(request, simulation, observations, send)),
    ...(otherCause(simulation) === null ? await otherServer(request, simulation) : []),
  ];
  return reportOf(request, simulation, observations, joined, 'server');
}

/** Puts together what a simulation and the responses of a server, or of a paste, come to. */
export function reportOf(
  request: CheckRequest,
  simulation: Simulation,
  observations: readonly Observation[],
  joined: readonly Warning[],
  source: CheckReport['source'],
): CheckReport {
  return {
    source,
    request,
    simulation,
    conclusion: conclude(simulation),
    cause: causeOf(simulation),
    remedy:
      source === 'paste' && simulation.failedCheck === 'NETWORK' ? null : remedyOf(simulation),
    change: interposedOf(simulation) === null ? changeFor(request, simulation, observations) : null,
    warnings: [
      ...joined,
      ...misplacedHeaders(simulation),
      ...findWarnings(simulation, observations).filter(
        ({ id }) =>
          // Not where the console has just said that it is one, or that there was none.
          (id !== 'ERROR_STATUS' || joined.every((one) => one.id !== 'CONSOLE_DISAGREES')) &&
          (id !== 'MIXED_CONTENT' || !isSent(request)),
      ),
    ],
  };
}

/** Whether the console has a check that is made on what comes back. */
function isSent({ pasted = [] }: CheckRequest): boolean {
  return pasted.some((one) => one !== 'LNA' && one !== 'NETWORK');
}

/** What the console shows of what comes before CORS: whoever checked CORS had sent the request. */
function gotThrough(
  request: CheckRequest,
): Pick<SimulateOptions, 'mixedContent' | 'localNetworkPermission'> {
  const { pasted = [], localNetwork } = request;
  const said = pasted.includes('LNA') ? 'denied' : isSent(request) ? 'granted' : 'prompt';
  return {
    mixedContent: isSent(request) ? 'note' : 'block',
    localNetworkPermission: localNetwork ?? said,
  };
}

function causeOf(simulation: Simulation): string | null {
  const { failedCheck, details, fix } = simulation;
  const other = otherCause(simulation);
  if (other !== null) return other;
  // Without a response, the network's error is all there is to say.
  if (failedCheck === 'NETWORK') return printable(details.reason ?? '');
  return fix?.sentence ?? null;
}

/** What no setting of the server mends, although a check of CORS failed. */
function otherCause(simulation: Simulation): string | null {
  return loginOf(simulation) ?? interposedOf(simulation);
}

function remedyOf(simulation: Simulation): string | null {
  const { failedCheck, fix } = simulation;
  if (failedCheck === null || otherCause(simulation) !== null) return null;
  // Where no setting helps, the cause says what does; for a network error it only names it.
  const isSaid = fix !== null && failedCheck !== 'NETWORK' && NO_SETTING.includes(fix.kind);
  return isSaid ? null : checkGuide[failedCheck].fix;
}

/** What `check` found out, before it is put into words. */
export interface CheckReport {
  /** Whose responses they are: of the server, or of a paste, for which nothing was sent. */
  readonly source: 'server' | 'paste';
  readonly request: CheckRequest;
  readonly simulation: Simulation;
  readonly conclusion: Conclusion;
  /** Why it is not allowed; null when it is. Safe to print. */
  readonly cause: string | null;
  /** What to do about it, in general; null when there is nothing to do. */
  readonly remedy: string | null;
  /** The change as code, and where it belongs; null where no line of code helps. */
  readonly change: Change | null;
  readonly warnings: readonly Warning[];
}

/** How a check ended: what to report, and with which exit code. */
interface Conclusion {
  readonly verdict: 'allowed' | 'blocked' | 'unknown';
  readonly exitCode: 0 | 1 | 2;
}

const EXIT_CODES = { allowed: 0, blocked: 1, unknown: 2 } as const;

/** Draws the conclusion of a simulation. */
export function conclude(simulation: Simulation): Conclusion {
  const verdict = verdictOf(simulation);
  return { verdict, exitCode: EXIT_CODES[verdict] };
}

/**
 * That of the simulation, which says what the page gets; but `check` says what is known of the
 * server, and the two differ for two checks.
 */
function verdictOf({ verdict, failedCheck }: Simulation): Conclusion['verdict'] {
  // A network error to the page, but a certain one: no browser ever connects to the port.
  if (failedCheck === 'BAD_PORT') return 'blocked';
  // Blocked, but the response that the page wanted was never seen.
  if (failedCheck === 'REDIRECT_LIMIT') return 'unknown';
  switch (verdict) {
    case 'blocked':
      return 'blocked';
    case 'network-error':
      return 'unknown';
    case 'allowed':
    case 'not-cors':
    // The server allows it; a warning names the permission, which no server gives.
    case 'needs-permission':
      return 'allowed';
  }
}

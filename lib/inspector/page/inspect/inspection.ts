import { checkGuide, type CorsCheckId, simulate, type Simulation } from '../../../browser/index.js';
import { addressSpacesFor } from '../../../diagnosis/address-spaces.js';
import { type CheckRequest, pageRequest } from '../../../diagnosis/check-request.js';
import { type CheckReport, reportOf } from '../../../diagnosis/check.js';
import { judgeResponses, observed, whateverPasses } from '../../../diagnosis/judge-response.js';
import { messageExchanges } from '../../../diagnosis/message-exchange.js';
import { isMeant, type Paste } from '../../../diagnosis/paste/paste.js';
import { formWords } from '../../../diagnosis/paste/paste-words.js';
import { type Proof, proofOf } from '../../../diagnosis/proof.js';
import { type Change, changeFor, type ServerChoice } from '../../../diagnosis/servers/change.js';
import { serverKind } from '../../../diagnosis/servers/servers.js';
import { STAGES, verdictWords } from '../../../diagnosis/verdict-words.js';
import type { Question } from './question.js';

/** What the page says of a question. */
export interface Inspection {
  /** What it knows of the server: responses, a message about them, or nothing. */
  readonly basis: 'server' | 'response' | 'message' | 'request';
  readonly outcome: 'allowed' | 'blocked' | 'unknown';
  /** The verdict in one sentence. */
  readonly title: string;
  /** Why, and what helps in general; of a message, each of the checks that it may mean. */
  readonly reasons: readonly Reason[];
  readonly report: CheckReport;
  /** Whether the headers that came are what was seen, and not what a message leaves open. */
  readonly isSeen: boolean;
  /** Null where no line of code helps. */
  readonly change: Change | null;
  readonly proof: Proof | null;
}

export interface Reason {
  /** Null where there is only one. */
  readonly check: CorsCheckId | null;
  readonly cause: string;
  readonly fix: string | null;
}

/** How the page has a change written for another server. */
const CHOICE: ServerChoice = {
  any: 'the list of servers',
  of: (server) => `${serverKind(server).title} in the list`,
};

/** Finds out what a browser makes of it. `asked` is what a server has answered, if it was asked. */
export async function inspect(
  { request, isMine }: Question,
  paste: Paste | null,
  asked: CheckReport | null = null,
): Promise<Inspection> {
  const found =
    (asked === null ? null : judged(asked, 'server')) ??
    (await responseInspection(request, paste)) ??
    (await messageInspection(request, paste)) ??
    (await requestInspection(request));
  const { simulation } = found.report;
  const change = isMine ? changeFor(request, simulation, observed(simulation), CHOICE) : null;
  const isHelpful = found.report.change !== null;
  return {
    ...found,
    change: isHelpful ? change : null,
    proof: change === null || !isHelpful ? null : await proofOf(request, simulation, change),
  };
}

type Found = Omit<Inspection, 'change' | 'proof'>;

function judged(report: CheckReport, basis: 'server' | 'response'): Found {
  const { cause, remedy, conclusion } = report;
  return {
    basis,
    outcome: conclusion.verdict,
    title: verdictWords(report),
    reasons: cause === null ? [] : [{ check: null, cause, fix: remedy }],
    report,
    isSeen: true,
  };
}

/** Null where no response was pasted, or where a message says that it is not the one that was blocked. */
async function responseInspection(
  request: CheckRequest,
  paste: Paste | null,
): Promise<Found | null> {
  if (paste?.responses === undefined || !isMeant(paste)) return null;
  const isWithoutOrigin = paste.form === 'curl' && paste.origin === undefined;
  const report = await judgeResponses(request, paste.responses, isWithoutOrigin);
  const isContradicted = paste.identified !== undefined && report.conclusion.verdict !== 'blocked';
  return isContradicted ? null : judged(report, 'response');
}

const ALTERNATIVES = new Intl.ListFormat('en', { type: 'disjunction' });

/** What a message of a browser says. */
async function messageInspection(
  request: CheckRequest,
  paste: Paste | null,
): Promise<Found | null> {
  if (paste?.identified === undefined) return null;
  const { checks, at } = paste.identified;
  const exchanges = await messageExchanges(request, paste.identified, paste);
  const found = exchanges.find(({ simulation }) => simulation !== null);
  const simulation = found?.simulation ?? unsent(checks[0] ?? 'NETWORK', at[0] ?? 'request');
  const report = reportOf(request, simulation, observed(simulation), [], 'paste');
  const stage = found === undefined ? (at[0] ?? null) : simulation.blockedAt;
  // Without a response, nothing was checked on one.
  const isSilent = simulation.failedCheck === 'NETWORK';
  const where = stage === null || isSilent ? '' : ` ${STAGES[stage]}`;
  const isSeen = found?.isValueKnown ?? false;
  const isQuotable = isSeen || isWithoutValue(simulation, request);
  return {
    basis: 'message',
    outcome: 'blocked',
    title: `Blocked${where}: ${ALTERNATIVES.format(checks)}`,
    reasons: checks.map((check) => ({
      check: checks.length > 1 ? check : null,
      cause: checkGuide[check].cause,
      fix: checkGuide[check].fix,
    })),
    // What is made up to fit the message must not be warned of.
    report: {
      ...report,
      simulation: isQuotable ? simulation : { ...simulation, message: null },
      warnings: [],
    },
    isSeen,
  };
}

/** Whether what the browser says has nothing in it that would be made up. */
function isWithoutValue({ failedCheck }: Simulation, { browser }: CheckRequest): boolean {
  switch (failedCheck) {
    case 'METHOD':
    case 'HEADER':
    case 'PREFLIGHT_REDIRECT':
      return true;
    case 'PREFLIGHT_STATUS':
      // Others name the status.
      return browser === 'chromium';
    default:
      return false;
  }
}

/** Where no answer of a server is to blame, nothing is known of any. */
function unsent(failedCheck: CorsCheckId, blockedAt: Simulation['blockedAt']): Simulation {
  return {
    verdict: failedCheck === 'NETWORK' ? 'network-error' : 'blocked',
    steps: [],
    failedCheck,
    blockedAt,
    details: {},
    message: null,
    fix: null,
    permission: null,
    findings: [],
    exposed: [],
  };
}

/** What a browser would send, and what a server without CORS would make of it. */
async function requestInspection(request: CheckRequest): Promise<Found> {
  const simulateWith = (isSilent: boolean) =>
    simulate({
      ...pageRequest(request),
      addressSpaces: addressSpacesFor(request.origin, () => Promise.resolve([])),
      send: (sent) =>
        Promise.resolve(isSilent ? { status: 200, headers: [] } : whateverPasses(sent)),
    });
  const [silent, passing] = await Promise.all([simulateWith(true), simulateWith(false)]);
  // Whatever the server answers.
  if (silent.failedCheck === null || passing.failedCheck !== null) {
    const report = reportOf(request, silent, observed(silent), [], 'server');
    return { ...judged(report, 'server'), basis: 'request' };
  }
  const report = reportOf(request, silent, observed(silent), [], 'server');
  const why = passing.steps[0]?.why;
  return {
    basis: 'request',
    outcome: 'unknown',
    title: UNKNOWN,
    reasons: [{ check: null, cause: `${why === undefined ? '' : `${why} `}${WANTED}`, fix: null }],
    report: { ...report, simulation: silent, warnings: noted(passing) },
    isSeen: false,
  };
}

const UNKNOWN = 'The response is not in the paste, and it is the response that decides';
const WANTED =
  'Below is what the browser wants to see. Paste the response as well: the headers of the network panel, or what the curl line prints.';

function noted({ findings, permission }: Simulation): CheckReport['warnings'] {
  return findings
    .filter(
      ({ kind }) =>
        kind === 'HEADER_DROPPED' ||
        kind === 'MIXED_CONTENT' ||
        (permission !== null && kind === 'LOCAL_NETWORK_PERMISSION'),
    )
    .map(({ kind, sentence }) => ({ id: kind, level: 'note', sentence }));
}

/** What a paste is, before anything else is said of it. */
export function introduction(paste: Paste): string {
  return formWords(paste);
}

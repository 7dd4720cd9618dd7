import { HeaderList } from '../../../browser/http/header-list.js';
import type { BrowserName, SimulationStep } from '../../../browser/index.js';
import { wantedOf } from '../../../diagnosis/wanted.js';
import { printable } from '../../../text/escape.js';
import { blankSecrets } from '../../../text/secrets.js';
import type { Inspection } from './inspection.js';

export type Actor = 'page' | 'browser' | 'server';

/** One arrow of the picture. */
export interface Arrow {
  readonly from: Actor;
  readonly to: Actor;
  /** What is sent; safe to show. */
  readonly label: string;
  /** What is to be seen of it. */
  readonly note: string | null;
  /** `guessed` was not seen, and is dashed. */
  readonly look: 'plain' | 'passed' | 'failed' | 'guessed';
}

/** Of a chain of redirects, the beginning and the end say it all. */
const SHOWN_FIRST = 4;
const SHOWN_LAST = 2;

/** What the page gets of a failure: an error that says nothing, on purpose. */
const ERRORS: Readonly<Record<BrowserName, string>> = {
  chromium: 'Failed to fetch',
  firefox: 'NetworkError when attempting to fetch resource.',
  safari: 'Load failed',
};

/** Who says what to whom, from the call of the page to what it gets. */
export function sequenceOf(inspection: Inspection): readonly Arrow[] {
  const { request, simulation } = inspection.report;
  const { steps } = simulation;
  const left = steps.length - SHOWN_FIRST - SHOWN_LAST;
  const shown =
    left <= 1 ? steps : [...steps.slice(0, SHOWN_FIRST), null, ...steps.slice(-SHOWN_LAST)];
  return [
    {
      from: 'page',
      to: 'browser',
      label: request.element === undefined ? 'fetch()' : `<${request.element}>`,
      note: request.credentials ? 'with cookies' : null,
      look: 'plain',
    },
    ...shown.flatMap((step): readonly Arrow[] =>
      step === null ? [more(left)] : stepArrows(step, inspection),
    ),
    endOf(inspection),
  ];
}

/** What the page gets. */
function endOf({ report, outcome, basis }: Inspection): Arrow {
  const { request, simulation } = report;
  const end = { from: 'browser', to: 'page' } as const;
  if (outcome === 'unknown' && basis === 'request') {
    return { ...end, label: '?', note: 'the response decides', look: 'guessed' };
  }
  if (simulation.failedCheck === null) {
    return { ...end, label: 'the response', note: null, look: 'passed' };
  }
  // An element has no error that says more.
  return request.element !== undefined
    ? { ...end, label: 'an error event', note: null, look: 'failed' }
    : { ...end, label: 'TypeError', note: ERRORS[request.browser], look: 'failed' };
}

function more(count: number): Arrow {
  return {
    from: 'browser',
    to: 'server',
    label: `${count} more like these`,
    note: null,
    look: 'plain',
  };
}

function stepArrows(step: SimulationStep, inspection: Inspection): readonly Arrow[] {
  const { report, basis } = inspection;
  const { kind, request, response, failedCheck } = step;
  const { request: asked, simulation } = report;
  const isFailed = failedCheck !== null;
  const sent: Arrow = {
    from: 'browser',
    to: 'server',
    label: printable(`${request.method} ${pathOf(request.url, asked.url)}`),
    note: kind === 'request' ? null : askedFor(step),
    look: 'plain',
  };
  if (kind === 'cached-preflight')
    return [{ ...sent, note: 'answered from the cache', look: 'guessed' }];
  if (response === null) {
    const isHere = simulation.blockedAt === 'request';
    return isHere
      ? []
      : [sent, { ...back('no response', null), look: isFailed ? 'failed' : 'guessed' }];
  }
  if (basis === 'request') return [sent, { ...back('?', null), look: 'guessed' }];
  const status = basis === 'message' ? statusOfMessage(step, inspection) : String(response.status);
  return [
    sent,
    {
      ...back(status, isFailed ? whatFailed(step, report.request) : locationOf(step)),
      look: isFailed ? 'failed' : 'passed',
    },
  ];
}

function back(label: string, note: string | null): Arrow {
  return { from: 'server', to: 'browser', label, note, look: 'plain' };
}

/** A message seldom says the status; where it does, that is what failed. */
function statusOfMessage(
  { failedCheck, response }: SimulationStep,
  { report, isSeen }: Inspection,
): string {
  const named = report.request.pastedStatus;
  if (failedCheck === 'PREFLIGHT_REDIRECT') return 'a redirect';
  if (failedCheck === 'PREFLIGHT_STATUS' && isSeen && response !== null) {
    return String(response.status);
  }
  return named !== undefined && failedCheck !== null ? String(named) : 'a response';
}

function whatFailed(step: SimulationStep, request: Parameters<typeof wantedOf>[1]): string | null {
  const row = wantedOf(step, request).find(({ outcome }) => outcome === 'failed');
  if (row === undefined) return null;
  if (row.name === 'Status') return 'only 200 to 299 pass';
  return row.came === null ? `no ${row.name}` : `${row.name}: ${row.came}`;
}

function locationOf({ response }: SimulationStep): string | null {
  const location = new HeaderList(response?.headers ?? []).get('location');
  return location === null ? null : printable(`to ${blankSecrets(location)}`);
}

function askedFor({ request }: SimulationStep): string {
  const headers = new HeaderList(request.headers);
  const names = headers.get('access-control-request-headers');
  const method = headers.get('access-control-request-method') ?? '';
  return printable(
    `asks for ${method}${names === null ? '' : ` with ${names.replaceAll(',', ', ')}`}`,
  );
}

/** Only what differs from the first URL. */
function pathOf(url: string, first: string): string {
  const { origin, pathname, search } = new URL(blankSecrets(url, 'not-shown'));
  return origin === new URL(first).origin ? pathname + search : origin + pathname;
}

import { HeaderList } from '../browser/http/header-list.js';
import {
  type BrowserName,
  type CorsCheckId,
  type HeaderLines,
  type ReceivedResponse,
  type Send,
  type SentRequest,
  simulate,
  type Simulation,
} from '../browser/index.js';
import { BROWSER_NAMES, browserTitles } from '../browser/simulation.js';
import { isCorsResponseHeaderName } from '../fetch/header-names.js';
import { type CheckRequest, pageRequest } from './check-request.js';
import { conclude } from './check.js';
import { changedRequest } from './page-change.js';
import type { Change } from './servers/change.js';
import { headersOf, isOpen, type Setting } from './servers/server.js';
import { settingFor } from './servers/setting.js';

/** What a change comes to: the same exchange once more, in each browser, with the change made. */
export interface Proof {
  /** Whether all of them allow it. */
  readonly isAllowed: boolean;
  /** The same as one sentence. */
  readonly sentence: string;
  readonly browsers: readonly ProvenBrowser[];
}

/** What one browser makes of it. */
export interface ProvenBrowser {
  readonly browser: BrowserName;
  readonly isAllowed: boolean;
  readonly failedCheck: CorsCheckId | null;
  /** What still blocks it. */
  readonly cause: string | null;
}

/**
 * Does again what a browser did, with the change made: what the server sends is what the change says, and
 * what it does not speak of stays. Null where the outcome depends on what was never seen.
 */
export async function proofOf(
  request: CheckRequest,
  simulation: Simulation,
  change: Change,
): Promise<Proof | null> {
  const changed = change.for === 'page' ? changedRequest(request, simulation) : request;
  const setting = change.for === 'page' ? null : settingFor(request, simulation);
  if (changed === null || (change.for !== 'page' && setting === null)) return null;
  let isUnseen = false;
  const send: Send = (sent) => {
    const seen = seenResponse(sent, simulation);
    if (setting !== null) return Promise.resolve(answered(sent, seen, setting));
    const likely = seen ?? sharedLikePreflight(sent, simulation);
    if (likely !== null) return Promise.resolve(likely);
    isUnseen = true;
    return Promise.reject(new Error('Its response was never seen.'));
  };
  const browsers = await Promise.all(
    BROWSER_NAMES.map((browser) => provenIn(browser, changed, send)),
  );
  if (isUnseen) return null;
  return {
    isAllowed: browsers.every((one) => one.isAllowed),
    sentence: inWords(browsers),
    browsers,
  };
}

/** A response that was never seen, behind a preflight that was: one layer writes the headers of both. */
function sharedLikePreflight({ url }: SentRequest, { steps }: Simulation): ReceivedResponse | null {
  const preflight = steps.find((step) => step.kind === 'preflight' && step.request.url === url);
  const headers = preflight?.response?.headers ?? null;
  return headers === null
    ? null
    : { status: 200, headers: headers.filter(([name]) => SHARING.test(name)) };
}

const SHARING = /^(?:access-control-allow-(?:origin|credentials)|vary)$/i;

async function provenIn(
  browser: BrowserName,
  request: CheckRequest,
  send: Send,
): Promise<ProvenBrowser> {
  const simulation = await simulate({
    ...pageRequest(request),
    browser,
    // There was a response, so nothing was in its way.
    mixedContent: 'note',
    send,
  });
  return {
    browser,
    isAllowed: conclude(simulation).verdict === 'allowed',
    failedCheck: simulation.failedCheck,
    cause: simulation.fix?.sentence ?? null,
  };
}

/** What came back to the same request, perhaps with other headers. */
function seenResponse(sent: SentRequest, { steps }: Simulation): ReceivedResponse | null {
  const kind = isPreflight(sent) ? 'preflight' : 'request';
  const found = steps.find((step) => step.kind === kind && step.request.url === sent.url);
  return found?.response ?? null;
}

function isPreflight({ headers }: SentRequest): boolean {
  return new HeaderList(headers).get('access-control-request-method') !== null;
}

/** The response of a server that has the setting. */
function answered(
  sent: SentRequest,
  seen: ReceivedResponse | null,
  setting: Setting,
): ReceivedResponse {
  const origin = new HeaderList(sent.headers).get('origin') ?? '';
  const isAllowed = isOpen(setting) || setting.origins.includes(origin);
  const [allowOrigin, ...others] = headersOf(setting, origin);
  const credentials = setting.credentials ? others.slice(0, 1) : [];
  const lists = others.slice(credentials.length);
  const own = (seen?.headers ?? []).filter(([name]) => !isCorsResponseHeaderName(name));
  const shared: HeaderLines =
    isAllowed && allowOrigin !== undefined ? [allowOrigin, ...credentials] : [];
  const vary: HeaderLines = isOpen(setting) ? [] : [['Vary', 'Origin']];
  return isPreflight(sent)
    ? { status: 204, headers: [...shared, ...vary, ...lists] }
    : { status: seen?.status ?? 200, headers: [...own, ...vary, ...shared] };
}

const LIST = new Intl.ListFormat('en');

function inWords(browsers: readonly ProvenBrowser[]): string {
  const titles = (are: boolean) =>
    browsers.filter((one) => one.isAllowed === are).map(({ browser }) => browserTitles[browser]);
  const [allowed, blocked] = [titles(true), titles(false)];
  if (blocked.length === 0) return 'With this change, it is allowed in all three.';
  const still = `still blocked in ${LIST.format(blocked)}`;
  return allowed.length === 0
    ? `With this change, it is ${still}.`
    : `With this change, it is allowed in ${LIST.format(allowed)}, and ${still}.`;
}

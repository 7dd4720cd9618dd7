import type { BrowserName, HeaderLines } from '../../../browser/index.js';
import { BROWSER_NAMES } from '../../../browser/simulation.js';
import type { CheckRequest } from '../../../diagnosis/check-request.js';
import { withStandIns } from '../../../diagnosis/judge-response.js';
import { likelyMethod } from '../../../diagnosis/message-exchange.js';
import { headerOf } from '../../../diagnosis/paste/facts.js';
import type { Paste } from '../../../diagnosis/paste/paste.js';
import { guessWords } from '../../../diagnosis/paste/paste-words.js';
import { originRemedy, URL_REMEDY } from '../../../diagnosis/request-words.js';
import { SERVER_NAMES, type ServerName } from '../../../diagnosis/servers/servers.js';
import { isSerializedOrigin } from '../../../fetch/origins.js';
import { isToken, unsendableIn } from '../../../fetch/tokens.js';
import { printable, shortened } from '../../../text/escape.js';
import { withoutSecrets } from '../../../text/secrets.js';
import type { Values } from '../fragment.js';

/** What a user can set, as the address has it. */
export type Setting =
  'paste' | 'url' | 'origin' | 'method' | 'headers' | 'cookies' | 'browser' | 'mine' | 'for';

/** What is asked: the request of a paste, with what was set by hand. */
export interface Question {
  readonly request: CheckRequest;
  /** Whether the server is the user's own. */
  readonly isMine: boolean;
  /** Where each fact is from. */
  readonly from: Readonly<Record<Fact, Source>>;
  /** What stands for what nobody has named; null where nothing does. */
  readonly guess: string | null;
  /** Why nothing can be said, as one sentence; null where it can. */
  readonly problem: string | null;
}

export type Fact = 'url' | 'origin' | 'method' | 'headers' | 'cookies' | 'browser';
export type Source = 'paste' | 'assumed' | 'set';

/** Puts together what a paste says and what was set; null where there is neither. */
export function questionOf(values: Values, paste: Paste | null): Question | null {
  const named: (name: Setting) => string | undefined = (name) => {
    const value = values[name];
    return value === undefined || value === '' ? undefined : value;
  };
  if (paste === null && named('url') === undefined) return null;
  const given: Paste = paste ?? { form: 'code', headers: [] };
  const standIns = withStandIns(given);
  const url = named('url') ?? standIns.url ?? '';
  const origin = named('origin') ?? standIns.origin ?? '';
  const headers = values['headers'] === undefined ? undefined : headersOf(values['headers']);
  const method = named('method');
  const server = serverOf(named('for'));
  const source = (set: boolean, pasted: unknown): Source => {
    if (set) return 'set';
    return pasted === undefined ? 'assumed' : 'paste';
  };
  const from = {
    url: source(named('url') !== undefined, given.url),
    origin: source(named('origin') !== undefined, given.origin),
    method: source(method !== undefined, given.method),
    headers: source(headers !== undefined, given.headers.length === 0 ? undefined : given.headers),
    cookies: source(values['cookies'] !== undefined, given.credentials),
    browser: source(browserOf(named('browser')) !== undefined, given.browser),
  };
  const sent = headers ?? withoutSecrets(given.headers);
  const problem = problemOf(url, origin, method, sent);
  const request: CheckRequest = {
    url: problem === null ? withoutFragment(url) : url,
    origin,
    method: method ?? likelyMethod(given),
    headers: sent,
    credentials:
      values['cookies'] === undefined ? given.credentials === true : values['cookies'] === '1',
    browser: browserOf(named('browser')) ?? given.browser ?? 'chromium',
    ...(server !== undefined && { server }),
    forcePreflight: given.forcePreflight === true && method === undefined && headers === undefined,
    ...(from.method === 'assumed' && { methodKnown: false }),
    ...(given.form === 'console' &&
      given.checkFor !== 'remedy' && { pasted: given.identified?.checks ?? [] }),
    ...(given.element !== undefined && { element: given.element }),
    ...(given.status !== undefined && { pastedStatus: given.status }),
    ...(given.responses !== undefined && { pastedResponses: given.responses }),
  };
  return {
    request,
    isMine: values['mine'] !== 'no',
    from,
    guess: guessWords(request, {
      isAddressGuessed: from.url === 'assumed',
      isPageGuessed: from.origin === 'assumed',
    }),
    problem,
  };
}

/** One `name: value` a line; what is not a header is left out. */
export function headersOf(text: string): HeaderLines {
  return text
    .split('\n')
    .map((line) => headerOf(line))
    .filter((header) => header !== null)
    .filter(([name]) => isToken(name));
}

/** The lines that `headersOf()` reads. */
export function headersText(headers: HeaderLines): string {
  return withoutSecrets(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}

function withoutFragment(url: string): string {
  const parsed = new URL(url);
  parsed.hash = '';
  return parsed.href;
}

function problemOf(
  url: string,
  origin: string,
  method: string | undefined,
  headers: HeaderLines,
): string | null {
  const got = (value: string) => `got \`${printable(shortened(value, 120))}\``;
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    return `Expected the address to begin with http:// or https://, ${got(url)}. ${URL_REMEDY}`;
  }
  if (!isSerializedOrigin(origin)) {
    return `Expected the page to be an origin as browsers send it, ${got(origin)}. ${originRemedy(origin)}`;
  }
  if (method !== undefined && !isToken(method)) {
    return `Expected the method to be a word such as \`PUT\`, ${got(method)}.`;
  }
  for (const [name, value] of headers) {
    const bad = unsendableIn(value);
    // The value may be a secret.
    if (bad !== undefined) {
      return `Expected the value of ${name} to have characters that a header can hold, ${got(bad)}. Write the value itself, or encode it.`;
    }
  }
  return null;
}

function browserOf(name: string | undefined): BrowserName | undefined {
  return BROWSER_NAMES.find((one) => one === name);
}

function serverOf(name: string | undefined): ServerName | undefined {
  return SERVER_NAMES.find((one) => one === name);
}

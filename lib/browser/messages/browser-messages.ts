import { printable } from '../../text/escape.js';
import { type FetchRequest, isDisplayed, requestOrigin } from '../fetch/fetch-request.js';
import type { Blocked } from '../fetch/user-agent.js';
import { BROWSER_NAMES, type BrowserName, type CorsCheckId, type Stage } from '../simulation.js';
import { chromiumMessages } from './chromium.js';
import { earlierMessages } from './earlier.js';
import { firefoxMessages } from './firefox.js';
import { type BrowserMessage, matchTemplate, templateParts } from './message-template.js';
import { safariMessages } from './safari.js';

/** Every message about CORS that the browsers have, as data. */
export const browserMessages: Readonly<Record<BrowserName, readonly BrowserMessage[]>> = {
  chromium: chromiumMessages,
  firefox: firefoxMessages,
  safari: safariMessages,
};

/** `url_util` of Chromium, as its message lists them. */
const CHROMIUM_SCHEMES =
  'chrome, chrome-experimental-site-token-provider, chrome-extension, chrome-untrusted, data, http, https, isolated-app';

/** What the console of a browser says; null where it has no message about CORS. */
export function consoleMessage(blocked: Blocked, browser: BrowserName): string | null {
  const message = browserMessages[browser].find((candidate) => applies(candidate, blocked));
  if (message === undefined) return null;
  const values = valuesOf(blocked, browser);
  return templateParts(message.text)
    .map((part) => ('text' in part ? part.text : printable(values[part.name] ?? '')))
    .join('');
}

function applies(message: BrowserMessage, { failure, at }: Blocked): boolean {
  return (
    message.recognisedOnly !== true &&
    message.checks.includes(failure.check) &&
    message.at.includes(at) &&
    (message.when === undefined || message.when(failure.details))
  );
}

/** The values of a message, by the names of its placeholders. */
export function valuesOf(blocked: Blocked, browser: BrowserName): Readonly<Record<string, string>> {
  const { details } = blocked.failure;
  const urls = urlsOf(blocked, browser);
  return {
    ...urls,
    ...NAMES[blocked.request.destination],
    pageOrigin: blocked.request.pageOrigin,
    pageUrl: `${blocked.request.pageOrigin}/`,
    origin: requestOrigin(blocked.request),
    // Firefox prints this where there was no response.
    status: blocked.status === null ? '(null)' : String(blocked.status),
    value: details.value ?? '',
    method: details.method ?? blocked.request.method,
    header: details.header ?? '',
    member: details.member ?? '',
    reason: details.reason ?? '',
    content: isDisplayed(blocked.request) ? 'display' : 'active',
    space: details.space ?? '',
    targetSpace: details.targetSpace ?? details.space ?? '',
    schemes: CHROMIUM_SCHEMES,
  };
}

/** What browsers call a request: Chromium in its messages on CORS and on mixed content, Safari. */
const NAMES: Readonly<
  Record<FetchRequest['destination'], { kind: string; resource: string; loader: string }>
> = {
  '': { kind: 'fetch', resource: 'resource', loader: 'Fetch API cannot load' },
  audio: { kind: 'audio', resource: 'audio file', loader: 'Cannot load media' },
  font: { kind: 'font', resource: 'font', loader: 'Cannot load font' },
  image: { kind: 'image', resource: 'image', loader: 'Cannot load image' },
  script: { kind: 'script', resource: 'script', loader: 'Cannot load script' },
  style: { kind: 'CSS stylesheet', resource: 'stylesheet', loader: 'Cannot load stylesheet' },
  track: { kind: 'text track', resource: 'Text Track', loader: 'Cannot load text track' },
  video: { kind: 'video', resource: 'video', loader: 'Cannot load media' },
};

function urlsOf({ failure, request }: Blocked, browser: BrowserName) {
  const current = request.url.href;
  const location = failure.details.location ?? current;
  // Chromium has moved on to the target of a redirect when it refuses its scheme.
  const url = browser === 'chromium' && failure.check === 'SCHEME' ? location : current;
  const first = request.visited[0]?.href ?? current;
  return { url, location, redirected: first === url ? '' : `(redirected from '${first}') ` };
}

/** A browser's message recognised in a line of a console. */
export interface IdentifiedMessage {
  /** The browser that words it so. */
  readonly browser: BrowserName;
  /** The checks that end in this message: one, where the browser tells them apart. */
  readonly checks: readonly CorsCheckId[];
  /** Where those checks may have been made. */
  readonly at: readonly Stage[];
  /** The values in the message, such as `url`, `method`, `header` and `value`. */
  readonly values: Readonly<Record<string, string>>;
}

/**
 * Recognises a message pasted from a browser's console: of any version and for any kind of
 * request, alone or among other text, with its quotes or without. Null when it is not about CORS.
 */
export function identifyMessage(line: string): IdentifiedMessage | null {
  return identifyAs(line, withPlainQuotes) ?? identifyAs(line, withoutQuotes);
}

function identifyAs(line: string, plainly: (text: string) => string): IdentifiedMessage | null {
  const pasted = plainly(line);
  let best: IdentifiedMessage | null = null;
  let longest = 0;
  const consider = (
    { checks, at, reason }: Pick<BrowserMessage, 'checks' | 'at' | 'reason'>,
    browser: BrowserName,
    text: string,
  ) => {
    const plain = plainly(reason);
    const length = fixedLength(plain);
    // Of two that match, the longer one says more: that on preflights contains the other one.
    if (length <= longest) return;
    const values = matchTemplate(plain, pasted);
    if (values === null) return;
    longest = length;
    const end = text.indexOf(reason) + reason.length;
    best = {
      browser,
      checks,
      at,
      values: {
        // The text around the reason: before it in most browsers, after it in Safari.
        ...matchTemplate(plainly(text), pasted),
        // Versions differ in the hints that they append.
        ...matchTemplate(plainly(text.slice(0, end)), pasted),
        ...values,
      },
    };
  };
  for (const browser of BROWSER_NAMES) {
    for (const message of browserMessages[browser]) consider(message, browser, message.text);
  }
  for (const message of earlierMessages) consider(message, message.browser, message.reason);
  return best;
}

/** How much of a message is not values. */
function fixedLength(template: string): number {
  return templateParts(template).reduce(
    (length, part) => ('text' in part ? length + part.text.length : length),
    0,
  );
}

/** Terminals, issue trackers and chat programs change quotes at will. */
function withPlainQuotes(text: string): string {
  return text.replaceAll(/[‘’`]/g, "'").replaceAll(/[“”]/g, '"');
}

/** Some lose the quotes altogether, and break lines. */
function withoutQuotes(text: string): string {
  return text.replaceAll(/[‘’`'“”"]/g, '').replaceAll(/\s+/g, ' ');
}

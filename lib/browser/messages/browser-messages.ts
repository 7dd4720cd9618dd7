import { printable } from '../../text/escape.js';
import type { BrowserName } from '../browsers.js';
import { requestOrigin } from '../fetch/fetch-request.js';
import type { Blocked } from '../fetch/user-agent.js';
import { chromiumMessages } from './chromium.js';
import { firefoxMessages } from './firefox.js';
import { type BrowserMessage, templateParts } from './message-template.js';
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
    kind: 'fetch',
    pageOrigin: blocked.request.pageOrigin,
    origin: requestOrigin(blocked.request),
    // Firefox prints this where there was no response.
    status: blocked.status === null ? '(null)' : String(blocked.status),
    value: details.value ?? '',
    method: details.method ?? '',
    header: details.header ?? '',
    member: details.member ?? '',
    schemes: CHROMIUM_SCHEMES,
  };
}

function urlsOf({ failure, request }: Blocked, browser: BrowserName) {
  const current = request.url.href;
  const location = failure.details.location ?? current;
  // Chromium has moved on to the target of a redirect when it refuses its scheme.
  const url = browser === 'chromium' && failure.check === 'SCHEME' ? location : current;
  const first = request.visited[0]?.href ?? current;
  return { url, location, redirected: first === url ? '' : `(redirected from '${first}') ` };
}

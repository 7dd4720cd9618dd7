import { printable } from '../../text/escape.js';
import type { Blocked } from '../fetch/user-agent.js';
import type { Fix } from '../simulation.js';
import { noSetting, type WordsFor } from './check-words.js';

type RequestCheck =
  | 'REDIRECT_USERINFO'
  | 'REDIRECT_LOCATION'
  | 'REDIRECT_LIMIT'
  | 'REDIRECT_MODE'
  | 'SCHEME'
  | 'MODE'
  | 'INVALID_REQUEST'
  | 'BAD_PORT'
  | 'NETWORK'
  | 'LNA'
  | 'CORS_DISABLED';

/** What would help where no CORS setting does. */
export const requestWords: WordsFor<RequestCheck> = {
  REDIRECT_USERINFO: {
    cause: 'A redirect leads to a URL with a user name or password.',
    fix: 'Remove them from Location. No CORS setting helps.',
    fixFor: (blocked) =>
      noSetting(
        'change-redirect',
        `The redirect to ${target(blocked)} contains a user name or password: remove them from Location.`,
      ),
  },
  REDIRECT_LOCATION: {
    cause: 'A redirect has no valid Location, or several.',
    fix: 'Correct the redirect. No CORS setting helps.',
    fixFor: (blocked) =>
      noSetting(
        'change-redirect',
        `Location is ${target(blocked)}, which is not one valid URL: correct the redirect.`,
      ),
  },
  REDIRECT_LIMIT: {
    cause: 'There were more than 20 redirects.',
    fix: 'Look for a loop. No CORS setting helps.',
    fixFor: (blocked) =>
      noSetting(
        'change-redirect',
        `There were more than 20 redirects; the next one leads to ${target(blocked)}. Look for a loop.`,
      ),
  },
  REDIRECT_MODE: {
    cause: "The page asked for `redirect: 'error'`, and the server redirects.",
    fix: 'Ask for the final URL. No CORS setting helps.',
    fixFor: () =>
      noSetting(
        'change-page',
        "The page asked for `redirect: 'error'`, and the server redirects: ask for the final URL.",
      ),
  },
  SCHEME: {
    cause: 'The URL, or that of a redirect, is neither http nor https.',
    fix: 'Serve both the page and the resource over http or https. No CORS setting helps.',
    fixFor: schemeFix,
  },
  MODE: {
    cause: "The page asked for `mode: 'same-origin'`, and the URL is of another origin.",
    fix: "Use `mode: 'cors'` in the page. No CORS setting helps.",
    fixFor: () =>
      noSetting(
        'change-page',
        "The page asked for `mode: 'same-origin'`, and the URL is of another origin: use `mode: 'cors'`.",
      ),
  },
  INVALID_REQUEST: {
    cause: '`fetch()` does not take the request, as with a forbidden method.',
    fix: 'Change the page. No CORS setting helps.',
    fixFor: ({ failure }) =>
      noSetting(
        'change-page',
        `\`fetch()\` throws a TypeError and sends nothing: ${failure.details.reason ?? ''}.`,
      ),
  },
  BAD_PORT: {
    cause: 'Browsers never connect to this port.',
    fix: 'Let the server listen on another port. No CORS setting helps.',
    fixFor: ({ failure }) =>
      noSetting(
        'reach-server',
        `Browsers never connect to port ${failure.details.value ?? ''}: let the server listen on another one.`,
      ),
  },
  NETWORK: {
    cause: 'No response came: DNS, TLS, a refused connection, or an extension that blocks it.',
    fix: 'Make the server reachable from the browser. No CORS setting helps.',
    fixFor: unreachableFix,
  },
  LNA: {
    cause:
      'A page of a public site asks for an address in the local network or on this machine, which needs a secure context and the permission of the user.',
    fix: 'Serve the page over https and let the user allow it. No CORS setting helps.',
    fixFor: () =>
      noSetting(
        'change-page',
        'Serve the page over https, and let the user allow the local network.',
      ),
  },
  CORS_DISABLED: {
    cause: 'CORS is switched off in the browser, or an extension made the request.',
    fix: "Reset `content.cors.disable` in Firefox's about:config. No CORS setting helps.",
    fixFor: () => noSetting('change-page', 'CORS is switched off in the browser.'),
  },
};

function target({ failure }: Blocked): string {
  return `\`${printable(failure.details.location ?? '')}\``;
}

function schemeFix(blocked: Blocked): Fix {
  const { location, value = '' } = blocked.failure.details;
  return location === undefined
    ? noSetting(
        'change-page',
        `Across origins, pages may ask for http and https only, not for \`${value}\`.`,
      )
    : noSetting(
        'change-redirect',
        `The redirect to ${target(blocked)} leaves http and https, and browsers do not follow it.`,
      );
}

function unreachableFix({ at, failure }: Blocked): Fix {
  const what = at === 'preflight' ? 'The CORS-preflight request' : 'The request';
  const reason = printable(failure.details.reason ?? '');
  return noSetting(
    'reach-server',
    `${what} got no response${reason === '' ? '' : ` (${reason})`}: look at the address, DNS, the ` +
      'TLS certificate, firewalls, and whether the server runs.',
  );
}

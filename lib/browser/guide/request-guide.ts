import { printable } from '../../text/escape.js';
import type { Blocked } from '../fetch/user-agent.js';
import type { Fix } from '../simulation.js';
import { noSetting, type GuideFor } from './guide-entry.js';

type RequestCheck =
  | 'REDIRECT_USERINFO'
  | 'REDIRECT_LOCATION'
  | 'REDIRECT_LIMIT'
  | 'REDIRECT_MODE'
  | 'SCHEME'
  | 'MODE'
  | 'INVALID_REQUEST'
  | 'BAD_PORT'
  | 'MIXED_CONTENT'
  | 'NETWORK'
  | 'LNA'
  | 'CORS_DISABLED';

/** What would help where no CORS setting does. */
export const requestGuide: GuideFor<RequestCheck> = {
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
    cause: "The page set `redirect: 'error'`, and the server redirects.",
    fix: 'Request the final URL. No CORS setting helps.',
    fixFor: () =>
      noSetting(
        'change-page',
        "The page set `redirect: 'error'`, and the server redirects: request the final URL instead.",
      ),
  },
  SCHEME: {
    cause: 'The URL, or the target of a redirect, is neither http nor https.',
    fix: 'Serve both the page and the resource over http or https. No CORS setting helps.',
    fixFor: schemeFix,
  },
  MODE: {
    cause: "The page set `mode: 'same-origin'`, and the URL has another origin.",
    fix: "Use `mode: 'cors'` in the page. No CORS setting helps.",
    fixFor: () =>
      noSetting(
        'change-page',
        "The page set `mode: 'same-origin'`, and the URL has another origin: use `mode: 'cors'`.",
      ),
  },
  INVALID_REQUEST: {
    cause: '`fetch()` rejects the request, for example because of a forbidden method.',
    fix: 'Change the page. No CORS setting helps.',
    fixFor: ({ failure }) =>
      noSetting(
        'change-page',
        `\`fetch()\` throws a TypeError and sends nothing: ${failure.details.reason ?? ''}.`,
      ),
  },
  BAD_PORT: {
    cause: 'Browsers never connect to this port.',
    fix: 'Run the server on another port. No CORS setting helps.',
    fixFor: ({ failure }) =>
      noSetting(
        'reach-server',
        `Browsers never connect to port ${failure.details.value ?? ''}: run the server on another one.`,
      ),
  },
  MIXED_CONTENT: {
    cause:
      'The page is served over https and requests an http URL: browsers block it before CORS is looked at.',
    fix: 'Serve the API over https and request that URL. No CORS setting helps.',
    fixFor: ({ request }) =>
      noSetting(
        'change-url',
        `Browsers block ${printable(request.url.href)} as mixed content, since the page is served over https: serve it over https too, and request that URL.`,
      ),
  },
  NETWORK: {
    cause: 'There was no response: DNS, TLS, a refused connection, or an extension that blocks it.',
    fix: 'Make the server reachable from the browser. No CORS setting helps.',
    fixFor: unreachableFix,
  },
  LNA: {
    cause:
      'A page of a public site requests an address in the local network or on this machine, which requires a secure context and the permission of the user.',
    fix: 'Serve the page over https and have the user allow it. No CORS setting helps.',
    fixFor: localNetworkFix,
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

function localNetworkFix({ failure: { details } }: Blocked): Fix {
  const { space, targetSpace, insecurePage } = details;
  if (targetSpace !== undefined) {
    return noSetting(
      'change-page',
      `The page says \`targetAddressSpace: '${targetSpace}'\`, but the server is in the address space \`${space ?? ''}\`: name that one, or none.`,
    );
  }
  return noSetting(
    'change-page',
    insecurePage === true
      ? 'Serve the page over https: to others, browsers do not even offer the permission for the local network.'
      : 'Local Network Access was refused, and the browser remembers that: have the user allow it in the settings of this page. No response header grants it.',
  );
}

function schemeFix(blocked: Blocked): Fix {
  const { location, value = '' } = blocked.failure.details;
  return location === undefined
    ? noSetting(
        'change-page',
        `Across origins, pages may only request http and https, not \`${value}\`.`,
      )
    : noSetting(
        'change-redirect',
        `The redirect to ${target(blocked)} leaves http and https, and browsers do not follow it.`,
      );
}

function unreachableFix({ at, failure }: Blocked): Fix {
  const what = at === 'preflight' ? 'The preflight' : 'The request';
  const reason = printable(failure.details.reason ?? '');
  return noSetting(
    'reach-server',
    `${what} got no response${reason === '' ? '' : ` (${reason})`}: check the address, DNS, the ` +
      'TLS certificate, firewalls, and whether the server is running.',
  );
}

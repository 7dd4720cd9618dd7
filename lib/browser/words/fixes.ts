import { printable } from '../../text/escape.js';
import type { Blocked, Fixes } from '../browser.js';
import type { CorsCheckId, Fix, FixKind } from '../simulation.js';
import { accessFixes } from './access-fixes.js';
import { listFixes, preflightFixes } from './preflight-fixes.js';

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
const requestFixes: Fixes<RequestCheck> = {
  REDIRECT_USERINFO: (blocked) =>
    noSetting(
      'change-redirect',
      `The redirect to ${target(blocked)} contains a user name or password: remove them from Location.`,
    ),
  REDIRECT_LOCATION: (blocked) =>
    noSetting(
      'change-redirect',
      `Location is ${target(blocked)}, which is not one valid URL: correct the redirect.`,
    ),
  REDIRECT_LIMIT: (blocked) =>
    noSetting(
      'change-redirect',
      `There were more than 20 redirects; the next one leads to ${target(blocked)}. Look for a loop.`,
    ),
  REDIRECT_MODE: () =>
    noSetting(
      'change-page',
      "The page asked for `redirect: 'error'`, and the server redirects: ask for the final URL.",
    ),
  SCHEME: schemeFix,
  MODE: () =>
    noSetting(
      'change-page',
      "The page asked for `mode: 'same-origin'`, and the URL is of another origin: use `mode: 'cors'`.",
    ),
  INVALID_REQUEST: ({ failure }) =>
    noSetting(
      'change-page',
      `\`fetch()\` throws a TypeError and sends nothing: ${failure.details.reason ?? ''}.`,
    ),
  BAD_PORT: ({ failure }) =>
    noSetting(
      'reach-server',
      `Browsers never connect to port ${failure.details.value ?? ''}: let the server listen on another one.`,
    ),
  NETWORK: unreachableFix,
  LNA: () =>
    noSetting(
      'change-page',
      'Serve the page over https, and let the user allow the local network.',
    ),
  CORS_DISABLED: () => noSetting('change-page', 'CORS is switched off in the browser.'),
};

const FIXES: Readonly<Record<CorsCheckId, (blocked: Blocked) => Fix>> = {
  ...accessFixes,
  ...preflightFixes,
  ...listFixes,
  ...requestFixes,
};

/** What would let a blocked request through. */
export function fixFor(blocked: Blocked): Fix {
  return FIXES[blocked.failure.check](blocked);
}

function noSetting(kind: FixKind, sentence: string): Fix {
  return { kind, options: {}, sentence: `${sentence} No CORS setting helps.` };
}

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

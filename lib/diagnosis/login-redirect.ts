import type { Simulation } from '../browser/index.js';
import { printable } from '../text/escape.js';

/** The addresses of login pages, as identity providers and authenticating proxies have them. */
const LOGIN_URL = String.raw`https?://(?:(?:login|signin|accounts?|sso|idp|adfs|auth|oauth|keycloak)\.|[^\s/'"]{1,200}\.(?:okta|auth0|cloudflareaccess|onelogin|b2clogin|amazoncognito)\.com|[^\s'"?]{1,300}/(?:(?:wp-)?log[_-]?in|sign[_-]?in|auth|oauth2?|oidc|saml2?|sso|authorize|openid-connect|adfs)\b)`;
const LOGIN = new RegExp(`^${LOGIN_URL}`, 'i');

/** Whether a `Location`, absolute or not, leads to a login. */
export function isLogin(location: string | undefined): boolean {
  const base = 'https://relative.invalid';
  return (
    location !== undefined &&
    URL.canParse(location, base) &&
    LOGIN.test(new URL(location, base).href)
  );
}

/** How consoles say that a request was redirected to one. */
export const LOGIN_WORDS = new RegExp(
  `\\bat ['‘"]?${LOGIN_URL}[^\\n]{0,2000}redirected from|redirect(?:ion)?(?: from [^\\n]{1,2000}?)? to ['‘"]?${LOGIN_URL}`,
  'i',
);

/**
 * What a redirect to a login page means, as one sentence; null where there was none. No CORS header
 * helps there: a page cannot log in with `fetch()`.
 */
export function loginOf({ failedCheck, blockedAt, details, steps }: Simulation): string | null {
  if (failedCheck === null) return null;
  const last = steps.at(-1)?.request;
  const to = details.location ?? (steps.length > 1 ? last?.url : undefined);
  const from = steps[0]?.request.url;
  if (to === undefined || from === undefined || !URL.canParse(to, from)) return null;
  const target = new URL(to, from).href;
  if (target === from || !isLogin(target)) return null;
  return blockedAt === 'preflight'
    ? `OPTIONS is redirected to a login page, \`${printable(to)}\`: authentication comes before CORS. Browsers never send cookies with OPTIONS, so let it pass the authenticating proxy without a login.`
    : `${LOGIN_CAUSE} Here it is \`${printable(to)}\`. ${LOGIN_FIX}`;
}

export const LOGIN_CAUSE =
  'The request was redirected to a login page: the session is missing or has expired. No CORS header helps: a login page is for a visitor, not for `fetch()`.';
export const LOGIN_FIX =
  'Let the API answer 401 instead of redirecting, and let the page go to the login itself (`location.assign(…)`). An authenticating proxy must let OPTIONS pass.';

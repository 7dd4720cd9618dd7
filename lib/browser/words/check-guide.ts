import type { CorsCheckId } from '../simulation.js';

/** What a check's failure means in general, and what helps. */
export interface CheckGuide {
  /** Why it fails, as one sentence. */
  readonly cause: string;
  /** What helps, as one sentence. */
  readonly fix: string;
}

/** Cause and fix of every check, for a message of which nothing but the message is known. */
export const checkGuide: Readonly<Record<CorsCheckId, CheckGuide>> = {
  ACAO_MISSING: {
    cause:
      'The response has no Access-Control-Allow-Origin: the origin is not allowed, or something answers without CORS (a guard, an error page, a 404, a proxy, OPTIONS that nobody handles).',
    fix: "Add the page's origin to `origin`, and let CORS answer before routing, guards and filters.",
  },
  ACAO_MULTIPLE: {
    cause:
      'Access-Control-Allow-Origin names several origins, or is sent twice by two layers such as a proxy and the application.',
    fix: 'Let one layer alone send it, and give `origin` a list: each request is answered with its own origin.',
  },
  ACAO_INVALID: {
    cause: 'Access-Control-Allow-Origin is no origin, such as `example.com` or `true`.',
    fix: 'Write `scheme://host`, with `:port` unless it is the default, in `origin`.',
  },
  ACAO_MISMATCH: {
    cause:
      'Access-Control-Allow-Origin names another origin; scheme, port, `www.`, upper case or a slash at the end make one.',
    fix: "Add the page's origin, byte by byte as the browser sends it, to `origin`.",
  },
  ACAO_WILDCARD_CREDENTIALS: {
    cause: 'The page sends credentials, and Access-Control-Allow-Origin is `*`.',
    fix: 'List the origins in `origin` and set `credentials: true`; or let the page do without credentials.',
  },
  ACAC_NOT_TRUE: {
    cause:
      'The page sends credentials, and Access-Control-Allow-Credentials is not exactly `true`.',
    fix: 'Set `credentials: true`; it is needed on the answer to OPTIONS and on the response.',
  },
  PREFLIGHT_STATUS: {
    cause:
      'OPTIONS was answered with a status outside 200 to 299: 401 and 403 mean authentication before CORS, 404 and 405 that nothing handles OPTIONS.',
    fix: 'Answer OPTIONS with 204, before authentication and routing.',
  },
  PREFLIGHT_REDIRECT: {
    cause:
      'OPTIONS was redirected, as from http to https, to a slash at the end, or to a login page.',
    fix: 'Let the page ask for the final URL, and do not redirect OPTIONS.',
  },
  ACAM_PARSE: {
    cause: 'Access-Control-Allow-Methods contains something that is no method.',
    fix: 'Send methods, separated by commas.',
  },
  ACAH_PARSE: {
    cause: 'Access-Control-Allow-Headers contains something that is no header name.',
    fix: 'Send header names, separated by commas.',
  },
  METHOD: {
    cause: 'Access-Control-Allow-Methods does not list the method; `patch` is not `PATCH`.',
    fix: 'Add the method to `methods`; if only the case differs, let the page write it in upper case.',
  },
  HEADER: {
    cause:
      'Access-Control-Allow-Headers does not list a request header; with credentials, `*` covers none.',
    fix: 'Add the header to `allowedHeaders`.',
  },
  AUTHORIZATION_WILDCARD: {
    cause: 'The page sends Authorization, and Access-Control-Allow-Headers covers it by `*` only.',
    fix: 'Add `authorization` to `allowedHeaders`.',
  },
  REDIRECT_USERINFO: {
    cause: 'A redirect leads to a URL with a user name or password.',
    fix: 'Remove them from Location. No CORS setting helps.',
  },
  REDIRECT_LOCATION: {
    cause: 'A redirect has no valid Location, or several.',
    fix: 'Correct the redirect. No CORS setting helps.',
  },
  REDIRECT_LIMIT: {
    cause: 'There were more than 20 redirects.',
    fix: 'Look for a loop. No CORS setting helps.',
  },
  REDIRECT_MODE: {
    cause: "The page asked for `redirect: 'error'`, and the server redirects.",
    fix: 'Ask for the final URL. No CORS setting helps.',
  },
  SCHEME: {
    cause: 'The URL, or that of a redirect, is neither http nor https.',
    fix: 'Serve both the page and the resource over http or https. No CORS setting helps.',
  },
  MODE: {
    cause: "The page asked for `mode: 'same-origin'`, and the URL is of another origin.",
    fix: "Use `mode: 'cors'` in the page. No CORS setting helps.",
  },
  INVALID_REQUEST: {
    cause: '`fetch()` does not take the request, as with a forbidden method.',
    fix: 'Change the page. No CORS setting helps.',
  },
  BAD_PORT: {
    cause: 'Browsers never connect to this port.',
    fix: 'Let the server listen on another port. No CORS setting helps.',
  },
  NETWORK: {
    cause: 'No response came: DNS, TLS, a refused connection, or an extension that blocks it.',
    fix: 'Make the server reachable from the browser. No CORS setting helps.',
  },
  LNA: {
    cause:
      'A page of a public site asks for an address in the local network or on this machine, which needs a secure context and the permission of the user.',
    fix: 'Serve the page over https and let the user allow it. No CORS setting helps.',
  },
  CORS_DISABLED: {
    cause: 'CORS is switched off in the browser, or an extension made the request.',
    fix: "Reset `content.cors.disable` in Firefox's about:config. No CORS setting helps.",
  },
};

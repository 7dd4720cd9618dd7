import { isSafelistedMethod } from '../../fetch/methods.js';
import type { HeaderList } from '../http/header-list.js';
import { isRedirectStatus } from '../http/redirects.js';
import type { BrowserName, Failure } from '../simulation.js';
import { corsCheck } from './cors-check.js';
import type { PreflightQuery } from './preflight-query.js';

interface Preflight {
  readonly query: PreflightQuery;
  readonly status: number;
  readonly headers: HeaderList;
  readonly browser: BrowserName;
}

type Check = (preflight: Preflight) => Failure | null;

/** The same rules everywhere; the order decides which one a developer reads about. */
const ORDER: Readonly<Record<BrowserName, readonly Check[]>> = {
  chromium: [
    notRedirected,
    shared,
    okStatus,
    methodsParse,
    headersParse,
    methodAllowed,
    headersAllowed,
  ],
  firefox: [
    notRedirected,
    shared,
    okStatus,
    methodsParse,
    methodAllowed,
    headersParse,
    headersAllowed,
  ],
  safari: [okStatus, shared, methodsParse, headersParse, methodAllowed, headersAllowed],
};

/**
 * The first check that the response to a preflight fails, in the order of a browser; null when all
 * pass.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
export function failedPreflightCheck(preflight: Preflight): Failure | null {
  for (const check of ORDER[preflight.browser]) {
    const failure = check(preflight);
    if (failure !== null) return failure;
  }
  return null;
}

/** Without `Location` there is nowhere to go: then its status decides. */
function notRedirected({ status, headers }: Preflight): Failure | null {
  const location = headers.get('location');
  return isRedirectStatus(status) && location !== null
    ? { check: 'PREFLIGHT_REDIRECT', details: { status, location } }
    : null;
}

/** With the credentials mode of the actual request: `#cors-preflight-fetch`, note on step 7. */
function shared({ query, headers }: Preflight): Failure | null {
  return corsCheck(headers, query.origin, query.credentialed);
}

function okStatus({ status, headers }: Preflight): Failure | null {
  if (status >= 200 && status <= 299) return null;
  const location = headers.get('location');
  return {
    check: 'PREFLIGHT_STATUS',
    details: location === null ? { status } : { status, location },
  };
}

function methodsParse({ headers }: Preflight): Failure | null {
  return grammar(headers, 'access-control-allow-methods', 'ACAM_PARSE');
}

function headersParse({ headers }: Preflight): Failure | null {
  return grammar(headers, 'access-control-allow-headers', 'ACAH_PARSE');
}

/** One bad member spoils the list, even for a request that does not need it. */
function grammar(
  headers: HeaderList,
  name: string,
  check: 'ACAM_PARSE' | 'ACAH_PARSE',
): Failure | null {
  const member = headers.tokens(name)?.invalid ?? null;
  return member === null ? null : { check, details: { member, value: headers.get(name) ?? '' } };
}

function methodAllowed({ query, headers }: Preflight): Failure | null {
  const list = headers.tokens('access-control-allow-methods');
  if (list === null && query.forced) return null;
  const listed = list?.members ?? [];
  const allowed =
    isSafelistedMethod(query.method) ||
    listed.includes(query.method) ||
    (!query.credentialed && listed.includes('*'));
  return allowed ? null : { check: 'METHOD', details: { method: query.method, listed } };
}

function headersAllowed({ query, headers, browser }: Preflight): Failure | null {
  const members = headers.tokens('access-control-allow-headers')?.members ?? [];
  const listed = members.map((member) => member.toLowerCase());
  const wildcard = !query.credentialed && listed.includes('*');
  const names = query.unsafeNames.filter(
    // `Authorization` is the one CORS non-wildcard request-header name.
    (name) => !listed.includes(name) && (!wildcard || name === 'authorization'),
  );
  const [first] = names;
  if (first === undefined) return null;
  const written = query.writtenNames.find((name) => names.includes(name.toLowerCase()));
  return {
    check: wildcard ? 'AUTHORIZATION_WILDCARD' : 'HEADER',
    details: { names, listed, header: browser === 'safari' ? (written ?? first) : first },
  };
}

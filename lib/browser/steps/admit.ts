import type { Failure } from '../failure.js';
import type { Journal } from '../journal.js';
import { isBadPort } from '../request/bad-port.js';
import type { FetchRequest } from '../request/fetch-request.js';
import { hasHttpScheme } from '../request/http-scheme.js';
import { isMixedContent } from '../request/mixed-content.js';
import { isSameOrigin } from '../request/same-origin.js';

/**
 * Decides, before anything is sent, under which rules a request goes out: the request with its
 * response tainting, or why it does not go out at all.
 *
 * @see https://fetch.spec.whatwg.org/#main-fetch
 */
export function admit(request: FetchRequest, journal: Journal): FetchRequest | Failure {
  const { pageOrigin, url, mode } = request;
  if (isBadPort(url)) return { check: 'BAD_PORT', details: { value: url.port } };
  if (isMixedContent(pageOrigin, url)) {
    journal.find(
      'MIXED_CONTENT',
      `Browsers block ${url.href} as mixed content, since the page is served over https: ` +
        'serve it over https too. No CORS setting helps.',
    );
  }
  if (request.tainting === 'basic' && isSameOrigin(pageOrigin, url)) return request;
  if (url.protocol === 'data:') return request;
  if (mode === 'same-origin') return { check: 'MODE', details: {} };
  if (mode === 'no-cors') return admitNoCors(request);
  if (!hasHttpScheme(url)) return { check: 'SCHEME', details: { value: url.protocol } };
  return { ...request, tainting: 'cors' };
}

function admitNoCors(request: FetchRequest): FetchRequest | Failure {
  return request.redirect === 'follow'
    ? { ...request, tainting: 'opaque' }
    : {
        check: 'INVALID_REQUEST',
        details: {
          reason: "across origins, `mode: 'no-cors'` goes with `redirect: 'follow'` only",
        },
      };
}

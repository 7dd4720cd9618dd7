import { printable } from '../../text/escape.js';
import type { ReceivedResponse } from '../http-exchange.js';
import type { Journal } from '../journal.js';
import type { FetchRequest } from '../request/fetch-request.js';
import { HeaderList } from '../response/header-list.js';
import { findPolicyOddities } from './policy-findings.js';
import { isUnremarkableHeader } from './unremarkable-header.js';

/** Notices what may surprise about a response that reached the page. */
export function findInResponse(
  request: FetchRequest,
  response: ReceivedResponse,
  exposed: readonly string[],
  journal: Journal,
): void {
  if (request.tainting === 'opaque') {
    journal.find(
      'OPAQUE_RESPONSE',
      "In `mode: 'no-cors'` the page gets an opaque response: no status, no headers, no body.",
    );
  }
  if (request.tainting !== 'cors') return;

  const headers = new HeaderList(response.headers);
  findPolicyOddities(headers, journal);
  findMisplaced(headers, request, journal);
  findExposure(headers, request, exposed, journal);
  if (response.status >= 400) {
    journal.find(
      'ERROR_STATUS',
      `The status is ${response.status}, and the page can read it: this is not a CORS problem.`,
    );
  }
}

/** What allows methods and headers is read on answers to CORS-preflight requests alone. */
function findMisplaced(headers: HeaderList, request: FetchRequest, journal: Journal): void {
  const preflights = journal.steps.filter(
    (step) => step.kind === 'preflight' && step.request.url === request.url.href,
  );
  const misplaced = ['access-control-allow-headers', 'access-control-allow-methods'].filter(
    (name) =>
      headers.get(name) !== null &&
      !preflights.some((step) => new HeaderList(step.response?.headers ?? []).get(name) !== null),
  );
  if (misplaced.length === 0) return;
  journal.find(
    'PREFLIGHT_HEADERS_MISPLACED',
    `The response carries ${misplaced.join(' and ')}, which browsers read on the answer to a ` +
      'CORS-preflight request only.',
    misplaced,
  );
}

function findExposure(
  headers: HeaderList,
  request: FetchRequest,
  exposed: readonly string[],
  journal: Journal,
): void {
  const list = headers.tokens('access-control-expose-headers');
  const invalid = list?.invalid ?? null;
  if (invalid !== null) {
    journal.find(
      'EXPOSE_INVALID',
      `Access-Control-Expose-Headers contains \`${printable(invalid)}\`, which is no header name: ` +
        'the whole list is ignored.',
      [invalid],
    );
  } else if (request.credentials === 'include' && list?.members.includes('*') === true) {
    journal.find(
      'EXPOSE_WILDCARD_LITERAL',
      'With credentials, `Access-Control-Expose-Headers: *` exposes a header named `*` and no ' +
        'other: name the headers in `exposedHeaders`.',
    );
  }
  const hidden = headers
    .names()
    .filter((name) => !exposed.includes(name) && !isUnremarkableHeader(name));
  if (hidden.length === 0) return;
  journal.find(
    'HEADERS_NOT_EXPOSED',
    `The page cannot read ${hidden.map(printable).join(', ')}. What it needs goes into ` +
      '`exposedHeaders`.',
    hidden,
  );
}

import { printable } from '../../text/escape.js';
import type { Journal } from '../journal.js';
import type { HeaderList } from '../response/header-list.js';

/** Notices what is odd about the policy that a passing response shows. */
export function findPolicyOddities(headers: HeaderList, journal: Journal): void {
  const origin = headers.get('access-control-allow-origin');
  const credentials = headers.get('access-control-allow-credentials');
  if (origin !== null && origin !== '*') findMissingVary(headers, journal);
  if (origin === 'null') {
    journal.find(
      'NULL_ORIGIN_ALLOWED',
      'The origin `null` is allowed: any page can have it by way of a sandboxed frame' +
        (credentials === 'true' ? ', and it may read what is private to a visitor.' : '.'),
    );
  }
  if (origin === '*' && credentials === 'true') {
    journal.find(
      'WILDCARD_WITH_CREDENTIALS',
      '`*` goes with no credentials: browsers will block every credentialed request. Name the ' +
        'origins in `origin`, or set `credentials: false`.',
    );
  }
  if (credentials !== null && credentials !== 'true') {
    journal.find(
      'CREDENTIALS_NOT_TRUE',
      `Access-Control-Allow-Credentials is \`${printable(credentials)}\`: it means something only ` +
        'as `true`, and is left out else.',
    );
  }
}

/** @see https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches */
function findMissingVary(headers: HeaderList, journal: Journal): void {
  if (headers.lists('vary', 'origin') || headers.lists('vary', '*')) return;
  journal.find(
    'VARY_ORIGIN_MISSING',
    'The response names an origin, but has no `Vary: Origin`: a cached copy may be given to a ' +
      'page of another origin, and blocked there. It is needed unless every response, also ' +
      'without `Origin` in the request, names this one origin.',
  );
}

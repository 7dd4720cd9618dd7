import { isToken } from '../../fetch/tokens.js';
import { printable } from '../../text/escape.js';
import type { Failure } from '../failure.js';
import type { Journal } from '../journal.js';
import { maxAgeCap } from '../preflight/max-age-cap.js';
import type { HeaderList } from '../response/header-list.js';

const NAMES = { chromium: 'Chromium', firefox: 'Firefox', safari: 'Safari' } as const;

/** Notices what is odd about the answer to a CORS-preflight request, whether or not it passed. */
export function findInPreflight(
  headers: HeaderList,
  failure: Failure | null,
  journal: Journal,
): void {
  if (failure?.check === 'AUTHORIZATION_WILDCARD') findToleratedAuthorization(journal);
  findMethodCase(headers, journal);
  // How long a refusal is kept is of no interest.
  if (failure === null) findMaxAge(headers.get('access-control-max-age'), journal);
}

function findToleratedAuthorization(journal: Journal): void {
  journal.find(
    'AUTHORIZATION_TOLERATED',
    'The standard wants `authorization` named in Access-Control-Allow-Headers; the browsers of ' +
      'today still let `*` cover it, and have announced that they will not.',
    ['authorization'],
  );
}

/** Methods compare byte by byte, and browsers send nearly all of them in upper case. */
function findMethodCase(headers: HeaderList, journal: Journal): void {
  const members = headers.tokens('access-control-allow-methods')?.members ?? [];
  const odd = members.filter((member) => isToken(member) && member !== member.toUpperCase());
  if (odd.length === 0) return;
  journal.find(
    'METHOD_CASE',
    `Access-Control-Allow-Methods lists ${odd.join(', ')}: methods are ` +
      'case-sensitive, so write them in upper case.',
    odd,
  );
}

function findMaxAge(value: string | null, journal: Journal): void {
  if (value === null) {
    journal.find(
      'MAX_AGE_MISSING',
      'There is no Access-Control-Max-Age: browsers ask again after 5 seconds. Set `maxAge`.',
    );
    return;
  }
  if (!/^\d+$/.test(value)) {
    journal.find(
      'MAX_AGE_INVALID',
      `Access-Control-Max-Age is \`${printable(value)}\`, not a number of seconds: browsers ask ` +
        'again at once, or after 5 seconds.',
    );
    return;
  }
  const seconds = Number(value);
  const capping = (['safari', 'chromium', 'firefox'] as const).filter(
    (dialect) => seconds > maxAgeCap[dialect],
  );
  if (capping.length === 0) return;
  const caps = capping.map((dialect) => `${NAMES[dialect]} ${maxAgeCap[dialect]}`).join(', ');
  journal.find(
    'MAX_AGE_CAPPED',
    `Access-Control-Max-Age is ${value} seconds, but browsers keep the answer for less: ${caps}.`,
    capping,
  );
}

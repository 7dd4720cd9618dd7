import { HeaderList } from '../../browser/http/header-list.js';
import type { HeaderLines } from '../../browser/index.js';
import { shorten } from '../../review/compare-access.js';
import { browserSentence } from '../../review/verify/in-browsers.js';
import type { PlannedRequest } from '../../review/verify/plan-requests.js';
import type { Verification, VerifiedDifference } from '../../review/verify/verify-policy.js';
import { printable, shortened } from '../../text/escape.js';
import { painted, type Terminal } from '../terminal.js';

const COLOURS = { looser: 31, tighter: 33, cosmetic: 2 } as const;

/** The differences, one a line, and what was not seen. */
export function verificationText(
  { differences, sent, unanswered, notChecked, cutShort }: Verification,
  url: URL,
  terminal: Pick<Terminal, 'colour'>,
): string {
  const lines = differences.map((difference) => {
    const { kind } = difference;
    return `${painted(kind, COLOURS[kind], terminal)} ${printable(sentenceOf(difference))}`;
  });
  const counts = (['looser', 'tighter', 'cosmetic'] as const)
    .map((kind) => `${differences.filter((one) => one.kind === kind).length} ${kind}`)
    .join(', ');
  const verdict =
    differences.length === 0 ? 'each answer is as the file says' : `differences: ${counts}`;
  return [
    ...lines,
    `${sent} requests to ${printable(url.origin)}: ${sent === 0 ? 'nothing to compare' : verdict}.`,
    ...(unanswered > 0 ? [`${unanswered} of them got no answer.`] : []),
    ...(cutShort === undefined ? [] : [`It ended early: ${printable(cutShort)}`]),
    ...notChecked.map((text) => `Not checked: ${printable(text)}.`),
    '',
  ].join('\n');
}

/** `GET /orders/:id, GET /orders/1 from https://…: allows the origin.` */
function sentenceOf(difference: VerifiedDifference): string {
  const { kind, request, what, count, places, isUnsteady } = difference;
  const others = places.filter((place) => place !== request.place);
  const where = others.length === 0 ? '' : `, also at ${shorten(others, 5)}`;
  const parts = [
    `${request.place}, ${requestText(request)}: ${what}${isUnsteady ? ', but not each time' : ''}.`,
    valuesText(difference),
    kind === 'cosmetic' ? '' : browserSentence(difference.browsers),
    count === 1 ? '' : `${count} requests show it${where}.`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** `preflight for PUT /orders/1 with x-id from https://… (a name below)`. */
export function requestText({
  isPreflight,
  method,
  shown,
  origin,
  requestHeaders,
  witness,
}: PlannedRequest): string {
  const asked = isPreflight ? `preflight for ${method} ${shown}` : `${method} ${shown}`;
  const names = requestHeaders === undefined ? '' : ` with ${requestHeaders}`;
  if (origin === undefined) return `${asked} without \`Origin\``;
  const label = witness === undefined ? '' : ` (${witness.label})`;
  return `${asked}${names} from ${origin}${label}`;
}

const LONGEST_VALUE = 200;

/** What came and what should have, of the headers that show it. */
function valuesText({ headers, expected, received }: VerifiedDifference): string {
  const values = headers.flatMap((name) => {
    const [due, got] = [expected, received].map(({ headers: lines }) => valueOf(lines, name));
    return due === got ? [] : [`got ${got ?? 'no'} \`${name}\`, expected ${due ?? 'none'}`];
  });
  const text = values.join('; ');
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function valueOf(lines: HeaderLines, name: string): string | undefined {
  const value = new HeaderList(lines).get(name);
  return value === null ? undefined : `\`${shortened(value, LONGEST_VALUE)}\``;
}

import { memo } from 'preact/compat';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { CorsPolicyFile } from '../../../policy-file/policy-file.js';
import type { OriginState } from '../../doors.js';
import { fragmentOf } from '../fragment.js';
import { type Standing, STANDINGS, standingOf } from './policy-words.js';
import type { RouteRow } from './rows.js';

/** How many rows are drawn at first, and with each click on "more": all of 10,000 would be slow. */
const DRAWN = 200;

interface RouteTableProps {
  readonly rows: readonly RouteRow[];
  readonly policy: CorsPolicyFile;
  readonly states: ReadonlyMap<string, OriginState> | null;
  readonly origin: string;
  readonly find: string;
}

/** Routes and what they say of an origin. */
export function RouteTable({ rows, policy, states, origin, find }: RouteTableProps) {
  const [drawn, setDrawn] = useState(DRAWN);
  useEffect(() => setDrawn(DRAWN), [find]);
  const found = useMemo(() => {
    const words = find.toLowerCase().split(/\s+/).filter(Boolean);
    return rows.filter((row) => words.every((word) => row.words.includes(word)));
  }, [rows, find]);
  const standings = found.map((row) => standingOf(row.policy, policy, states));
  const left = found.length - drawn;
  return (
    <>
      <p class="summary" role="status">
        {summaryOf(found, standings, states !== null)}
      </p>
      <table class="route-table">
        <thead>
          <tr>
            <th scope="col">Route</th>
            <th scope="col">Who may read it</th>
            <th scope="col">
              {origin === '' ? 'For a page' : <span class="for-origin">For {origin}</span>}
            </th>
            <th scope="col">
              Without a preflight{' '}
              <a
                href="https://github.com/OWASP/ASVS/blob/v5.0.0/5.0/en/0x12-V3-Web-Frontend-Security.md"
                rel="noreferrer"
                target="_blank"
              >
                ASVS 3.5.2
              </a>
            </th>
          </tr>
        </thead>
        <tbody>
          {found.slice(0, drawn).map((row, index) => (
            <Row
              key={row.id === '' ? row.path : row.id}
              row={row}
              standing={standings[index] ?? 'unknown'}
              origin={origin}
            />
          ))}
        </tbody>
      </table>
      {left > 0 && (
        <button type="button" class="more" onClick={() => setDrawn(drawn + DRAWN)}>
          Show {Math.min(DRAWN, left)} more of {left}
        </button>
      )}
    </>
  );
}

/** Rows are drawn again only where they change: somebody types. */
const Row = memo(function Row({
  row,
  standing,
  origin,
}: {
  row: RouteRow;
  standing: Standing;
  origin: string;
}) {
  const { id, method, path, handler, condition, origins, credentials } = row;
  const { mark, text } = STANDINGS[standing];
  const name = (
    <>
      {method !== '' && (
        <>
          <b>{method}</b>{' '}
        </>
      )}
      {path}
    </>
  );
  const values = { ...(origin !== '' && { origin }), route: id };
  return (
    <tr class={standing}>
      <th scope="row">
        {id === '' ? (
          <span class="route-name">{name}</span>
        ) : (
          <a class="route-name" href={fragmentOf({ view: 'routes', values })}>
            {name}
          </a>
        )}
        <span class="handler">
          {handler ?? (id === '' ? 'no controller' : 'a route of no controller')}
          {condition !== null && `, ${condition}`}
        </span>
      </th>
      <td data-label="Who may read it">
        {origins === '' ? STANDINGS[standing].text : origins}
        {credentials && <span class="handler">with credentials</span>}
      </td>
      <td data-label="For a page" class="standing">
        <span aria-hidden="true">{mark}</span> {text}
      </td>
      <td data-label="Without a preflight">{row.withoutPreflight ?? 'nothing'}</td>
    </tr>
  );
});

function summaryOf(
  rows: readonly RouteRow[],
  standings: readonly Standing[],
  isColoured: boolean,
): string {
  const count = (...wanted: readonly Standing[]) =>
    standings.filter((standing) => wanted.includes(standing)).length;
  const open = rows.filter((row) => row.withoutPreflight?.startsWith('any page') === true).length;
  const all = `${rows.length} ${rows.length === 1 ? 'line' : 'lines'}, ${open} of which any page may call without a preflight.`;
  if (!isColoured) return all;
  const [allowed, credentials] = [count('allowed', 'credentials'), count('credentials')];
  const atRunTime = count('run-time', 'passed-through');
  const refused = count('refused', 'off');
  const verdicts = [
    `${allowed} ${allowed === 1 ? 'allows' : 'allow'} it${credentials === 0 ? '' : ` (${credentials} with credentials)`}`,
    `${refused} ${refused === 1 ? 'does' : 'do'} not`,
    ...(atRunTime === 0
      ? []
      : [`${atRunTime} ${atRunTime === 1 ? 'is' : 'are'} decided at run time`]),
  ];
  return `${verdicts.join(', ')}. ${all}`;
}

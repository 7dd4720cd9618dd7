import type { ReactNode } from 'react';
import { Blocked } from './blocked.js';
import type { CallResult } from './call-result.js';
import type { PageCall } from './page-call.js';
import type { Way } from './way.js';
import { WAYS } from './ways.js';

interface Row {
  readonly name: string;
  /** What has to differ between the ways for the row to be marked; null for a row that never is. */
  readonly compare: ((result: CallResult) => string) | null;
  readonly show: (result: CallResult, call: PageCall) => ReactNode;
}

const ROWS: readonly Row[] = [
  {
    name: 'URL called',
    compare: ({ url }) => url,
    show: ({ url, sameOrigin }) => (
      <>
        <code>{url}</code> {sameOrigin ? 'same origin' : 'another origin'}
      </>
    ),
  },
  {
    name: 'Preflight',
    compare: ({ preflight }) => String(preflight),
    show: ({ preflight }) => (preflight === null ? 'none' : <code>{preflight}</code>),
  },
  {
    name: 'Verdict',
    compare: ({ verdict }) => verdict,
    show: ({ verdict }) => (
      <strong className={verdict}>
        {verdict === 'read' ? '✓ the page reads it' : '✕ blocked'}
      </strong>
    ),
  },
  {
    name: 'Page gets',
    compare: null,
    show: (result, call) =>
      result.verdict === 'read' ? (
        <code>{result.answer}</code>
      ) : (
        <Blocked call={call} result={result} />
      ),
  },
  {
    name: 'Headers',
    compare: ({ readable }) => readable.join(),
    show: ({ readable }) => (readable.length === 0 ? 'none' : <code>{readable.join(', ')}</code>),
  },
];

/** One call, and what came of it each way. */
export function CallCard({
  call,
  way,
  results,
}: {
  call: PageCall;
  way: Way;
  /** In the order of the ways; undefined where the call was not made yet. */
  results: readonly (CallResult | undefined)[];
}) {
  const differs = ({ compare }: Row) =>
    compare !== null &&
    results.every((result) => result !== undefined) &&
    new Set(results.map(compare)).size > 1;
  const cell = (row: Row, result: CallResult | undefined) => {
    if (result !== undefined) return row.show(result, call);
    return row === ROWS[0] ? <span className="muted">not called yet</span> : null;
  };
  const current = (id: string) => (id === way.id ? 'current' : '');
  return (
    <article id={call.id}>
      <h2>{call.title}</h2>
      <p className="request">
        <b>
          {call.method} {call.path}
        </b>
        , <code>{call.policy}</code>
      </p>
      <table>
        <thead>
          <tr>
            <td />
            {WAYS.map(({ id, name }) => (
              <th key={id} scope="col" className={current(id)}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ROWS.map((row) => (
            <tr key={row.name} className={differs(row) ? 'differs' : ''}>
              <th scope="row">{row.name}</th>
              {WAYS.map(({ id }, index) => (
                <td key={id} className={current(id)}>
                  {cell(row, results[index])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  );
}

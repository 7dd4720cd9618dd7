import type { CheckRequest } from '../../../diagnosis/check-request.js';
import { type WantedRow, wantedOf } from '../../../diagnosis/wanted.js';
import { blankPaste } from '../../../diagnosis/paste/blank-paste.js';
import type { Inspection } from './inspection.js';

const OUTCOMES: Readonly<Record<WantedRow['outcome'], string>> = {
  passed: '✓ passes',
  failed: '✗ fails',
  next: 'would fail next',
};

/** What the browser wanted of the response that decided, beside what came. */
export function WantedTable({ inspection }: { inspection: Inspection }) {
  const { request, simulation } = inspection.report;
  const { steps } = simulation;
  const step = steps.find(({ failedCheck }) => failedCheck !== null) ?? steps.at(-1);
  const rows = step === undefined ? [] : wantedOf(step, request);
  if (step === undefined || rows.length === 0) return null;
  const isGuess = inspection.basis === 'request';
  return (
    <section>
      <h2>{isGuess ? 'What the browser wants' : 'Wanted and came'}</h2>
      <table class="wanted">
        <caption>
          In the response to {step.kind === 'preflight' ? 'the preflight' : `the ${request.method}`}
        </caption>
        <thead>
          <tr>
            <th scope="col">Header</th>
            <th scope="col">The browser wants</th>
            {!isGuess && <th scope="col">What came</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name} class={isGuess ? '' : row.outcome}>
              <th scope="row">{row.name}</th>
              <td data-label="The browser wants">
                <Value text={row.wanted} />
              </td>
              {!isGuess && (
                <td data-label="What came">
                  <Came row={row} inspection={inspection} request={request} />{' '}
                  <span class="outcome">
                    {isTold(row, inspection) ? OUTCOMES[row.outcome] : ''}
                  </span>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** A message tells of what failed, and of nothing else. */
function isTold({ outcome }: WantedRow, { basis }: Inspection): boolean {
  return basis !== 'message' || outcome === 'failed';
}

function Came({
  row,
  inspection,
  request,
}: {
  row: WantedRow;
  inspection: Inspection;
  request: CheckRequest;
}) {
  if (!isTold(row, inspection)) return <i>the message does not say</i>;
  if (inspection.basis === 'message' && !inspection.isSeen) {
    return <i>{unseen(row, inspection, request)}</i>;
  }
  return row.came === null ? <i>nothing</i> : <Value text={row.came} />;
}

/** What a message says of a header, where it does not say how it reads. */
function unseen(
  { name, wanted }: WantedRow,
  { report }: Inspection,
  { browser }: CheckRequest,
): string {
  switch (report.simulation.failedCheck) {
    case 'METHOD':
    case 'HEADER':
      return `a list without ${report.simulation.details.header ?? wanted}, or nothing`;
    case 'PREFLIGHT_STATUS':
      return 'another status';
    case 'PREFLIGHT_REDIRECT':
      return 'a redirect';
    default:
      return browser === 'safari' && name === 'Access-Control-Allow-Origin'
        ? 'nothing, or another origin'
        : 'something else';
  }
}

function Value({ text }: { text: string }) {
  return <code>{blankPaste(text)}</code>;
}

import { useState } from 'preact/hooks';
import type { HeaderLines } from '../../../browser/index.js';
import type { CheckReport } from '../../../diagnosis/check.js';
import type { CheckRequest } from '../../../diagnosis/check-request.js';
import { verdictWords } from '../../../diagnosis/verdict-words.js';
import type { CorsQuestion } from '../../../explanation/explain-request.js';
import { withoutSecrets } from '../../../text/secrets.js';
import type { Inspection } from '../inspect/inspection.js';
import { sequenceOf } from '../inspect/sequence.js';
import { SequencePicture } from '../inspect/sequence-picture.js';
import { WantedTable } from '../inspect/wanted-table.js';
import { useSending } from '../parts/use-sending.js';
import { Words } from '../parts/words.js';

/**
 * The real thing: the application sends itself the request, as a browser would for the page. What is not
 * a GET or HEAD is sent after a question; its preflight without one.
 */
export function TryIt({ question, headers }: { question: CorsQuestion; headers: HeaderLines }) {
  const [report, setReport] = useState<CheckReport | null>(null);
  const sending = useSending(question, setReport);
  const { stage } = sending;
  const { origin, method = 'GET', url, credentials = false } = question;

  const send = async (agreed: readonly string[], preflightOnly: boolean) => {
    setReport(null);
    const request: CheckRequest = {
      url,
      origin,
      method,
      headers,
      credentials,
      browser: 'chromium',
      forcePreflight: false,
    };
    await sending.send({ request, agreed, preflightOnly });
  };

  const isBusy = stage.kind === 'asking';
  return (
    <section class="try">
      <h2>Try it</h2>
      {stage.kind === 'question' ? (
        <div role="group" aria-label="Question" class="tools">
          <p>
            <Words>{stage.question}</Words>
          </p>
          <button type="button" class="primary" onClick={() => void send([stage.question], false)}>
            Yes, send it
          </button>
          <button type="button" onClick={sending.drop}>
            No
          </button>
        </div>
      ) : (
        <div class="tools">
          <button
            type="button"
            class="primary"
            disabled={isBusy}
            onClick={() => void send([], false)}
          >
            Send {method}
          </button>
          <button type="button" disabled={isBusy} onClick={() => void send([], true)}>
            Send the preflight alone
          </button>
        </div>
      )}
      <p class="quiet">
        The application sends it to itself, with what is written here and nothing of this browser:
        no cookies, no login. Bodies are neither sent nor read.
      </p>
      <p class="problem-line" role="alert">
        {stage.kind === 'failed' && <Words>{stage.sentence}</Words>}
      </p>
      {report !== null && <Tried report={report} />}
    </section>
  );
}

/** What came back, as the page has it for what is pasted. */
function Tried({ report }: { report: CheckReport }) {
  const { simulation, conclusion, cause } = report;
  const inspection: Inspection = {
    basis: 'server',
    outcome: conclusion.verdict,
    title: verdictWords(report),
    reasons: [],
    report,
    isSeen: true,
    change: null,
    proof: null,
  };
  const last = simulation.steps.findLast(({ response }) => response !== null);
  const headers = withoutSecrets(last?.response?.headers ?? [])
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
  if (isPreflightAlone(report)) {
    return (
      <div class="tried" aria-live="polite">
        <h3>✓ The preflight passes: a browser would send the {report.request.method} now</h3>
        <pre class="lines">{`Status ${last?.response?.status ?? 0}\n${headers}`}</pre>
      </div>
    );
  }
  return (
    <div class="tried" aria-live="polite">
      <h3>{inspection.title}</h3>
      {cause !== null && (
        <p>
          <Words>{cause}</Words>
        </p>
      )}
      <SequencePicture arrows={sequenceOf(inspection)} />
      <WantedTable inspection={inspection} />
      {headers !== '' && (
        <details>
          <summary>All headers of the last response</summary>
          <pre class="lines" tabIndex={0} role="region" aria-label="All headers">
            {headers}
          </pre>
        </details>
      )}
    </div>
  );
}

/** Where the preflight passes and was to be sent alone, what comes after it is nobody's failure. */
function isPreflightAlone({ request, simulation }: CheckReport): boolean {
  const [first, ...rest] = simulation.steps;
  const isPassed = first?.kind === 'preflight' && first.failedCheck === null;
  return request.forcePreflight && isPassed && rest.every(({ response }) => response === null);
}

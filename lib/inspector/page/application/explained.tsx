import type { FixOptions, Verdict } from '../../../browser/index.js';
import type { CorsQuestion } from '../../../explanation/explain-request.js';
import type { PolicyFileOptions } from '../../../policy-file/policy-file.js';
import type { ExplainAnswer } from '../../doors.js';
import { CodeBlock } from '../parts/code-block.js';
import { Words } from '../parts/words.js';
import { useAsked } from './use-application.js';

/** The verdict in one sentence, with its colour and its mark. */
const VERDICTS: Readonly<
  Record<Verdict, { readonly look: string; readonly mark: string; readonly title: string }>
> = {
  allowed: { look: 'allowed', mark: '✓', title: 'Allowed: the page gets the response' },
  blocked: { look: 'blocked', mark: '✗', title: 'Blocked: the page gets an error' },
  'not-cors': { look: 'allowed', mark: '✓', title: 'Allowed: it is the page of this application' },
  'needs-permission': { look: 'unknown', mark: '?', title: 'Allowed once the user agrees' },
  'network-error': { look: 'unknown', mark: '?', title: 'No browser sends that' },
};

/** What `CorsService.explain()` says of a request, which is not sent. */
export function Explained({
  question,
  options,
}: {
  question: CorsQuestion;
  /** Of the route; null where it is not known, or has none. */
  options: PolicyFileOptions | null;
}) {
  const { answer, problem } = useAsked('explain', question);
  if (answer === null) {
    return (
      <section class="verdict">
        <p role={problem === null ? 'status' : 'alert'}>
          {problem === null ? 'Asking the application…' : <Words>{problem}</Words>}
        </p>
      </section>
    );
  }
  const { look, mark, title } = VERDICTS[answer.verdict];
  const { fix, findings, message } = answer;
  return (
    <>
      <section class={`verdict ${look}`} aria-live="polite">
        <p class="kind">{answer.route ?? 'No route serves it'}</p>
        <h2>
          <span aria-hidden="true">{mark}</span> {title}
        </h2>
        {fix !== null && (
          <p>
            <Words>{fix.sentence}</Words>
          </p>
        )}
        {answer.otherCandidates.length > 0 && (
          <p class="quiet">
            By its version it may also be served by {answer.otherCandidates.join(', ')}.
          </p>
        )}
        {fix !== null && Object.keys(fix.options).length > 0 && (
          <CodeBlock label="The change" code={changeText(fix.options, options)} />
        )}
      </section>
      <section>
        <h2>What the application answers</h2>
        <table class="answer-table">
          <tbody>
            <tr>
              <th scope="row">The preflight</th>
              <td>
                {answer.preflight === null
                  ? 'A browser sends none.'
                  : headersText(answer.preflight.headers, `Status ${answer.preflight.status}`)}
              </td>
            </tr>
            <tr>
              <th scope="row">The response</th>
              <td>{responseText(answer)}</td>
            </tr>
            <tr>
              <th scope="row">The decision</th>
              <td>
                <code>{answer.outcome}</code>
              </td>
            </tr>
          </tbody>
        </table>
      </section>
      {message !== null && (
        <section>
          <h2>In the words of Chromium</h2>
          <blockquote class="console">{message}</blockquote>
        </section>
      )}
      {findings.length > 0 && (
        <section>
          <h2>Also seen</h2>
          <ul class="notes">
            {findings.map(({ kind, sentence }) => (
              <li key={kind + sentence}>
                <b>{kind}</b> <Words>{sentence}</Words>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function responseText({ headers, preflight, verdict }: ExplainAnswer) {
  if (Object.keys(headers).length > 0) return headersText(headers, null);
  return preflight !== null && verdict === 'blocked'
    ? 'The actual request is not sent.'
    : 'No CORS header.';
}

function headersText(headers: Readonly<Record<string, string>>, first: string | null) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return <pre class="lines">{[...(first === null ? [] : [first]), ...lines].join('\n')}</pre>;
}

const CHANGED = ['origin', 'credentials', 'methods', 'allowedHeaders'] as const;

/** What is to be added, where the options are written now. */
function changeText(added: FixOptions, policy: PolicyFileOptions | null): string {
  return CHANGED.flatMap((name) => {
    const value = added[name];
    if (value === undefined) return [];
    const at = policy?.[name].declaredAt;
    const where = at === undefined || at === 'default' ? 'forRoot() or @Cors()' : at;
    const isList = typeof value === 'object';
    const text = isList ? `[${value.map((one) => `'${one}'`).join(', ')}]` : String(value);
    return [`// ${where}${isList ? ': add' : ''}`, `${name}: ${text},`];
  }).join('\n');
}

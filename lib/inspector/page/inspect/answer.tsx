import type { Lookalike } from '../../../diagnosis/lookalikes/lookalike.js';
import { checkCommand, curlCommand } from '../../../diagnosis/equivalent-commands.js';
import { checkGuide } from '../../../browser/index.js';
import { browserTitles } from '../../../browser/simulation.js';
import { blankPaste } from '../../../diagnosis/paste/blank-paste.js';
import type { Paste } from '../../../diagnosis/paste/paste.js';
import { CodeBlock } from '../parts/code-block.js';
import { CopyButton } from '../parts/copy-button.js';
import { Words } from '../parts/words.js';
import { introduction, type Inspection } from './inspection.js';
import { sequenceOf } from './sequence.js';
import { SequencePicture } from './sequence-picture.js';
import { WantedTable } from './wanted-table.js';

/** Something that no CORS header changes comes before all else. */
export function LookalikeCard({ lookalike }: { lookalike: Lookalike }) {
  const { id, cause, fix, code } = lookalike;
  return (
    <section class="verdict lookalike">
      <p class="kind">Only looks like CORS</p>
      <h2>{id}</h2>
      <p>
        <Words>{cause}</Words>
      </p>
      <p>
        <Words>{fix}</Words>
      </p>
      {code !== undefined && <CodeBlock label="In the page" code={code.join('\n')} />}
    </section>
  );
}

const MARKS = { allowed: '✓', blocked: '✗', unknown: '?' } as const;

/** The verdict in a sentence, and why. */
export function Verdict({
  inspection,
  paste,
  guess,
}: {
  inspection: Inspection;
  paste: Paste | null;
  guess: string | null;
}) {
  const { outcome, title, reasons } = inspection;
  return (
    <section class={`verdict ${outcome}`}>
      {paste !== null && <p class="kind">{introduction(paste)}</p>}
      <h2>
        <span aria-hidden="true">{MARKS[outcome]}</span> <Title text={title} />
      </h2>
      {reasons.length > 1 && <p>It means one of these:</p>}
      {reasons.map(({ check, cause, fix }) => (
        <div key={check ?? ''} class="reason">
          {check !== null && <h3>{check}</h3>}
          <p>
            <Words>{cause}</Words>
          </p>
          {fix !== null && (
            <p>
              <b>Fix:</b> <Words>{fix}</Words>
            </p>
          )}
        </div>
      ))}
      {guess !== null && (
        <p class="quiet">
          <Words>{guess}</Words>
        </p>
      )}
    </section>
  );
}

/** The names of checks are set apart from the sentence. */
function Title({ text }: { text: string }) {
  return (
    <>
      {text
        .split(/\b([A-Z]{3,}(?:_[A-Z]+)*)\b/)
        .map((part, index) =>
          index % 2 === 1 && isCheck(part) ? <code key={index}>{part}</code> : part,
        )}
    </>
  );
}

function isCheck(name: string): boolean {
  return Object.hasOwn(checkGuide, name);
}

/** How it went, step by step. */
export function Exchange({ inspection }: { inspection: Inspection }) {
  const { report, basis } = inspection;
  const { simulation, request } = report;
  return (
    <>
      <section>
        <h2>What happened</h2>
        <SequencePicture arrows={sequenceOf(inspection)} />
      </section>
      <WantedTable inspection={inspection} />
      {simulation.message !== null && basis !== 'request' && (
        <section>
          <h2>In the words of {browserTitles[request.browser]}</h2>
          <blockquote class="console">{blankPaste(simulation.message)}</blockquote>
        </section>
      )}
    </>
  );
}

/** What works, but perhaps not as intended. */
export function Notes({ inspection }: { inspection: Inspection }) {
  const { warnings } = inspection.report;
  if (warnings.length === 0) return null;
  return (
    <section>
      <h2>Also seen</h2>
      <ul class="notes">
        {warnings.map(({ id, level, sentence }) => (
          <li key={id + sentence} class={level}>
            <b>{id}</b> <Words>{sentence}</Words>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The same elsewhere: in a terminal, and as a link. */
export function Elsewhere({ inspection, link }: { inspection: Inspection; link: () => string }) {
  const { request, simulation } = inspection.report;
  const step =
    simulation.steps.find(({ failedCheck }) => failedCheck !== null) ?? simulation.steps[0];
  return (
    <section>
      <h2>The same in a terminal</h2>
      <CodeBlock label="The command" code={checkCommand(request)} />
      {step !== undefined && <CodeBlock label="With curl" code={curlCommand(step.request)} />}
      <p class="tools">
        <CopyButton text={link()}>Copy a link to this</CopyButton>
        <button type="button" onClick={() => print()}>
          Print
        </button>
      </p>
    </section>
  );
}

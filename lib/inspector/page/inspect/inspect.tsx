import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { CheckReport } from '../../../diagnosis/check.js';
import { isMeant, type Paste } from '../../../diagnosis/paste/paste.js';
import { fragmentOf } from '../fragment.js';
import { useRemembered } from '../parts/remembered.js';
import { Words } from '../parts/words.js';
import type { ViewProps } from '../shell.js';
import { AskServer } from './ask-server.js';
import { Elsewhere, Exchange, LookalikeCard, Notes, Verdict } from './answer.js';
import { EXAMPLES } from './examples.js';
import { Facts } from './facts.js';
import { inspect, type Inspection } from './inspection.js';
import { PasteBox } from './paste-box.js';
import { type Question, questionOf, type Setting } from './question.js';
import { Remedy } from './remedy.js';
import { useReading } from './use-reading.js';

/** Takes a paste, and says what a browser makes of it, what to change, and that it then works. */
export function Inspect({ door, values, setValues }: ViewProps) {
  const text = values['paste'] ?? '';
  const current = useRef(values);
  current.current = values;
  const setText = (next: string) => {
    // What was set for one paste means nothing for another.
    setValues(next === '' ? {} : { ...current.current, paste: next });
  };
  const { reading, isReading, read } = useReading(text, setText);
  const [file, setFile] = useState<string | Blob | null>(null);
  const [url, setUrl] = useState<string>();
  const [server, remember] = useRemembered('server');
  const chosen = values['for'] ?? server;

  const { paste } = reading;
  const question = useMemo(
    () => questionOf(chosen === '' ? values : { ...values, for: chosen }, paste),
    [values, paste, chosen],
  );
  const [report, setReport] = useState<CheckReport | null>(null);
  const { inspection, isInspecting } = useInspection(question, paste, report);
  const lookalike = paste?.lookalike;
  const set = (name: Setting, value: string) => setValues({ ...values, [name]: value });
  const isAnswered = paste === null || isMeant(paste);

  return (
    <div class="inspect">
      <div class="asking">
        <PasteBox
          text={text}
          note={reading.note}
          urls={reading.urls}
          url={url}
          onText={setText}
          onReplace={(next) => setValues({ paste: next })}
          onSource={(source) => {
            setFile(source);
            setUrl(undefined);
            setValues({});
            read({ source });
          }}
          onChoose={(part) => {
            setUrl(part);
            if (file !== null) read({ source: file, part });
          }}
        />
        {question !== null && isAnswered && <Facts question={question} set={set} />}
        {question !== null && question.problem !== null && (
          <p class="problem" role="alert">
            <Words>{question.problem}</Words>
          </p>
        )}
      </div>
      <div class="answer" aria-busy={isReading || isInspecting}>
        {lookalike !== undefined && <LookalikeCard lookalike={lookalike} />}
        {question === null && text === '' && (
          <Examples onExample={(example) => setValues({ paste: example })} />
        )}
        {inspection !== null && question !== null && isAnswered && (
          <>
            {door === 'ui' && question.problem === null && (
              <AskServer request={question.request} onReport={setReport} />
            )}
            <div aria-live="polite">
              <Verdict inspection={inspection} paste={paste} guess={question.guess} />
            </div>
            <Exchange inspection={inspection} />
            <Remedy
              inspection={inspection}
              isMine={question.isMine}
              server={chosen}
              onServer={(name) => {
                remember(name);
                set('for', name);
              }}
            />
            <Notes inspection={inspection} />
            <Elsewhere
              inspection={inspection}
              link={() => linkTo(fragmentOf({ view: 'inspect', values }))}
            />
          </>
        )}
      </div>
    </div>
  );
}

/** Without the token of `npx nestjs-cors ui`. */
function linkTo(fragment: string): string {
  const url = new URL(fragment, location.href);
  url.search = '';
  return url.href;
}

/** The answer to a question; the last one until the next is there, so that nothing jumps. */
function useInspection(
  question: Question | null,
  paste: Paste | null,
  report: CheckReport | null,
): { readonly inspection: Inspection | null; readonly isInspecting: boolean } {
  const [found, setFound] = useState<{ to: Question | null; inspection: Inspection | null }>(NONE);
  useEffect(() => {
    let isCurrent = true;
    if (question === null) setFound(NONE);
    else if (question.problem === null) {
      void inspect(question, paste, report).then((inspection) => {
        if (isCurrent) setFound({ to: question, inspection });
      });
    }
    return () => {
      isCurrent = false;
    };
  }, [question, paste, report]);
  const isInspecting = question !== found.to && question?.problem == null;
  return { inspection: found.inspection, isInspecting };
}

const NONE = { to: null, inspection: null };

function Examples({ onExample }: { onExample: (text: string) => void }) {
  return (
    <section class="examples">
      <h2>See who said no, what to change, and that it then works</h2>
      <p>
        The page does what a browser does, in the words of Chromium, Firefox and Safari. What you
        paste is read here and goes nowhere.
      </p>
      <h3>Try one</h3>
      <ul>
        {EXAMPLES.map(({ title, text }) => (
          <li key={title}>
            <button type="button" onClick={() => onExample(text)}>
              {title}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

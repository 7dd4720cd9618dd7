import { useEffect, useRef, useState } from 'preact/hooks';
import type { CheckReport } from '../../../diagnosis/check.js';
import type { CheckRequest } from '../../../diagnosis/check-request.js';
import { askDoor } from '../ask-door.js';
import { Words } from '../parts/words.js';

type Stage =
  | { readonly kind: 'idle' | 'asking' }
  | { readonly kind: 'question'; readonly question: string }
  | { readonly kind: 'failed'; readonly sentence: string };

interface AskServerProps {
  readonly request: CheckRequest;
  /** What the server answered; null while that is not known. */
  readonly onReport: (report: CheckReport | null) => void;
}

/** Sends the request as the command does: nothing that the user has not agreed to. */
export function AskServer({ request, onReport }: AskServerProps) {
  const [stage, setStage] = useState<Stage>({ kind: 'idle' });
  const agreed = useRef<readonly string[]>([]);
  const turn = useRef(0);

  // An answer is one to the request as it was.
  useEffect(() => {
    turn.current += 1;
    agreed.current = [];
    setStage({ kind: 'idle' });
    onReport(null);
  }, [request, onReport]);

  const send = async () => {
    turn.current += 1;
    const mine = turn.current;
    setStage({ kind: 'asking' });
    try {
      const answer = await askDoor('send', { request, agreed: agreed.current });
      if (mine !== turn.current) return;
      if (answer.report !== null) onReport(answer.report);
      setStage(
        answer.kind === 'question'
          ? { kind: 'question', question: answer.question }
          : { kind: 'idle' },
      );
    } catch (error) {
      if (mine !== turn.current) return;
      setStage({
        kind: 'failed',
        sentence: error instanceof Error ? error.message : String(error),
      });
    }
  };

  return (
    <section class="ask">
      {stage.kind === 'question' ? (
        <div role="group" aria-label="Question">
          <p>
            <Words>{stage.question}</Words>
          </p>
          <button
            type="button"
            class="primary"
            onClick={() => {
              agreed.current = [...agreed.current, stage.question];
              void send();
            }}
          >
            Yes, send it
          </button>{' '}
          <button type="button" onClick={() => setStage({ kind: 'idle' })}>
            No
          </button>
        </div>
      ) : (
        <button
          type="button"
          class="primary"
          disabled={stage.kind === 'asking'}
          onClick={() => void send()}
        >
          {stage.kind === 'asking'
            ? 'Asking the server…'
            : 'Send it, and see what the server answers'}
        </button>
      )}
      <p class="problem-line" role="alert">
        {stage.kind === 'failed' && <Words>{stage.sentence}</Words>}
      </p>
    </section>
  );
}

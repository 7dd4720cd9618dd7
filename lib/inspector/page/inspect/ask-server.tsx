import { useEffect, useRef } from 'preact/hooks';
import type { CheckReport } from '../../../diagnosis/check.js';
import type { CheckRequest } from '../../../diagnosis/check-request.js';
import { useSending } from '../parts/use-sending.js';
import { Words } from '../parts/words.js';

interface AskServerProps {
  readonly request: CheckRequest;
  /** What the server answered; null while that is not known. */
  readonly onReport: (report: CheckReport | null) => void;
}

/** Sends the request as the command does: nothing that the user has not agreed to. */
export function AskServer({ request, onReport }: AskServerProps) {
  const sending = useSending(request, onReport);
  const { stage } = sending;
  const agreed = useRef<readonly string[]>([]);

  useEffect(() => {
    agreed.current = [];
  }, [request]);

  const send = () => sending.send({ request, agreed: agreed.current });

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
          <button type="button" onClick={sending.drop}>
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

import { useEffect, useRef, useState } from 'preact/hooks';
import type { CheckReport } from '../../../diagnosis/check.js';
import type { SendQuestion } from '../../doors.js';
import { askDoor } from '../ask-door.js';

type Stage =
  | { readonly kind: 'idle' | 'asking' }
  | { readonly kind: 'question'; readonly question: string }
  | { readonly kind: 'failed'; readonly sentence: string };

const IDLE: Stage = { kind: 'idle' };

/**
 * Has the server of the page send a request. An answer is one to the request as it was: it is dropped
 * where another is asked about meanwhile.
 *
 * @param asked what the request is made of
 * @param onReport takes what the server answered; null while that is not known
 */
export function useSending(asked: unknown, onReport: (report: CheckReport | null) => void) {
  const [stage, setStage] = useState<Stage>(IDLE);
  const turn = useRef(0);

  useEffect(() => {
    turn.current += 1;
    setStage(IDLE);
    onReport(null);
  }, [asked, onReport]);

  const send = async (question: SendQuestion) => {
    turn.current += 1;
    const mine = turn.current;
    setStage({ kind: 'asking' });
    try {
      const answer = await askDoor('send', question);
      if (mine !== turn.current) return;
      if (answer.report !== null) onReport(answer.report);
      setStage(answer.kind === 'question' ? { kind: 'question', question: answer.question } : IDLE);
    } catch (error) {
      if (mine !== turn.current) return;
      const sentence = error instanceof Error ? error.message : String(error);
      setStage({ kind: 'failed', sentence });
    }
  };
  return { stage, send, drop: () => setStage(IDLE) };
}

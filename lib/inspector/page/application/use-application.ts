import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { ApplicationAnswer, DoorCalls, OriginState } from '../../doors.js';
import { askDoor } from '../ask-door.js';

/** What the server says, while it is asked, and why it says nothing. */
export interface Asked<Answer> {
  readonly answer: Answer | null;
  readonly problem: string | null;
  /** Asks again. */
  readonly again: () => void;
}

/**
 * Asks the server, and again with each question. Of several answers the last counts, and the one before
 * stays until it is there.
 *
 * @param question null: nothing is asked, and there is no answer
 */
export function useAsked<Name extends keyof DoorCalls>(
  name: Name,
  question: DoorCalls[Name]['question'] | null,
): Asked<DoorCalls[Name]['answer']> {
  const [answer, setAnswer] = useState<DoorCalls[Name]['answer'] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [turns, setTurns] = useState(0);
  const last = useRef(0);
  const key = question === null ? null : JSON.stringify(question);
  useEffect(() => {
    last.current += 1;
    const mine = last.current;
    const settle = (next: typeof answer, sentence: string | null) => {
      if (mine !== last.current) return;
      setAnswer(next);
      setProblem(sentence);
    };
    if (question === null) {
      settle(null, null);
      return;
    }
    askDoor(name, question).then(
      (got) => settle(got, null),
      (error: unknown) => settle(null, error instanceof Error ? error.message : String(error)),
    );
    // The question is what it says.
  }, [name, key, turns]);
  const again = useCallback(() => setTurns((count) => count + 1), []);
  return { answer, problem, again };
}

/** The policies of the application; read once. */
export function useApplication(): Asked<ApplicationAnswer> {
  return useAsked('application', NOTHING);
}

export const NOTHING = {};

/** What each policy says of an origin; null where none is asked about. */
export function useStates(
  origin: string,
  application: ApplicationAnswer | null,
): ReadonlyMap<string, OriginState> | null {
  const { answer } = useAsked('origin', origin === '' ? null : { origin });
  if (answer === null || application === null) return null;
  const names = Object.keys(application.policy.policies);
  return new Map(
    names.flatMap((name, index) => {
      const state = answer.states[index];
      return state === undefined ? [] : [[name, state] as const];
    }),
  );
}

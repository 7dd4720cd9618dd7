import { type DoorCalls, type DoorRefusal, endpointOf } from '../doors.js';

/**
 * Asks the server that the page came from.
 *
 * @throws Error with the sentence to show, where it refuses or does not answer
 */
export async function askDoor<Name extends keyof DoorCalls>(
  name: Name,
  question: DoorCalls[Name]['question'],
): Promise<DoorCalls[Name]['answer']> {
  let response: Response;
  try {
    response = await fetch(endpointOf(location.href, name), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(question),
    });
  } catch {
    throw new Error('The server of this page does not answer. Does it still run?');
  }
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok)
    throw new Error(isRefusal(answer) ? answer.message : `Status ${response.status}`);
  if (isAnswer<Name>(answer)) return answer;
  throw new Error('The server of this page answers something else. Is it of the same version?');
}

/** Page and server are of one package, and share its types. */
function isAnswer<Name extends keyof DoorCalls>(
  answer: unknown,
): answer is DoorCalls[Name]['answer'] {
  return typeof answer === 'object' && answer !== null;
}

function isRefusal(answer: unknown): answer is DoorRefusal {
  return typeof answer === 'object' && answer !== null && 'message' in answer;
}

import { loggable, printable, shortened } from './escape.js';

/** What was thrown, as it may stand in a log line: escaped, and cut. */
export interface DescribedThrown {
  /** Its message, or the value itself if it is not an error. */
  readonly message: string;
  /** Name, message and frames, in the form of `error.stack`. Undefined for what has none. */
  readonly stack: string | undefined;
}

/** How many frames of a stack are printed, and how long each may be. */
const FRAMES = 30;
const FRAME_LENGTH = 300;

/**
 * Describes a thrown value of any kind. It never throws itself, although anything may be thrown: a
 * Proxy whose traps throw, an error whose `message` is not a string. A message may repeat what a
 * client sent, and the stack repeats the message: so the stack is put together again, from the escaped
 * message and the lines that are frames.
 */
export function describeThrown(thrown: unknown): DescribedThrown {
  try {
    if (!(thrown instanceof Error)) return { message: describeValue(thrown), stack: undefined };
    const { name, message, stack } = thrown as { [key in keyof Error]: unknown };
    const text = loggable(typeof message === 'string' ? message : describeValue(message));
    if (typeof stack !== 'string') return { message: text, stack: undefined };
    const title = loggable(typeof name === 'string' ? name : 'Error', 60);
    return { message: text, stack: [`${title}: ${text}`, ...framesOf(stack, message)].join('\n') };
  } catch {
    return { message: 'a value that cannot be read', stack: undefined };
  }
}

/** The lines after the message, which may have lines that look like frames. */
function framesOf(stack: string, message: unknown): string[] {
  const begin = typeof message === 'string' ? stack.indexOf(message) : -1;
  const rest = begin === -1 ? stack : stack.slice(begin + String(message).length);
  return rest
    .split('\n')
    .filter((line) => /^ +at /.test(line))
    .slice(0, FRAMES)
    .map((line) => printable(shortened(line, FRAME_LENGTH)));
}

function describeValue(value: unknown): string {
  if (typeof value === 'string') return loggable(value);
  return value === null || typeof value !== 'object' ? loggable(String(value)) : 'an object';
}

import { findLookalike } from '../lookalikes.js';
import { readConsole } from './console-message.js';
import { readCurl } from './curl.js';
import { readFetchCall } from './fetch-call.js';
import { readHeaders } from './headers.js';
import type { Paste } from './paste.js';

/** Longer pastes are cut: nobody has a console line of a megabyte. */
export const MAX_PASTE = 1_000_000;

/**
 * Recognises a paste by its content: lines of a console, a curl line, a call of `fetch()`, or headers as
 * the developer tools show them. Null when there is nothing about a request in it.
 */
export function readPaste(text: string): Paste | null {
  const cut = text.slice(0, MAX_PASTE);
  return readCurl(cut) ?? readFetchCall(cut) ?? readConsoleOrNeighbour(cut) ?? readHeaders(cut);
}

function readConsoleOrNeighbour(text: string): Paste | null {
  const message = readConsole(text);
  const lookalike = findLookalike(text, message !== null);
  if (lookalike === null) return message;
  return { ...(message ?? { form: 'console', headers: [] }), lookalike };
}

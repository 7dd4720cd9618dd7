import { findLookalike } from '../lookalikes.js';
import { readConsole, readUnknownMessage } from './console-message.js';
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
  const cut = plain(text.slice(0, MAX_PASTE));
  const paste =
    readCurl(cut) ?? readFetchCall(cut) ?? readMessage(cut) ?? readBlock(cut) ?? readNeighbour(cut);
  return paste === null || text.length <= MAX_PASTE ? paste : { ...paste, length: text.length };
}

/** What terminals, web pages and issue trackers put into a text is taken out. */
function plain(text: string): string {
  const spaced = text
    // oxlint-disable-next-line no-control-regex -- colours of terminals
    .replaceAll(/\u001b\[[\d;]{0,20}m/g, '')
    .replaceAll('\u00a0', ' ')
    .replaceAll(/[\u200b-\u200d\ufeff]/g, '')
    .replaceAll(/[´′ʼ＇]/g, "'");
  if (!/&(?:#0?39|#x27|quot);/.test(spaced)) return spaced;
  return spaced
    .replaceAll(/&(?:#0?39|#x27);/g, "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** A console line, and headers that were copied with it. */
function readMessage(text: string): Paste | null {
  const message = readConsole(text);
  if (message === null) return null;
  const lookalike = findLookalike(text, true);
  const responses = readHeaders(text)?.responses;
  return {
    ...message,
    ...(lookalike !== null && { lookalike }),
    ...(responses !== undefined && { responses }),
  };
}

/** Headers have the names of many look-alikes without being about them. */
function readBlock(text: string): Paste | null {
  const block = readHeaders(text);
  const lookalike = /AirTunes/.test(text) ? findLookalike('AirTunes', false) : null;
  return block === null || lookalike === null ? block : { ...block, lookalike };
}

function readNeighbour(text: string): Paste | null {
  const lookalike = findLookalike(text, false);
  return lookalike === null
    ? readUnknownMessage(text)
    : { form: 'console', headers: [], lookalike };
}

import { findLookalike, type FoundLookalike, lookalikeOf } from '../lookalikes.js';
import { airPlay, missingRoute } from '../lookalikes/network-errors.js';
import { httpUrl } from './facts.js';
import { readConsole, readUnknownMessage } from './console-message.js';
import { readCurl } from './curl.js';
import { readElement } from './element.js';
import { readFetchCall } from './fetch-call.js';
import { readHeaders } from './headers.js';
import type { Paste } from './paste.js';
import { readPowerShell } from './powershell.js';
import { type ReadCall, readRequestCode } from './request-code.js';

/** Longer pastes are cut: nobody has a console line of a megabyte. */
export const MAX_PASTE = 1_000_000;

/**
 * Recognises a paste by its content: lines of a console, a curl line, a call in code, or headers as the
 * developer tools show them. Null when there is nothing about a request in it.
 */
export function readPaste(text: string): Paste | null {
  const cut = plain(text.slice(0, MAX_PASTE));
  const paste =
    readCurl(cut) ??
    readPowerShell(cut) ??
    readMessage(cut) ??
    readCode(cut) ??
    readBlock(cut) ??
    readNeighbour(cut);
  return paste === null || text.length <= MAX_PASTE ? paste : { ...paste, length: text.length };
}

/** What terminals, web pages, mails and issue trackers put into a text is taken out. */
function plain(text: string): string {
  const spaced = unquoted(text)
    // oxlint-disable-next-line no-control-regex -- colours of terminals
    .replaceAll(/\u001b\[[\d;]{0,20}m/g, '')
    .replaceAll('\u00a0', ' ')
    .replaceAll(/[\u200b-\u200d\ufeff]/g, '')
    .replaceAll(/[´′ʼ＇]/g, "'")
    // Links of Markdown, whole or half.
    .replaceAll(/\[(https?:\/\/[^\s[\]()]{1,2000})\](?:\(https?:[^\s()]{1,2000}\))?/g, '$1');
  if (!/&(?:#0?39|#x27|quot);/.test(spaced)) return spaced;
  return spaced
    .replaceAll(/&(?:#0?39|#x27);/g, "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** Mails quote every line; `curl -v` begins only those of the request so. */
function unquoted(text: string): string {
  return /^(?:[ \t]{0,9}>[^\n]*(?:\n|$)|[ \t]*\n){1,5000}$/.test(text)
    ? text.replaceAll(/^[ \t]{0,9}>[ \t]?/gm, '')
    : text;
}

/** A console line, and what was copied with it: the code that made the request, headers. */
function readMessage(text: string): Paste | null {
  const message = readConsole(text);
  if (message === null) return null;
  // Translations name the status in other words.
  const { status } = message;
  const words = status === undefined ? text : `${text}\nStatus code: ${status}`;
  const found = findLookalike(words, true);
  const responses = readHeaders(text)?.responses;
  return {
    ...message,
    ...callOf(message, readCall(text)?.paste),
    ...(found !== null && { lookalike: found.lookalike }),
    ...(responses !== undefined && { responses }),
  };
}

/** What the code says of the request that the browser names. */
function callOf(message: Paste, call: Paste | undefined): Partial<Paste> {
  if (call === undefined || (message.url !== undefined && message.url !== call.url)) return {};
  return {
    ...(call.url !== undefined && { url: call.url }),
    ...(message.method === undefined && call.method !== undefined && { method: call.method }),
    ...(message.headers.length === 0 && { headers: call.headers }),
    ...(message.credentials === undefined &&
      call.credentials !== undefined && { credentials: call.credentials }),
  };
}

function readCall(text: string): ReadCall | null {
  return readFetchCall(text) ?? readRequestCode(text) ?? readElement(text);
}

/** Code, and what a console says before it: only the page's own words for a failure mean nothing more. */
function readCode(text: string): Paste | null {
  const call = readCall(text);
  if (call === null) return null;
  const found = findLookalike(text.slice(0, call.index), false);
  return {
    ...call.paste,
    ...(found !== null && call.paste.lookalike === undefined && said(found)),
  };
}

function said({ lookalike, checkFor }: FoundLookalike): Partial<Paste> {
  return { lookalike, ...(checkFor !== undefined && { checkFor }) };
}

/** Headers have the names of many look-alikes without being about them. */
function readBlock(text: string): Paste | null {
  const block = readHeaders(text);
  if (block === null) return null;
  const betrayed = [airPlay, missingRoute].find(({ words }) => words.test(text));
  if (betrayed !== undefined) return { ...block, ...lookalikeOf(betrayed) };
  // Without a response, it may be what a library logs of a failure.
  return (block.responses === undefined ? readNeighbour(text) : null) ?? block;
}

function readNeighbour(text: string): Paste | null {
  const found = findLookalike(text, false);
  if (found === null) return readUnknownMessage(text);
  const url = httpUrl(found.url);
  return {
    form: 'console',
    headers: [],
    ...said(found),
    ...(found.method !== undefined && { method: found.method }),
    ...(found.checkFor === 'remedy' && { method: 'GET' }),
    ...(url !== undefined && { url }),
  };
}

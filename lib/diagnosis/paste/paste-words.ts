import { browserTitles } from '../../browser/simulation.js';
import { isServerSide } from './console-message.js';
import type { Paste } from './paste.js';
import { MAX_PASTE } from './read-paste.js';

const FORMS: Readonly<Record<Paste['form'], string>> = {
  console: 'a line of a console',
  curl: 'a curl line',
  powershell: 'a call of PowerShell',
  fetch: 'a call of fetch()',
  code: 'code of a page',
  headers: 'a block of headers',
  har: 'a request of a HAR file',
};

/** What a paste is, as a sentence: a message by the browser that words it so. */
export function formWords({ identified, writer, form }: Paste): string {
  return identified === undefined
    ? `This is ${FORMS[form]}.`
    : `This message is from ${writer ?? browserTitles[identified.browser]}.`;
}

/** How much of a paste was read, where that is not all of it; null where it is. */
export function lengthWords({ length }: Pick<Paste, 'length'>): string | null {
  return length === undefined
    ? null
    : `The paste is ${(length / 1e6).toFixed(1)} MB long: only its first ${MAX_PASTE / 1e6} MB was read.`;
}

/** What stands in a paste's place for what it does not name. */
export interface Guesses {
  readonly isAddressGuessed: boolean;
  readonly isPageGuessed: boolean;
}

/** Says what was guessed; null where nothing was. */
export function guessWords(
  { url, origin }: { readonly url: string; readonly origin: string },
  { isAddressGuessed, isPageGuessed }: Guesses,
): string | null {
  if (isAddressGuessed && isPageGuessed) {
    return `The paste names neither address nor page: ${url} and ${origin} stand for them.`;
  }
  if (isAddressGuessed) return `The paste does not name the address: ${url} stands for it.`;
  return isPageGuessed ? `The paste does not name the page: ${origin} stands for it.` : null;
}

/** What a paste should be. */
export const EXPECTED_PASTE =
  "a line of a browser's console, a curl line, code of a page, response headers or a HAR file";

/** What to paste instead of a text that says nothing about a request. */
export function pasteRemedy(text: string): string {
  return isServerSide(text)
    ? 'It looks like code or configuration of a server, which says little of what is sent: check the server ' +
        'itself, such as `nestjs-cors check https://api.example.com/orders --origin https://app.example.com`.'
    : 'Paste the whole line of the console that names CORS, or right-click the request in the network panel and ' +
        'choose `Copy as cURL`.';
}

/** Why nothing was found in a HAR file. */
export const HAR_NOT_WHOLE =
  'a HAR file to be whole JSON, and it is not: it may be cut off. Save it again with `Save all as HAR` in the network panel.';

/** Whether a text is JSON, whatever it says. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

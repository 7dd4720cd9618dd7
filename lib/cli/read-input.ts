import { open } from 'node:fs/promises';
import { readHar } from '../diagnosis/paste/har.js';
import type { Paste } from '../diagnosis/paste/paste.js';
import { readPaste } from '../diagnosis/paste/read-paste.js';
import { printable, shortened } from '../text/escape.js';
import type { CheckOptions } from './read-arguments.js';
import type { Terminal } from './terminal.js';
import { MAX_PASTE_BYTES as MAX_BYTES, tooLong, UsageError } from './usage-error.js';

/** No path is longer, and few pastes are as short. */
const MAX_PATH = 300;

/**
 * Takes what was pasted, wherever it comes from: `--har`, `--paste` or `--from-message`, what stands in
 * place of the URL, or standard input where nothing else is given. Null when nothing was pasted.
 *
 * @throws UsageError when it cannot be read, or says nothing about a request
 */
export async function readInput(
  url: string | undefined,
  options: CheckOptions,
  terminal: Terminal,
): Promise<Paste | null> {
  if (options.har !== undefined) return harPaste(options.har, options.url);
  const given = options.paste ?? options.fromMessage;
  if (given === undefined) {
    if (url !== undefined) return isText(url) ? pasteOf(url) : null;
    const piped = await terminal.readInput?.(MAX_BYTES);
    return piped === undefined || piped.trim() === '' ? null : pasteOf(piped);
  }
  if (given === '-') return pasteOf((await terminal.readInput?.(MAX_BYTES)) ?? '');
  return pasteOf(isText(given) ? given : ((await fileText(given)) ?? given));
}

/** Whether an argument is a paste, not an address or a file. */
export function isText(argument: string): boolean {
  return argument.length > MAX_PATH || /\s/.test(argument);
}

function pasteOf(text: string): Paste {
  const paste = /^\s*\{\s*"log"/.test(text) ? readHar(text, undefined) : readPaste(text);
  if (paste !== null) return paste;
  throw new UsageError(
    "Expected a paste to be a line of a browser's console, a curl line, `Copy as fetch`, response " +
      `headers or a HAR file, got \`${printable(shortened(text.trim(), 80))}\`. Paste the whole line of the ` +
      'console that names CORS, or right-click the request in the network panel and choose `Copy as cURL`.',
  );
}

async function harPaste(path: string, part: string | undefined): Promise<Paste> {
  const text = await fileText(path);
  if (text === null) {
    throw new UsageError(
      `Expected \`--har\` to be a file, got \`${printable(shortened(path, MAX_PATH))}\`, which cannot be read. ` +
        'Write the path of the file that `Save all as HAR` made.',
    );
  }
  const paste = readHar(text, part);
  if (paste !== null) return paste;
  throw new UsageError(
    part === undefined
      ? 'Expected `--har` to be a HAR file with a request that failed or went to another origin, and found none. Name the request with `--url`, a part of its URL.'
      : `Expected \`--url\` to be a part of the URL of a request in the HAR file, got \`${printable(shortened(part, 80))}\`, which none contains. Leave \`--url\` out to take the first that failed.`,
  );
}

/** Null when there is no such file. */
async function fileText(path: string): Promise<string | null> {
  let file;
  try {
    file = await open(path);
  } catch {
    return null;
  }
  try {
    const { size } = await file.stat();
    if (size > MAX_BYTES) throw tooLong(size);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

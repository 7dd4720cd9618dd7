import { open } from 'node:fs/promises';
import { isHar, readHar } from '../diagnosis/paste/har.js';
import type { Paste } from '../diagnosis/paste/paste.js';
import {
  EXPECTED_PASTE,
  HAR_NOT_WHOLE,
  isJson,
  pasteRemedy,
} from '../diagnosis/paste/paste-words.js';
import { MAX_PASTE, readPaste } from '../diagnosis/paste/read-paste.js';
import { printable, shortened } from '../text/escape.js';
import { blankSecretFields } from '../text/secrets.js';
import type { CheckOptions } from './read-arguments.js';
import { readAll } from './read-all.js';
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
    if (url !== undefined) return isText(url) ? pasteOf(url, options.url) : null;
    const piped = await terminal.readInput?.(MAX_BYTES);
    return piped === undefined || piped.trim() === '' ? null : pasteOf(piped, options.url);
  }
  if (given === '-') return pasteOf((await terminal.readInput?.(MAX_BYTES)) ?? '', options.url);
  return pasteOf(isText(given) ? given : ((await fileText(given)) ?? given), options.url);
}

/** Whether an argument is a paste, not an address or a file. */
export function isText(argument: string): boolean {
  return argument.length > MAX_PATH || /\s/.test(argument);
}

function pasteOf(text: string, part: string | undefined): Paste {
  const paste = isHar(text) ? readHar(text, part) : readPaste(text);
  if (paste !== null) return paste;
  if (isHar(text)) throw notInHar(text, part);
  throw new UsageError(
    `Expected a paste to be ${EXPECTED_PASTE}, got \`${printable(excerpt(text.trim()))}\`${cutWords(text)}. ${pasteRemedy(text)}`,
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
  throw notInHar(text, part);
}

function notInHar(text: string, part: string | undefined): UsageError {
  if (!isJson(text)) {
    return new UsageError(`Expected ${HAR_NOT_WHOLE}`);
  }
  return new UsageError(
    part === undefined
      ? 'Expected `--har` to be a HAR file with a request that failed or went to another origin, and found none. Name the request with `--url`, a part of its URL.'
      : `Expected \`--url\` to be a part of the URL of a request in the HAR file, got \`${printable(shortened(part, 80))}\`, which none contains. Leave \`--url\` out to take the first that failed.`,
  );
}

/** How much of a paste is repeated, and where its secrets are looked for. */
const EXCERPT = 80;
const SEARCHED = 2000;

function excerpt(text: string): string {
  const begin = blankSecretFields(text.slice(0, SEARCHED));
  return text.length > EXCERPT
    ? `${begin.slice(0, EXCERPT)}... (${text.length} characters)`
    : begin;
}

function cutWords(text: string): string {
  return text.length > MAX_PASTE ? `, of which only the first ${MAX_PASTE / 1e6} MB was read` : '';
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
    const stat = await file.stat();
    if (stat.isDirectory()) return null;
    if (stat.size > MAX_BYTES) throw tooLong(stat.size);
    // A pipe, as of `<(pbpaste)`, has no size.
    return await readAll(file.createReadStream({ autoClose: false }), MAX_BYTES);
  } finally {
    await file.close();
  }
}

import { blankPaste } from '../../../diagnosis/paste/blank-paste.js';
import { exchangeText } from '../../../diagnosis/paste/exchange-text.js';
import { isHar, readHarFile } from '../../../diagnosis/paste/har.js';
import type { Paste } from '../../../diagnosis/paste/paste.js';
import {
  EXPECTED_PASTE,
  HAR_NOT_WHOLE,
  isJson,
  lengthWords,
  pasteRemedy,
} from '../../../diagnosis/paste/paste-words.js';
import { readPaste } from '../../../diagnosis/paste/read-paste.js';
import { describeThrown } from '../../../text/describe-thrown.js';
import { blankSecretFields } from '../../../text/secrets.js';

/** What is to be read: what was typed or pasted, or a file. */
export interface ReadingJob {
  readonly source: string | Blob;
  /** Which request of a HAR file: its URL. */
  readonly part?: string;
}

/** What was read. */
export interface Reading {
  /** What the box shows of it, without secrets. */
  readonly text: string;
  /** Null where it says nothing of a request. */
  readonly paste: Paste | null;
  /** The requests of a HAR file to choose from. */
  readonly urls: readonly string[];
  /** What to know about it: that it was cut, or why nothing was read. */
  readonly note: string | null;
}

/** More is not shown in the box, where typing would become slow. */
export const SHOWN = 16_000;
/** More is not read from a file. */
export const MAX_FILE = 100_000_000;

/** Reads a paste or a file. */
export async function readJob(job: ReadingJob): Promise<Reading> {
  const loaded = await loadJob(job);
  return 'paste' in loaded ? loaded : readLoaded(loaded);
}

/** A job whose text is there. */
export interface LoadedJob {
  readonly source: string;
  readonly part?: string;
}

/** Loads the text of a file; what is said instead, where it is too large or cannot be read. */
export async function loadJob({ source, ...job }: ReadingJob): Promise<LoadedJob | Reading> {
  if (typeof source === 'string') return { source, ...job };
  if (source.size > MAX_FILE) {
    return nothing(
      '',
      `Expected a file of at most ${MAX_FILE / 1e6} MB, got one of ${Math.ceil(source.size / 1e6)} MB. ` +
        'Copy the request alone: right-click it in the network panel and choose `Copy as cURL`.',
    );
  }
  try {
    return { source: await source.text(), ...job };
  } catch (error) {
    return nothing('', `The file cannot be read: ${describeThrown(error).message}`);
  }
}

/** Reads what is there. */
export function readLoaded({ source, part }: LoadedJob): Reading {
  return readText(source, part);
}

function readText(text: string, part: string | undefined): Reading {
  if (isHar(text)) return readHarText(text, part);
  const paste = readPaste(text);
  const shown = blankPaste(text.slice(0, SHOWN));
  const cut =
    text.length > SHOWN ? `The box shows the first ${SHOWN} characters of the paste.` : null;
  if (paste === null) {
    return nothing(
      blankSecretFields(shown),
      text.trim() === '' ? null : `Expected ${EXPECTED_PASTE}. ${pasteRemedy(text)}`,
    );
  }
  const notes = [cut, lengthWords(paste)].filter((note) => note !== null);
  return { text: shown, paste, urls: [], note: notes.length === 0 ? null : notes.join(' ') };
}

/** A file of megabytes is not shown, but what was read of it. */
function readHarText(text: string, part: string | undefined): Reading {
  const { paste, urls } = readHarFile(text, part);
  if (paste !== null) {
    const shown = exchangeText(paste);
    return { text: blankPaste(shown), paste: readPaste(shown) ?? paste, urls, note: null };
  }
  return nothing(
    blankPaste(text.slice(0, 200)),
    isJson(text)
      ? 'Expected a HAR file with a request that failed or went to another origin, and found none.'
      : `Expected ${HAR_NOT_WHOLE}`,
  );
}

function nothing(text: string, note: string | null): Reading {
  return { text, paste: null, urls: [], note };
}

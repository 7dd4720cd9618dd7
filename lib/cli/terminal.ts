import { createInterface } from 'node:readline/promises';
import type { Readable } from 'node:stream';
import { readAll } from './read-all.js';

/** Where the tool writes to. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Characters in a line. */
  readonly width: number;
  readonly colour: boolean;
  /** Sends what others write to the output to where errors go, until it is called back. */
  readonly divertOutput?: () => () => void;
  /** Whether this command can start itself again, as a process that an application may spoil. */
  readonly mayStartProcess?: boolean;
  /** What is piped in; undefined where the input is a terminal. */
  readonly readInput?: (
    maxBytes: number,
    tooLarge?: (bytes: number) => Error,
  ) => Promise<string | undefined>;
  /** Shows a URL in the user's browser; missing where there is none, or nobody to look. */
  readonly openBrowser?: (url: string) => void;
  /** Resolves when the user stops what runs until then; missing where nobody can. */
  readonly untilStopped?: () => Promise<void>;
  /** Asks a question that is answered with yes or no; missing where nobody can be asked. */
  readonly confirm?: (question: string) => Promise<boolean>;
}

/** A text in a colour, as its SGR number; on a terminal without colours, as it is. */
export function painted(text: string, sgr: number, { colour }: Pick<Terminal, 'colour'>): string {
  return colour ? `\u001B[${sgr}m${text}\u001B[0m` : text;
}

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const MIN_WIDTH = 40;
const MAX_WIDTH = 100;

/** The terminal behind the streams of a process. */
export function terminalOf(
  stdout: Stream,
  stderr: Stream,
  env: Readonly<Record<string, string | undefined>>,
): Terminal {
  return {
    out: (text) => void stdout.write(text),
    error: (text) => void stderr.write(text),
    width: Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, stdout.columns ?? 80)),
    colour: hasColour(stdout, env),
  };
}

/** As Node does it: `FORCE_COLOR` before `NO_COLOR` (https://no-color.org) before the terminal. */
function hasColour(
  { isTTY = false }: Stream,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  return isTTY && env['TERM'] !== 'dumb';
}

/** Sends whatever is written to the one stream to the other, until the function that it returns is called. */
export function divert(
  from: Pick<NodeJS.WriteStream, 'write'>,
  to: Pick<NodeJS.WriteStream, 'write'>,
): () => void {
  const { write } = from;
  from.write = to.write.bind(to);
  return () => {
    from.write = write;
  };
}

/** The two ways in which a process is spoken to: a pipe, or a person. */
export function inputOf(
  stdin: Readable & { readonly isTTY?: boolean },
  stderr: NodeJS.WritableStream & { readonly isTTY?: boolean },
): Pick<Terminal, 'readInput' | 'confirm'> {
  if (stdin.isTTY !== true)
    return { readInput: (maxBytes, tooLarge) => readAll(stdin, maxBytes, tooLarge) };
  if (stderr.isTTY !== true) return {};
  return {
    confirm: async (question) => {
      const asking = createInterface({ input: stdin, output: stderr });
      try {
        return /^y(?:es)?$/i.test((await asking.question(`${question} [y/N] `)).trim());
      } finally {
        asking.close();
      }
    },
  };
}

/** Where the tool writes to. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Characters in a line. */
  readonly width: number;
  readonly colour: boolean;
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

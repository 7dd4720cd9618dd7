import { runCli } from '../../lib/cli/run-cli.js';
import type { Terminal } from '../../lib/cli/terminal.js';
import { recorder } from '../unit/cli/recorder.js';

/** `npx nestjs-cors ui`, as it runs. */
export interface RunningUi {
  readonly url: URL;
  readonly port: number;
  readonly opened: readonly string[];
  /** Ends it as Ctrl-C does. */
  stop(): Promise<{ readonly exitCode: number; readonly out: string; readonly error: string }>;
}

/** Starts it in this process; no browser is opened. */
export async function startUi(...args: readonly string[]): Promise<RunningUi> {
  const { terminal, out, error } = recorder();
  const opened: string[] = [];
  let stop: () => void = () => undefined;
  let ended: Promise<number> | undefined;
  const running = new Promise<void>((isRunning, failed) => {
    const own: Terminal = {
      ...terminal,
      openBrowser: (url) => opened.push(url),
      untilStopped: () =>
        new Promise<void>((stopped) => {
          stop = stopped;
          isRunning();
        }),
    };
    ended = runCli(['ui', ...args], own);
    ended.then(() => failed(new Error(error())), failed);
  });
  await running;
  const [, text = ''] = /^The inspector is at (\S+)\n/.exec(out()) ?? [];
  return {
    url: new URL(text),
    port: Number(new URL(text).port),
    opened,
    async stop() {
      stop();
      return { exitCode: (await ended) ?? -1, out: out(), error: error() };
    },
  };
}

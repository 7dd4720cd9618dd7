import { runCli } from '../../lib/cli/run-cli.js';
import { recorder } from '../unit/cli/recorder.js';

export const PAGE = 'https://app.example.com';

/** What a run of the tool comes to. */
export interface CliResult {
  readonly exitCode: number;
  /** The check that failed. */
  readonly check: string | null;
  readonly cause: string | null;
  /** The ids of all warnings, notes left out. */
  readonly warnings: readonly string[];
  readonly code: readonly string[];
}

/**
 * Runs `nestjs-cors check` as a page at `https://app.example.com` and reads its JSON. The user has let
 * the page access this computer, where the servers of tests are, unless the test says otherwise.
 */
export async function check(url: string, ...args: readonly string[]): Promise<CliResult> {
  const { out, error, exitCode } = await runText(url, '--json', ...args);
  if (error !== '') throw new Error(error);
  const { check: failed, cause, warnings, fix, ...rest } = JSON.parse(out);
  if (rest.exitCode !== exitCode) throw new Error('The exit codes differ.');
  return {
    exitCode,
    check: failed,
    cause,
    warnings: warnings
      .filter(({ level }: { level: string }) => level === 'warning')
      .map(({ id }: { id: string }) => id),
    code: fix?.code ?? [],
  };
}

/** The same, for people. */
export async function runText(url: string, ...args: readonly string[]) {
  const { terminal, out, error } = recorder();
  const permission = args.includes('--local-network') ? [] : ['--local-network', 'granted'];
  const exitCode = await runCli(['check', url, '--origin', PAGE, ...permission, ...args], terminal);
  return { exitCode, out: out(), error: error() };
}

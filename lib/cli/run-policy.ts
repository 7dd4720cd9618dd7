import { existsSync } from 'node:fs';
import process from 'node:process';
import {
  type CorsPolicyFile,
  isPolicyFileText,
  policyFileText,
} from '../policy-file/policy-file.js';
import { PolicyFileError, readPolicyFile } from '../policy-file/read-policy-file.js';
import { printable } from '../text/escape.js';
import { readApplication } from './application-policy.js';
import { textAt, writeWhole } from './policy-files.js';
import { endedItself, policyFromProcess, tooLate } from './policy-process.js';
import { diffText } from './run-diff.js';
import { seconds } from './read-arguments.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';
import { within } from './within.js';

/** The options of `policy` as `commander` gives them. */
export interface PolicyOptions {
  readonly app: string;
  readonly out?: string;
  readonly check?: boolean;
  readonly timeout?: string;
}

/**
 * The command `policy`, with its exit code: 0, or 1 where `--check` finds the file stale.
 *
 * @throws UsageError when there is no application that starts
 */
export async function runPolicy(
  { app, out, check = false, timeout = '60' }: PolicyOptions,
  terminal: Terminal,
): Promise<number> {
  if (check && out === undefined) {
    throw new UsageError('Expected `--out` with `--check`: the file that is to be compared.');
  }
  const limit = seconds(timeout);
  const policy = await (terminal.mayStartProcess === true
    ? policyFromProcess(app, limit)
    : policyHere(app, limit, terminal));
  const text = policyFileText(policy);
  if (out === undefined) {
    terminal.out(text);
    return 0;
  }
  if (!check) {
    await writeWhole(out, text);
    terminal.out(
      `${out} written: ${policy.routes.length} route${policy.routes.length === 1 ? '' : 's'}.\n`,
    );
    return 0;
  }
  return compare(out, policy, terminal);
}

/** Where no other process can be started: the application is a guest of this one. */
async function policyHere(app: string, limit: number, terminal: Terminal): Promise<CorsPolicyFile> {
  // What the application logs would stand in the JSON.
  const restore = terminal.divertOutput?.();
  const release = catchExit();
  try {
    const reading = readApplication(app, (text) => terminal.error(`${text}\n`));
    const application = await within(limit * 1000, reading, () => tooLate(limit));
    await application.close();
    return application.policy;
  } finally {
    release();
    restore?.();
  }
}

/** Where Nest cannot start an application, it ends the process, with a code that means something else here. */
function catchExit(): () => void {
  const exit = process.exit.bind(process);
  process.exit = (code) => {
    throw endedItself(`exit code ${code ?? 0}`);
  };
  return () => {
    process.exit = exit;
  };
}

async function compare(out: string, policy: CorsPolicyFile, terminal: Terminal): Promise<number> {
  const again = `Write it again without \`--check\`, and review it.\n`;
  if (!existsSync(out)) {
    terminal.out(`${out} is not there. ${again}`);
    return 1;
  }
  const known = await textAt(out);
  if (isPolicyFileText(known, policy)) {
    terminal.out(`${out} is up to date.\n`);
    return 0;
  }
  terminal.out(`${out} is stale. ${again}`);
  try {
    const { diffPolicies } = await import('../review/diff.js');
    terminal.out(
      diffText(await diffPolicies(readPolicyFile(known, `\`${out}\``), policy), terminal),
    );
  } catch (error) {
    if (!(error instanceof PolicyFileError)) throw error;
    terminal.out(`${printable(error.message)}\n`);
  }
  return 1;
}

import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import type { CorsPolicyFile } from '../policy-file/policy-file.js';
import { readApplication, reasonOf } from './application-policy.js';
import { UsageError } from './usage-error.js';
import { within } from './within.js';

/** The first argument of a process that writes the policy of an application, and does nothing else. */
export const WRITE_POLICY = 'write-policy-of';

/** Where that process writes it: nobody else knows of it, whatever the application logs, and wherever. */
const RESULT = 3;

/** Beyond the time that the application has: so long may it take to close. */
const GRACE_MS = 6000;

/** What the process writes. */
type Result = { readonly policy: CorsPolicyFile } | { readonly refused: string };

/**
 * The policy of an application, from a process of its own: what that logs, leaves open or throws later,
 * and how it ends, does not matter here.
 *
 * @throws UsageError when there is no application that starts
 */
export async function policyFromProcess(app: string, seconds: number): Promise<CorsPolicyFile> {
  const [, command = ''] = process.argv;
  const child = spawn(
    process.execPath,
    [...process.execArgv, command, WRITE_POLICY, app, String(seconds)],
    { stdio: ['ignore', process.stderr, process.stderr, 'pipe'] },
  );
  const chunks: Buffer[] = [];
  child.stdio[RESULT]?.on('data', (chunk: Buffer) => chunks.push(chunk));
  let isLate = false;
  const timer = setTimeout(
    () => {
      isLate = true;
      child.kill('SIGKILL');
    },
    seconds * 1000 + GRACE_MS,
  );
  const end = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(signal ?? `exit code ${code ?? 0}`));
  });
  clearTimeout(timer);
  const result = resultIn(Buffer.concat(chunks).toString());
  if (result === undefined) throw isLate ? tooLate(seconds) : endedItself(end);
  if ('refused' in result) throw new UsageError(result.refused);
  return result.policy;
}

function resultIn(text: string): Result | undefined {
  try {
    // Written by the process below, and by nobody else.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return JSON.parse(text) as Result;
  } catch {
    // It ended before it was done.
    return undefined;
  }
}

/** What that process does: it writes the result, and ends whatever the application still has open. */
export async function writePolicyOf(app: string, seconds: number): Promise<void> {
  let isWritten = false;
  const write = (result: Result) => {
    if (!isWritten) writeFileSync(RESULT, JSON.stringify(result));
    isWritten = true;
  };
  const refuse = (error: unknown) => {
    const isOurs = error instanceof UsageError;
    write({ refused: isOurs ? error.message : `The application failed: ${reasonOf(error)}` });
    process.exit();
  };
  process.on('uncaughtException', refuse);
  try {
    const reading = readApplication(app, (text) => void process.stderr.write(`${text}\n`));
    const application = await within(seconds * 1000, reading, () => tooLate(seconds));
    write({ policy: application.policy });
    await application.close();
    process.exit();
  } catch (error) {
    refuse(error);
  }
}

export function tooLate(seconds: number): UsageError {
  return new UsageError(
    `Expected the application to start within ${seconds} s, got no answer. Give it more with \`--timeout\`, or write the file in a test with \`expectPolicy()\`, where its database is replaced.`,
  );
}

/** @param how `exit code 1`, `SIGSEGV` */
export function endedItself(how: string): UsageError {
  return new UsageError(
    `The application ended the process (${how}). What it logged says why; with \`abortOnError: false\` in \`NestFactory.create()\`, the error is printed here.`,
  );
}

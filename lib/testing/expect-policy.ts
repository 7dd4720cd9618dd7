import { readFile, writeFile } from 'node:fs/promises';
import { CORS_SERVICE } from '../cors.constants.js';
import {
  type CorsPolicyFile,
  isPolicyFileText,
  policyFileText,
} from '../policy-file/policy-file.js';
import { PolicyFileError, readPolicyFile } from '../policy-file/read-policy-file.js';
import type { TestedApplication } from './cors-call.js';

/** What `expectPolicy()` needs of an application: every `INestApplication` has it. */
export interface ApplicationWithPolicy extends Pick<TestedApplication, 'init'> {
  /** Looks a provider up, in every module. */
  get<T>(token: symbol, options: { readonly strict: false }): T;
}

/**
 * Keeps who may read what in a file that is reviewed, for applications that start in a test more easily
 * than on their own: with another database, or without one.
 *
 * The file is written and updated as snapshots are: a missing one is written unless the run is one of
 * continuous integration, and `--update` (`-u`) of Jest and Vitest, or `--test-update-snapshots` of Node,
 * writes a stale one. Its path is relative to the working directory.
 *
 * @example
 * await expectPolicy(app).toMatchFile('cors.policy.json');
 */
export function expectPolicy(app: ApplicationWithPolicy): PolicyExpectation {
  return new PolicyExpectation(app);
}

/** What a test expects of an application's policy. */
export class PolicyExpectation {
  constructor(private readonly app: ApplicationWithPolicy) {}

  /**
   * Expects that a file says who may read what.
   *
   * @throws Error when it does not, with what a page may do that it could not before, and the reverse
   */
  async toMatchFile(path: string): Promise<void> {
    // Made here, it points to the test.
    const failure = new Error();
    const policy = await policyOf(this.app);
    const known = (await readFile(path, 'utf8').catch(() => undefined))?.replace(/^\uFEFF/, '');
    if (known !== undefined && isPolicyFileText(known, policy)) return;
    const mode = updateMode();
    if (mode === 'all' || (mode === 'new' && known === undefined)) {
      await writeFile(path, policyFileText(policy));
      return;
    }
    const { stack = '' } = failure;
    failure.message =
      known === undefined
        ? `Expected the policy file ${path}, found none. Run the test once where it may write it, and commit the file.`
        : `Expected ${path} to say who may read what, and it is stale:\n${await differences(known, path, policy)}\nReview this, and update the file as you update snapshots.`;
    failure.stack = `Error: ${failure.message}${stack.slice(stack.indexOf('\n    at '))}`;
    throw failure;
  }
}

async function policyOf(app: ApplicationWithPolicy): Promise<CorsPolicyFile> {
  await app.init();
  return app.get<{ policy(): CorsPolicyFile }>(CORS_SERVICE, { strict: false }).policy();
}

async function differences(known: string, path: string, policy: CorsPolicyFile): Promise<string> {
  const { diffPolicies } = await import('../review/diff.js');
  try {
    const { changes } = await diffPolicies(readPolicyFile(known, path), policy);
    if (changes.length === 0) return '  The same access, written differently.';
    return changes.map(({ sentence }) => `  ${sentence}`).join('\n');
  } catch (error) {
    if (error instanceof PolicyFileError) return `  ${error.message}`;
    throw error;
  }
}

/** As Jest and Vitest call it: whether all snapshots are written, only new ones, or none. */
function updateMode(): 'all' | 'new' | 'none' {
  if (process.execArgv.includes('--test-update-snapshots')) return 'all';
  const mode = [jestMode, vitestMode].map((read) => read()).find((one) => one !== undefined);
  if (mode === 'all' || mode === 'new' || mode === 'none') return mode;
  const { CI = '' } = process.env;
  return CI === '' || CI === 'false' ? 'new' : 'none';
}

/** Of the matchers that Jest keeps for all copies of `expect`. */
function jestMode(): unknown {
  const matchers = member(globalThis, Symbol.for('$$jest-matchers-object'));
  return member(member(member(matchers, 'state'), 'snapshotState'), '_updateSnapshot');
}

function vitestMode(): unknown {
  const config = member(member(globalThis, '__vitest_worker__'), 'config');
  return member(member(config, 'snapshotOptions'), 'updateSnapshot');
}

function member(value: unknown, key: string | symbol): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

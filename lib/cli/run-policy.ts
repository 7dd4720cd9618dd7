import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CORS_SERVICE } from '../cors.constants.js';
import { type CorsPolicyFile, policyFileText } from '../policy-file/policy-file.js';
import { PolicyFileError, readPolicyFile } from '../policy-file/read-policy-file.js';
import { printable } from '../text/escape.js';
import { writeWhole } from './policy-files.js';
import { diffText } from './run-diff.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

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
  const seconds = Number(timeout);
  if (!(seconds > 0)) {
    throw new UsageError(`Expected \`--timeout\` in seconds, got \`${printable(timeout)}\`.`);
  }
  // What the application logs would stand in the JSON.
  const restore = terminal.divertOutput?.();
  const release = catchExit();
  let policy: CorsPolicyFile;
  try {
    policy = await within(seconds, policyOf(app));
  } finally {
    release();
    restore?.();
  }
  const text = policyFileText(policy);
  if (out === undefined) {
    terminal.out(text);
    return 0;
  }
  if (!check) {
    await writeWhole(out, text);
    terminal.out(`${out} written: ${policy.routes.length} routes.\n`);
    return 0;
  }
  return compare(out, text, policy, terminal);
}

/** Where Nest cannot start an application, it ends the process, with a code that means something else here. */
function catchExit(): () => void {
  const exit = process.exit.bind(process);
  process.exit = (code) => {
    throw new UsageError(
      `The application ended the process (exit code ${code ?? 0}). What it logged says why; with \`abortOnError: false\` in \`NestFactory.create()\`, the error is printed here.`,
    );
  };
  return () => {
    process.exit = exit;
  };
}

async function compare(
  out: string,
  text: string,
  policy: CorsPolicyFile,
  terminal: Terminal,
): Promise<number> {
  const known = await readFile(out, 'utf8').catch(() => undefined);
  if (known === text) {
    terminal.out(`${out} is up to date.\n`);
    return 0;
  }
  const again = `Write it again without \`--check\`, and review it.\n`;
  if (known === undefined) {
    terminal.out(`${out} is not there. ${again}`);
    return 1;
  }
  terminal.out(`${out} is stale. ${again}`);
  try {
    const { diffPolicies } = await import('../review/diff.js');
    terminal.out(diffText(diffPolicies(readPolicyFile(known, out), policy), terminal));
  } catch (error) {
    if (!(error instanceof PolicyFileError)) throw error;
    terminal.out(`${printable(error.message)}\n`);
  }
  return 1;
}

/** What the command needs of an application. */
interface Application {
  init(): Promise<unknown>;
  close(): Promise<unknown>;
  get<T>(token: symbol, options: { readonly strict: false }): T;
  getHttpServer(): { readonly listening?: boolean } | undefined;
}

interface PolicySource {
  policy(): CorsPolicyFile;
}

async function policyOf(written: string): Promise<CorsPolicyFile> {
  const [file = '', name = ''] = written.split('#');
  if (file === '' || name === '') {
    throw new UsageError(
      `Expected \`--app\` as a file and the name of an export, got \`${printable(written)}\`. Write for example ` +
        '`--app dist/create-app.js#createApp`.',
    );
  }
  const create = await exportOf(file, name);
  const app = await attempt(`\`${name}()\` of ${file}`, () => create());
  if (!isApplication(app)) {
    throw new UsageError(
      `Expected \`${name}()\` of ${printable(file)} to return an application, got \`${typeof app}\`. Write ` +
        '`return NestFactory.create(AppModule)`, with its global prefix and versioning, without `listen()`.',
    );
  }
  try {
    if (app.getHttpServer()?.listening === true) {
      throw new UsageError(
        `Expected \`${name}()\` of ${printable(file)} to return the application without \`listen()\`: it listens already. ` +
          'Call `listen()` where the function is called.',
      );
    }
    await attempt('`app.init()`', () => app.init());
    return serviceOf(app).policy();
  } finally {
    await app.close().catch(() => undefined);
  }
}

async function exportOf(file: string, name: string): Promise<() => unknown> {
  const exported: unknown = await attempt(
    file,
    () => import(pathToFileURL(resolve(file)).href) as Promise<unknown>,
  );
  const namespaces = [exported, memberOf(exported, 'default')];
  const found = namespaces.map((one) => memberOf(one, name)).find(isFunction);
  if (found !== undefined) return found;
  const names = [...new Set(namespaces.flatMap((one) => (isObject(one) ? Object.keys(one) : [])))];
  throw new UsageError(
    `Expected ${printable(file)} to export a function \`${printable(name)}\`, got ${names.length === 0 ? 'no exports' : names.map((one) => `\`${one}\``).join(', ')}.`,
  );
}

function serviceOf(app: Application): PolicySource {
  try {
    return app.get<PolicySource>(CORS_SERVICE, { strict: false });
  } catch {
    throw new UsageError(
      'Expected `CorsModule` in the application, found none. Import `CorsModule.forRoot({ origin: … })` in the root module.',
    );
  }
}

/** What the user's code throws is an error of the command, with its reason. */
async function attempt<T>(what: string, run: () => T | Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    const lines = message.split('\n').map(printable);
    throw new UsageError(`${printable(what)} failed: ${lines.join('\n')}`);
  }
}

async function within<T>(seconds: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new UsageError(
          `Expected the application to start within ${seconds} s, got no answer. Give it more with \`--timeout\`, or write the file in a test with \`expectPolicy()\`, where its database is replaced.`,
        ),
      );
    }, seconds * 1000);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isFunction(value: unknown): value is () => unknown {
  return typeof value === 'function';
}

function memberOf(value: unknown, name: string): unknown {
  return isObject(value) ? Reflect.get(value, name) : undefined;
}

function isApplication(value: unknown): value is Application {
  return (
    isObject(value) &&
    ['init', 'close', 'get', 'getHttpServer'].every(
      (name) => typeof Reflect.get(value, name) === 'function',
    )
  );
}

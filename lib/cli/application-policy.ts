import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CORS_SERVICE } from '../cors.constants.js';
import type { CorsPolicyFile } from '../policy-file/policy-file.js';
import { printable } from '../text/escape.js';
import { UsageError } from './usage-error.js';
import { within } from './within.js';

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

/** An application that has been initialised, as far as this command needs it. */
export interface ReadApplication {
  readonly policy: CorsPolicyFile;
  /** Ends it, in bounded time. What goes wrong is reported, and does not change the policy. */
  close(): Promise<void>;
}

/**
 * Reads the policy of the application that a function of the user's creates.
 *
 * @param written `dist/create-app.js#createApp`
 * @param warn takes what goes wrong as it closes
 * @throws UsageError when there is no application that starts
 */
export async function readApplication(
  written: string,
  warn: (text: string) => void,
): Promise<ReadApplication> {
  // Folders may have `#` in their names.
  const hash = written.lastIndexOf('#');
  const [file, name] = [written.slice(0, Math.max(hash, 0)), written.slice(hash + 1)];
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
    return { policy: serviceOf(app).policy(), close: () => closeOf(app, warn) };
  } catch (error) {
    await closeOf(app, warn);
    throw error;
  }
}

/** Long enough for connections to end, and nothing that anybody waits for. */
const CLOSING_MS = 5000;

async function closeOf(app: Application, warn: (text: string) => void): Promise<void> {
  try {
    await within(CLOSING_MS, app.close(), () => new Error('it takes longer than 5 s'));
  } catch (error) {
    warn(`\`app.close()\` failed: ${reasonOf(error)}`);
  }
}

async function exportOf(file: string, name: string): Promise<() => unknown> {
  const path = resolve(file);
  if (!existsSync(path)) {
    throw new UsageError(
      `Expected a file at \`${printable(file)}\`, found none. Build the application first, and write where its compiled JavaScript is.`,
    );
  }
  const exported: unknown = await attempt(file, () => importOf(path));
  const namespaces = [exported, memberOf(exported, 'default')];
  const found = namespaces.map((one) => memberOf(one, name)).find(isFunction);
  if (found !== undefined) return found;
  const names = [...new Set(namespaces.flatMap((one) => (isObject(one) ? Object.keys(one) : [])))];
  throw new UsageError(
    `Expected ${printable(file)} to export a function \`${printable(name)}\`, got ${names.length === 0 ? 'no exports' : names.map((one) => `\`${one}\``).join(', ')}.`,
  );
}

async function importOf(path: string): Promise<unknown> {
  try {
    return await (import(pathToFileURL(path).href) as Promise<unknown>);
  } catch (error) {
    if (!/\.[cm]?tsx?$/.test(path)) throw error;
    throw new Error(
      `${reasonOf(error)}\nWrite where its compiled JavaScript is, such as in \`dist\`: Node takes no decorators in TypeScript.`,
      { cause: error },
    );
  }
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
    throw new UsageError(`${printable(what)} failed: ${reasonOf(error)}`);
  }
}

/** What was thrown, in its own words. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n').map(printable).join('\n');
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

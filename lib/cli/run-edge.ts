import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  EdgeError,
  type EdgeFile,
  type EdgeMode,
  type EdgeTarget,
  type EdgeTargetName,
  WRITTEN_BY,
} from '../edge/edge-target.js';
import type { EdgePlan } from '../edge/plan/plan-edge.js';
import { readPolicyFile } from '../policy-file/read-policy-file.js';
import { printable } from '../text/escape.js';
import { nameOfPolicyFile, policyTextAt, writeWhole } from './policy-files.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

/** The options of `edge` as `commander` gives them. */
export interface EdgeCommandOptions {
  /** Default: `fill`, or the one that the target has. */
  readonly mode?: EdgeMode;
  readonly basePath: string;
  readonly host?: string;
  readonly strict?: boolean;
  readonly out?: string;
  readonly check?: boolean;
}

/**
 * The command `edge`, with its exit code: 0 written or up to date, 1 stale, or something is left to the
 * application and nothing may be.
 *
 * @throws UsageError when an argument is invalid, or the target would allow more than the policy
 */
export async function runEdge(
  name: EdgeTargetName,
  path: string,
  options: EdgeCommandOptions,
  terminal: Terminal,
): Promise<number> {
  const { host, strict = false, check = false, out } = options;
  const basePath = basePathOf(options.basePath);
  if (host !== undefined) checkHost(host);
  if (out === '') {
    throw new UsageError(
      'Expected `--out` to be a folder, got ``. Write the folder that holds the files, such as `--out deploy/cors`, or `--out .` for this one.',
    );
  }
  if (check && out === undefined) {
    throw new UsageError(
      'Expected `--out` with `--check`. Write the folder that holds the files, such as `--out deploy/cors`.',
    );
  }
  const text = await policyTextAt(path, terminal);
  const file = readPolicyFile(text, nameOfPolicyFile(path));
  const { edgeTarget } = await import('../edge/targets.js');
  const { planEdge } = await import('../edge/plan/plan-edge.js');
  const files = await usable(async () => {
    const target = await edgeTarget(name);
    const mode = modeOf(target, options.mode);
    const plan = await planEdge(file, {
      digest: createHash('sha256').update(text).digest('hex'),
      title: target.title,
      looksAround: target.looksAround,
      longestExpression: target.longestExpression,
      basePath,
      host,
      preflights: mode === 'answer',
    });
    reportDelegated(plan, strict, out === undefined, terminal);
    if (strict && plan.delegated.length > 0) return undefined;
    return target.files(plan, mode);
  });
  if (files === undefined) return 1;
  if (out === undefined) {
    terminal.out(printed(files));
    return 0;
  }
  return check ? checkFiles(files, out, terminal) : writeFiles(files, out, terminal);
}

function modeOf({ title, modes }: EdgeTarget, wanted: EdgeMode | undefined): EdgeMode {
  const mode = wanted ?? modes[0] ?? 'fill';
  if (modes.includes(mode)) return mode;
  throw new UsageError(
    `Expected \`--mode\` to be ${modes.map((each) => `\`${each}\``).join(' or ')} for ${title}, got \`${mode}\`. Leave it out.`,
  );
}

async function usable<T>(make: () => Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof EdgeError) throw new UsageError(printable(error.message));
    throw error;
  }
}

/** On standard output, unless that is the configuration, which names them itself. */
function reportDelegated(
  { delegated }: EdgePlan,
  strict: boolean,
  isPrinted: boolean,
  terminal: Terminal,
): void {
  if (delegated.length === 0) return;
  const lines = delegated.map(({ place, reason }) => `  ${printable(place)}: ${printable(reason)}`);
  if (strict || !isPrinted) terminal.out(`${['Left to the application:', ...lines].join('\n')}\n`);
  if (strict) {
    terminal.error(
      `Expected nothing to be left to the application with \`--strict\`, got ${lines.length} ${lines.length === 1 ? 'place' : 'places'}: nothing is written. Change them, or take \`--strict\` away.\n`,
    );
  }
}

/** One after the other, each below its name. */
function printed(files: readonly EdgeFile[]): string {
  return files.map(({ path, text }) => `==> ${path} <==\n${text}`).join('\n');
}

async function writeFiles(
  files: readonly EdgeFile[],
  out: string,
  terminal: Terminal,
): Promise<number> {
  const stale: EdgeFile[] = [];
  for (const file of files) {
    const known = await textOf(join(out, file.path));
    if (known === file.text) continue;
    if (known !== undefined) checkOwn(known, join(out, file.path));
    stale.push(file);
  }
  for (const { path, text } of stale) {
    const target = join(out, path);
    await makeFolder(dirname(target));
    await writeWhole(target, text);
  }
  terminal.out(`${files.length} files are in ${printable(out)}.\n`);
  return 0;
}

/** What somebody has written by hand is not replaced. */
function checkOwn(text: string, path: string): void {
  const end = text.indexOf('\n');
  if (text.slice(0, end === -1 ? text.length : end).includes(WRITTEN_BY)) return;
  throw new UsageError(
    `Expected \`${printable(path)}\` to be a file that \`npx nestjs-cors edge\` has written, got another one: nothing is written. Move it away, or write another folder with \`--out\`.`,
  );
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `Expected \`--out\` to be a folder that can be written, got: ${printable(reason)}. Write another folder.`,
    );
  }
}

async function checkFiles(
  files: readonly EdgeFile[],
  out: string,
  terminal: Terminal,
): Promise<number> {
  const stale: string[] = [];
  for (const { path, text } of files) {
    if ((await textOf(join(out, path))) !== text) stale.push(path);
  }
  if (stale.length === 0) {
    terminal.out(`${files.length} files in ${printable(out)} are up to date.\n`);
    return 0;
  }
  terminal.error(
    `Stale in ${printable(out)}: ${stale.join(', ')}. Write them again without \`--check\`.\n`,
  );
  return 1;
}

/** Undefined where there is none. */
async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Empty, or with a slash at its beginning alone. */
function basePathOf(text: string): string {
  if (text === '' || text === '/') return '';
  if (/^(?:\/[\w.~-]+)+\/?$/.test(text) && !/\/\.\.?(?:\/|$)/.test(text)) {
    return text.replace(/\/$/, '');
  }
  throw new UsageError(
    `Expected \`--base-path\` to be a path of letters, digits, \`-\`, \`.\`, \`_\` and \`~\`, got \`${printable(text)}\`. ` +
      'Write it as clients send it, such as `/api`.',
  );
}

function checkHost(host: string): void {
  if (/^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?$/i.test(host)) return;
  throw new UsageError(
    `Expected \`--host\` to be a host as clients send it, got \`${printable(host)}\`. Write for example \`--host api.example.com\`.`,
  );
}

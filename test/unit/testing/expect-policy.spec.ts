import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectPolicy } from 'nestjs-cors/testing';
import { policyFile } from '../../support/policy-files.js';

const OLD = policyFile({});
const NEW = policyFile({ policies: { 'forRoot()': { credentials: true } } });
const textOf = (policy: unknown) => `${JSON.stringify(policy, null, 2)}\n`;

/** As much of an application as is needed. */
const applicationWith = (policy: unknown) => ({
  init: () => Promise.resolve(undefined),
  get: <T>() => ({ policy: () => policy }) as T,
});

const KEY = Symbol.for('$$jest-matchers-object');
let folder = '';
let file = '';
let snapshots: object;
let usual: unknown;

/** As `--ci`, no option, or `-u` would set it. */
function setMode(mode: unknown): void {
  Reflect.set(snapshots, '_updateSnapshot', mode);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'policy-'));
  file = join(folder, 'cors.policy.json');
  const state: unknown = Reflect.get(Object(Reflect.get(globalThis, KEY)), 'state');
  snapshots = Object(Reflect.get(Object(state), 'snapshotState')) as object;
  usual = Reflect.get(snapshots, '_updateSnapshot');
});
afterEach(() => {
  setMode(usual);
  rmSync(folder, { recursive: true });
});

test('a file that is missing is written, but not in continuous integration', async () => {
  setMode('none');
  await expect(expectPolicy(applicationWith(OLD)).toMatchFile(file)).rejects.toThrow(
    `Expected the policy file ${file}, found none`,
  );
  setMode('new');
  await expectPolicy(applicationWith(OLD)).toMatchFile(file);
  expect(readFileSync(file, 'utf8')).toBe(textOf(OLD));
});

test('a file that says the same passes, whatever the mode', async () => {
  writeFileSync(file, textOf(OLD));
  setMode('none');
  await expect(expectPolicy(applicationWith(OLD)).toMatchFile(file)).resolves.toBeUndefined();
});

test('a stale file fails with what a page may do now, and is written only on demand', async () => {
  writeFileSync(file, textOf(OLD));
  setMode('new');
  await expect(expectPolicy(applicationWith(NEW)).toMatchFile(file)).rejects.toThrow(
    'newly allows credentials, for `https://app.example.com`, to paths that no controller serves',
  );
  expect(readFileSync(file, 'utf8')).toBe(textOf(OLD));
  setMode('all');
  await expectPolicy(applicationWith(NEW)).toMatchFile(file);
  expect(readFileSync(file, 'utf8')).toBe(textOf(NEW));
});

test('a file that cannot be read fails with the reason', async () => {
  writeFileSync(file, '{');
  setMode('new');
  await expect(expectPolicy(applicationWith(NEW)).toMatchFile(file)).rejects.toThrow(
    'Expected JSON',
  );
});

test('the stack begins at the test', async () => {
  writeFileSync(file, textOf(OLD));
  setMode('new');
  const failure = await expectPolicy(applicationWith(NEW))
    .toMatchFile(file)
    .catch((error: unknown) => error);
  expect(String((failure as Error).stack)).toContain('expect-policy.spec.ts');
});

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../../../lib/cli/run-cli.js';
import { uriOf } from '../../../lib/cli/policy-files.js';
import { divert } from '../../../lib/cli/terminal.js';
import { policyFile } from '../../support/policy-files.js';
import { recorder } from './recorder.js';

/** An application as the compiler writes it, in a file of its own. */
const APPLICATION = `
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Cors, CorsModule } from 'nestjs-cors';

class OrdersController { read() { return 'order'; } }
Controller('orders')(OrdersController);
Get(':id')(OrdersController.prototype, 'read', Object.getOwnPropertyDescriptor(OrdersController.prototype, 'read'));

class AppModule {}
Module({
  imports: [CorsModule.forRoot({ origin: ORIGIN, credentials: true })],
  controllers: [OrdersController],
})(AppModule);

class PlainModule {}
Module({})(PlainModule);

export async function createApp() {
  process.stdout.write('the application logs\\n');
  const app = await NestFactory.create(AppModule, { logger: false, abortOnError: false });
  return app.setGlobalPrefix('api');
}
export async function listening() {
  const app = await createApp();
  await app.listen(0);
  return app;
}
export const plain = () => NestFactory.create(PlainModule, { logger: false });
export const exiting = () => process.exit(1);
export const nothing = () => undefined;
export const throwing = () => { throw new Error('no database\\nat all'); };
export const hanging = () => new Promise(() => undefined);
export const constant = 1;
`;

let root = '';
beforeEach(() => {
  mkdirSync('reports', { recursive: true });
  // Below the package, so that it is found by its own name.
  root = mkdtempSync(join(process.cwd(), 'reports', 'policy-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function application(origin = "'https://app.example.com'", name = 'app.mjs'): string {
  const file = join(root, name);
  writeFileSync(file, APPLICATION.replace('ORIGIN', origin));
  return file;
}

async function run(...args: string[]) {
  const { terminal, out, error } = recorder();
  const logged: string[] = [];
  const logs = { write: (text: string) => logged.push(text) } as unknown as NodeJS.WriteStream;
  const divertOutput = () => divert(process.stdout, logs);
  const exitCode = await runCli(args, { ...terminal, divertOutput });
  return { exitCode, out: out(), error: error(), logged };
}

describe('policy', () => {
  it('prints exactly the JSON, and what the application logs goes elsewhere', async () => {
    const { exitCode, out, error, logged } = await run(
      'policy',
      '--app',
      `${application()}#createApp`,
    );
    expect([exitCode, error, logged]).toEqual([0, '', ['the application logs\n']]);
    expect(JSON.parse(out)).toMatchObject({
      schemaVersion: 1,
      routes: [
        {
          method: 'GET',
          path: '/api/orders/:id',
          handler: 'OrdersController.read',
          policy: 'forRoot()',
        },
      ],
    });
  });

  it('writes a file, finds it up to date, and says what has become stale', async () => {
    const out = join(root, 'cors.policy.json');
    const [old, now] = [application(), application("'https://*.example.com'", 'now.mjs')];
    expect(await run('policy', '--app', `${old}#createApp`, '--out', out)).toMatchObject({
      exitCode: 0,
      out: `${out} written: 1 route.\n`,
    });
    const written = readFileSync(out, 'utf8');
    expect(await run('policy', '--app', `${old}#createApp`, '--out', out, '--check')).toMatchObject(
      {
        exitCode: 0,
        out: `${out} is up to date.\n`,
      },
    );
    const stale = await run('policy', '--app', `${now}#createApp`, '--out', out, '--check');
    expect(stale.exitCode).toBe(1);
    expect(stale.out).toContain('is stale');
    expect(stale.out).toContain(
      '+ newly allows `https://*.example.com`, except `https://app.example.com`, with credentials, to GET /api/orders/:id and paths that no controller serves',
    );
    expect(readFileSync(out, 'utf8')).toBe(written);
  });

  it('a file that is not there is stale, and is not written', async () => {
    const out = join(root, 'cors.policy.json');
    const { exitCode, out: said } = await run(
      'policy',
      '--app',
      `${application()}#createApp`,
      '--out',
      out,
      '--check',
    );
    expect([exitCode, said.includes('is not there')]).toEqual([1, true]);
    expect(existsSync(out)).toBe(false);
  });

  it.each([
    [
      'createOther',
      'Expected FILE to export a function `createOther`, got `constant`, `createApp`',
    ],
    ['constant', 'to export a function `constant`'],
    ['nothing', 'Expected `nothing()` of FILE to return an application, got `undefined`'],
    ['throwing', '`throwing()` of FILE failed: no database\nat all'],
    ['plain', 'Expected `CorsModule` in the application, found none'],
    ['exiting', 'The application ended the process (exit code 1)'],
    ['listening', 'to return the application without `listen()`: it listens already'],
    ['hanging', 'Expected the application to start within 0.05 s'],
  ])('%s: %s', async (name, message) => {
    const file = application();
    const { exitCode, out, error } = await run(
      'policy',
      '--app',
      `${file}#${name}`,
      '--timeout',
      name === 'hanging' ? '0.05' : '60',
    );
    expect([exitCode, out]).toEqual([2, '']);
    expect(error.replaceAll(file, 'FILE')).toContain(message);
  });

  it.each([
    [['--app', 'x.mjs'], 'Expected `--app` as a file and the name of an export, got `x.mjs`'],
    [
      ['--app', './none.mjs#createApp'],
      'Expected a file at `./none.mjs`, found none. Build the application first',
    ],
    [['--app', 'x.mjs#a', '--check'], 'Expected `--out` with `--check`'],
    [
      ['--app', 'x.mjs#a', '--timeout', 'soon'],
      'Expected `--timeout` to be a number of seconds up to 600, got `soon`',
    ],
    [[], "required option '--app <file#export>' not specified"],
  ])('%j: %s', async (args, message) => {
    const { exitCode, error } = await run('policy', ...args);
    expect([exitCode, error.includes(message)]).toEqual([2, true]);
  });

  it('a refused configuration is printed whole', async () => {
    const { exitCode, error } = await run(
      'policy',
      '--app',
      `${application("'https://app.example.com/'")}#createApp`,
    );
    expect(exitCode).toBe(2);
    expect(error).toContain('Expected `origin` to have no slash at the end');
  });
});

describe('diff', () => {
  const write = (name: string, value: unknown) => {
    const file = join(root, name);
    writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
    return file;
  };
  const OLD = policyFile({});
  const NEW = policyFile({ policies: { 'forRoot()': { credentials: true } } });

  it('says what is wider, by sentence and exit code', async () => {
    const { exitCode, out } = await run('diff', write('old.json', OLD), write('new.json', NEW));
    expect([exitCode, out]).toEqual([
      1,
      '+ newly allows credentials, for `https://app.example.com`, to paths that no controller serves\n' +
        'Some pages can do more than before.\n',
    ]);
    const back = await run('diff', write('old.json', NEW), write('new.json', OLD));
    expect([back.exitCode, back.out.split('\n').at(-2)]).toEqual([
      0,
      'No page can do more than before.',
    ]);
  });

  it('prints JSON, and SARIF', async () => {
    const files = [write('old.json', OLD), write('new.json', NEW)];
    const json = JSON.parse((await run('diff', ...files, '--json')).out) as unknown;
    expect(json).toMatchObject({
      version: 1,
      exitCode: 1,
      verdict: 'wider',
      changes: [{ kind: 'wider', places: ['paths that no controller serves'] }],
    });
    const sarif = JSON.parse((await run('diff', ...files, '--sarif')).out) as unknown;
    expect(sarif).toMatchObject({
      version: '2.1.0',
      runs: [
        {
          results: [
            {
              ruleId: 'cors-wider',
              level: 'error',
              locations: [{ logicalLocations: [{ fullyQualifiedName: 'forRoot()' }] }],
            },
          ],
        },
      ],
    });
  });

  it('reads one of them from standard input', async () => {
    const { terminal, out } = recorder();
    const readInput = () => Promise.resolve(JSON.stringify(OLD));
    expect(await runCli(['diff', '-', write('new.json', NEW)], { ...terminal, readInput })).toBe(1);
    expect(out()).toContain('newly allows credentials');
  });

  it.each([
    ['cors policy#é.json', 'cors%20policy%23%C3%A9.json'],
    ['./a/../b.json', 'b.json'],
    ['/a/b.json', 'file:///a/b.json'],
  ])('SARIF names the file %s as the URI %s', (path, uri) => {
    expect(uriOf(path)).toBe(uri);
  });

  it.each<[string, (text: string) => Buffer]>([
    ['CRLF', (text) => Buffer.from(text.replaceAll('\n', '\r\n'))],
    ['a byte order mark', (text) => Buffer.from(`\uFEFF${text}`)],
    ['UTF-16', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['other spaces', (text) => Buffer.from(JSON.stringify(JSON.parse(text), null, 4))],
  ])('a file in %s is read, and is not stale', async (_, encode) => {
    const out = join(root, 'cors.policy.json');
    const app = ['--app', `${application()}#createApp`, '--out', out];
    await run('policy', ...app);
    const copy = write('copy.json', readFileSync(out, 'utf8'));
    writeFileSync(out, encode(readFileSync(out, 'utf8')));
    expect((await run('policy', ...app, '--check')).exitCode).toBe(0);
    expect(await run('diff', copy, out)).toMatchObject({
      exitCode: 0,
      out: 'No page can do more or less than before.\n',
    });
  });

  it.each<[string, unknown, string]>([
    ['empty', '', 'Expected JSON in `FILE`'],
    ['a deep list', '['.repeat(100_000) + ']'.repeat(100_000), 'got `a deep list`'],
    [
      'a deep version',
      `{"schemaVersion":${'[{"a":'.repeat(50_000)}1${'}]'.repeat(50_000)}}`,
      'Expected `schemaVersion` 1 in `FILE`, got `a deep list`',
    ],
    [
      'a member of `Object`',
      JSON.stringify(OLD).replace('{', '{"__proto__":{},'),
      'Expected known members at `the file` in `FILE`, got `"__proto__"`',
    ],
    [
      'a method in lower case',
      { ...OLD, routes: [{ method: 'get', path: '/', handler: null, policy: 'forRoot()' }] },
      'Expected a method in upper case at `routes[0].method`',
    ],
    [
      'a time that no browser keeps',
      policyFile({ policies: { 'forRoot()': { maxAge: -1 } } }),
      'Expected an integer from 0 to 86400 at `policies["forRoot()"].maxAge.value`',
    ],
    ['not JSON', '{"schema', 'Expected JSON in `FILE`'],
    ['half written', JSON.stringify(OLD).slice(0, 200), 'Expected JSON in `FILE`'],
    [
      'another version',
      { ...OLD, schemaVersion: 2 },
      'Expected `schemaVersion` 1 in `FILE`, got `2`',
    ],
    ['something else', [], 'Expected an object at `the file` in `FILE`'],
    [
      'an unknown member',
      { ...OLD, extra: 1 },
      'Expected known members at `the file` in `FILE`, got `"extra"`',
    ],
    [
      'a missing member',
      { ...OLD, routes: undefined },
      'Expected a list at `routes` in `FILE`, got `nothing`',
    ],
    [
      'a policy that is not there',
      { ...OLD, global: 'x' },
      'Expected a name of `policies` at `global`',
    ],
    [
      'an unknown option',
      {
        ...OLD,
        policies: {
          'forRoot()': { ...OLD.policies['forRoot()'], preflight: { value: 1, declaredAt: '' } },
        },
      },
      'Expected known members at `policies["forRoot()"]`',
    ],
    [
      'an origin that is none',
      policyFile({ policies: { 'forRoot()': { origin: ['x'] } } }),
      "Expected origins that the module accepts, got `'x'`",
    ],
    [
      'an open RegExp',
      policyFile({ policies: { 'forRoot()': { origin: [{ source: 'x', flags: '' }] } } }),
      'Expected origins that the module accepts, got `/x/`',
    ],
  ])('%s', async (_, value, message) => {
    const file = write('bad.json', value);
    const { exitCode, out, error } = await run('diff', file, write('new.json', NEW));
    expect([exitCode, out]).toEqual([2, '']);
    expect(error.replaceAll(file, 'FILE')).toContain(message);
  });

  it.each([
    [
      ['none.json', 'none.json'],
      'Expected a policy file at `none.json`, which cannot be read (ENOENT)',
    ],
    [['-', '-'], 'got both as `-`'],
    [['-', 'none.json'], 'Expected a policy file on standard input, got nothing'],
  ])('%j: %s', async (args, message) => {
    const { exitCode, error } = await run('diff', ...args);
    expect([exitCode, error.includes(message)]).toEqual([2, true]);
  });
});

test('what is written elsewhere comes back', () => {
  const stream = () => {
    const lines: string[] = [];
    return {
      lines,
      stream: { write: (text: string) => lines.push(text) } as unknown as NodeJS.WriteStream,
    };
  };
  const [from, to] = [stream(), stream()];
  const restore = divert(from.stream, to.stream);
  from.stream.write('there');
  restore();
  from.stream.write('here');
  expect([from.lines, to.lines]).toEqual([['here'], ['there']]);
});

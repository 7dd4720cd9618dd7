import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import type { INestApplication } from '@nestjs/common';
import { migrate } from '../../lib/migration/migrate.js';
import type { Migration } from '../../lib/migration/plan-migration.js';
import { writeChanges } from '../../lib/migration/write-changes.js';
import { type Answer, preflight, send } from '../support/send.js';
import { type Configuration, nestConfigurations, projectOf } from './configuration.js';

const configurations = nestConfigurations();
/** What the variables of the projects are set to. */
const ENVIRONMENT = {
  ORIGIN: 'https://set.example',
  ORIGINS: 'https://set.example,https://other.example',
  PAGE_PORT: '8080',
};
const STRANGERS = [
  'https://set.example',
  'https://other.example',
  'https://stranger.example',
  'http://localhost:8080',
  'https://evil-app.vercel.app',
  'https://evil.pages.dev',
  'https://localhost.evil.example',
  'null',
];

let root = '';
const migrations: Migration[] = [];
const folderOf = (time: 'before' | 'after', index: number) => join(root, time, String(index));

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'migration-'));
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }\n');
  for (const [index, row] of configurations.entries()) {
    for (const time of ['before', 'after'] as const) writeProject(folderOf(time, index), row);
    const migration = await migrate(folderOf('after', index), { whereNone: false });
    writeChanges(migration.changes);
    migrations.push(migration);
  }
  Object.assign(process.env, ENVIRONMENT);
}, 120_000);

afterAll(() => {
  for (const name of Object.keys(ENVIRONMENT)) Reflect.deleteProperty(process.env, name);
  rmSync(root, { recursive: true, force: true });
});

function writeProject(folder: string, row: Configuration): void {
  for (const [name, text] of Object.entries(projectOf(row))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

function todosOf(index: number) {
  return (migrations[index]?.entries ?? []).filter(({ kind }) => kind === 'todo');
}

it('migrates at least 64 % of 89 real configurations without a TODO', () => {
  expect(configurations).toHaveLength(89);
  const whole = configurations.filter((_, index) => todosOf(index).length === 0);
  expect(whole.length).toBeGreaterThanOrEqual(Math.ceil(0.64 * 89));
});

it('names the line of the old layer in each TODO', () => {
  for (const index of configurations.keys()) {
    for (const { place, text } of todosOf(index)) {
      const lines = readFileSync(join(folderOf('before', index), place.file), 'utf8').split('\n');
      expect([index, text, lines[place.line - 1]]).toEqual([
        index,
        text,
        expect.stringMatching(/cors|Access-Control/i),
      ]);
    }
  }
});

it('changes nothing when it runs again', async () => {
  for (const index of configurations.keys()) {
    const again = await migrate(folderOf('after', index), { whereNone: false });
    expect([index, again.changes]).toEqual([index, []]);
    const left = todosOf(index).length > 0;
    expect([index, again.entries.some(({ kind }) => kind === 'todo')]).toEqual([index, left]);
  }
});

it('writes what compiles', () => {
  const files = [...configurations.keys()].flatMap((index) =>
    Object.keys(projectOf(configurations[index] as Configuration)).map((name) =>
      join(folderOf('after', index), name),
    ),
  );
  const cwd = process.cwd();
  const { config } = ts.readConfigFile(join(cwd, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, cwd);
  const program = ts.createProgram(files, { ...options, declaration: false });
  const faults = ts
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) => [
      file?.fileName.replace(root, ''),
      ts.flattenDiagnosticMessageText(messageText, '\n').split('\n', 1)[0],
    ]);
  expect(faults).toEqual([]);
}, 120_000);

/** Which pages may read what, as browsers see it. */
async function grants(index: number, time: 'before' | 'after'): Promise<readonly string[] | Error> {
  const row = configurations[index] as Configuration;
  let app: INestApplication;
  try {
    const { bootstrap } = await import(join(folderOf(time, index), 'src/main.ts'));
    app = await bootstrap();
  } catch (error) {
    return error as Error;
  }
  const granted: string[] = [];
  try {
    const { port } = app.getHttpServer().address();
    for (const origin of originsOf(row)) {
      const asked = await preflight(port, '/orders', origin, 'PUT', 'content-type');
      const simple = await send(port, 'GET', '/orders', { origin });
      for (const credentials of [false, true]) {
        const read = allows(simple, origin, credentials);
        const change = allows(asked, origin, credentials) && asked.status < 300;
        const pair = `${origin}${credentials ? ' with credentials' : ''}`;
        if (read) granted.push(`GET ${pair}`);
        if (change && read) granted.push(`PUT ${pair}`);
      }
    }
  } finally {
    await app.close();
  }
  return granted;
}

function allows({ cors }: Answer, origin: string, credentials: boolean): boolean {
  const allowed = cors['access-control-allow-origin'];
  if (credentials && cors['access-control-allow-credentials'] !== 'true') return false;
  return allowed === origin || (allowed === '*' && !credentials);
}

/** Those that the configuration names, in any way, and strangers. */
function originsOf(row: Configuration): readonly string[] {
  const text = JSON.stringify(row.origin);
  const named = Array.from(text.matchAll(/[a-z]+:\/\/[\w.:-]+/g), ([origin]) => origin);
  return [...new Set([...named, ...STRANGERS])];
}

it('carries no policy over that allows every page with credentials', async () => {
  const open = configurations.flatMap(({ origin, options }, index) =>
    origin.k === 'true' && options['credentials'] === true ? [index] : [],
  );
  expect(open.length).toBeGreaterThan(5);
  for (const index of open) {
    const after = await grants(index, 'after');
    expect([index, after instanceof Error && after.name]).toEqual([index, 'CorsConfigError']);
  }
});

describe.each(['production', 'development'])('with NODE_ENV=%s', (environment) => {
  const { NODE_ENV } = process.env;
  beforeAll(() => void (process.env['NODE_ENV'] = environment));
  afterAll(() => void (process.env['NODE_ENV'] = NODE_ENV));

  it.each(configurations.map((row, index) => [index, JSON.stringify(row.origin), row] as const))(
    'configuration %i, %s, grants what it granted before, and no more',
    async (index) => {
      const before = await grants(index, 'before');
      const after = await grants(index, 'after');
      expect(before).not.toBeInstanceOf(Error);
      if (after instanceof Error) {
        if (after.name !== 'CorsConfigError' || todosOf(index).length === 0) throw after;
        return;
      }
      const old = before as readonly string[];
      const isWhole = todosOf(index).length === 0;
      expect(after).toEqual(isWhole ? old : after.filter((grant) => old.includes(grant)));
    },
  );
});

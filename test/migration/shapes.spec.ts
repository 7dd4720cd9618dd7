import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { migrate } from '../../lib/migration/migrate.js';
import { callIn, mainWith, MODULE } from './small-project.js';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'shapes-'));
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** What becomes of a project. */
async function migrated(files: Readonly<Record<string, string>>, whereNone = false) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  const { changes, entries } = await migrate(root, { whereNone });
  const after = (name: string) =>
    changes.find((one) => one.name === name)?.after ?? readFileSync(join(root, name), 'utf8');
  const todos = entries
    .filter(({ kind }) => kind === 'todo')
    .map(({ place, text }) => `${place.file}:${place.line} ${text}`);
  const notes = entries
    .filter(({ kind }) => kind === 'note')
    .map(({ place, text }) => `${place.file}:${place.line} ${text}`);
  return { after, todos, notes, changed: changes.map(({ name }) => name) };
}

describe('what the options need', () => {
  const base = { 'src/app.module.ts': MODULE };

  it('moves with the statements that build it', async () => {
    const { after, todos } = await migrated({
      ...base,
      'src/main.ts': mainWith(`  const origins = ['https://a.example'];
  if (process.env.EXTRA) {
    origins.push(process.env.EXTRA);
  }
  app.enableCors({ origin: origins, credentials: true });`),
    });
    expect(callIn(after('src/app.module.ts'))).toBe(`CorsModule.forRootAsync({
  useFactory: () => {
    const origins = ['https://a.example'];
    if (process.env.EXTRA) {
      origins.push(process.env.EXTRA);
    }
    return { origin: origins, credentials: true };
  },
})`);
    expect(after('src/main.ts')).toBe(mainWith('').replace('\n\n  await', '\n  await'));
    expect(todos).toEqual([]);
  });

  it('is copied where the old file uses it as well', async () => {
    const { after } = await migrated({
      ...base,
      'src/main.ts': mainWith(
        '  app.enableCors({ origin: `http://localhost:${port}` });\n  console.log(port);',
        'const port = process.env.PORT ?? 3000;\n',
      ),
    });
    expect(callIn(after('src/app.module.ts'))).toContain(
      'const port = process.env.PORT ?? 3000;\n    return { origin: `http://localhost:${port}` };',
    );
    expect(after('src/main.ts')).toContain('const port = process.env.PORT ?? 3000;');
  });

  it('is injected, with ConfigModule where that is not global', async () => {
    const main = mainWith(
      "  const config = app.get(ConfigService);\n  app.enableCors({ origin: config.get<string>('ORIGIN') });",
      "import { ConfigService } from '@nestjs/config';\n",
    );
    const { after } = await migrated({ ...base, 'src/main.ts': main });
    expect(callIn(after('src/app.module.ts'))).toBe(`CorsModule.forRootAsync({
  imports: [ConfigModule],
  inject: [ConfigService],
  useFactory: (config: ConfigService) => ({ origin: config.get<string>('ORIGIN') ?? false }),
})`);
    expect(after('src/main.ts')).not.toContain('onfig');
  });

  it('is read from the environment as late as before', async () => {
    const { after } = await migrated({
      ...base,
      'src/main.ts': mainWith(
        '  app.enableCors(corsOptions);',
        "import { corsOptions } from './cors';\n",
      ),
      'src/cors.ts': `import { CorsOptions } from '@nestjs/common/interfaces/external/cors-options.interface';
export const corsOptions: CorsOptions = { origin: process.env.ORIGIN, methods: 'GET,PUT' };
`,
    });
    expect(callIn(after('src/app.module.ts'))).toBe(`CorsModule.forRootAsync({
  useFactory: async () => {
    const { corsOptions } = await import('./cors');
    return corsOptions;
  },
})`);
    expect(after('src/cors.ts')).toBe(`import type { CorsOptions } from 'nestjs-cors';
export const corsOptions: CorsOptions = { origin: process.env.ORIGIN || false, methods: ['GET', 'PUT'] };
`);
  });

  it('is asked for each request where it was: a database is no list', async () => {
    const { after } = await migrated({
      ...base,
      'src/main.ts': mainWith(
        '  app.enableCors({ origin: async (origin, callback) => { const all = await load(); callback(null, all.includes(origin)); } });',
        "import { load } from './load';\n",
      ),
    });
    expect(callIn(after('src/app.module.ts'))).toContain(
      'origin: async (origin) => { const all = await load(); return all.includes(origin); }',
    );
  });
});

describe('functions with a callback', () => {
  const originOf = async (body: string, options = '') => {
    const { after, todos } = await migrated({
      'src/app.module.ts': MODULE,
      'src/main.ts': mainWith(
        `  app.enableCors({ origin: ${body}${options} });`,
        "const list = ['https://a.example'];\n",
      ),
    });
    const [, origin = ''] =
      /origin: ([^]*?)(?:,? \}| \/\*)/.exec(callIn(after('src/app.module.ts'))) ?? [];
    return [origin, todos.length];
  };

  it.each([
    ['(o, cb) => cb(null, !o || list.includes(o))', 'list'],
    ['(o, cb) => cb(null, list.indexOf(o) !== -1)', 'list'],
    [
      "function (o, cb) { if (!o || list.indexOf(o) >= 0 || o === 'https://b.example') return cb(null, true); cb(null, false); }",
      "[...list, 'https://b.example']",
    ],
    [
      '(o, cb) => { if (o && !list.includes(o)) { return cb(null, false); } return cb(null, true); }',
      'list',
    ],
    [
      '(o, cb) => { if (list.some((one) => one === o)) cb(null, true); else cb(null, false); }',
      'list',
    ],
    ['(o, cb) => (list.includes(o) ? cb(null, true) : cb(new Error(o)))', "'TODO'"],
    [
      '(o, cb) => (!o || list.includes(o) ? cb(null, true) : cb(new Error(o)))',
      'list, rejectDisallowed: true',
    ],
    [
      '(o, cb) => { if (/^https:\\/\\/x\\.example$/.test(o)) { cb(null, true); return; } cb(null, list.includes(o)); }',
      '[/^https:\\/\\/x\\.example$/, ...list]',
    ],
    [
      "(o, cb) => cb(null, process.env.DEV === '1' && list.includes(o))",
      "[...(process.env.DEV === '1' ? list : [])]",
    ],
    ['(o, cb) => cb(null, true)', "'*'"],
    ["(o, cb) => cb(null, o.endsWith('.a.example'))", "(o) => o.endsWith('.a.example')"],
    ['(o, cb) => setTimeout(() => cb(null, true))', "'TODO'"],
  ])('%s becomes %s', async (body, expected) => {
    const [origin, todos] = await originOf(body);
    expect([origin, todos]).toEqual([expected, expected === "'TODO'" ? 1 : 0]);
  });

  it.each([
    '(o, cb) => cb(null, true)',
    "(o, cb) => cb(null, o.endsWith('.a.example'))",
    '(o, cb) => cb(null, o.includes("a.example"))',
    '(o, cb) => cb(null, list.some((one) => o.startsWith(one)))',
    "(o, cb) => cb(null, process.env.NODE_ENV !== 'production' || list.includes(o))",
    '(o, cb) => { if (blocked.has(o)) return cb(null, false); cb(null, allow(o)); }',
    '(o, cb) => { if (o.length > 3) return cb(null, false); cb(null, true); }',
  ])('with credentials, %s is left to a person', async (body) => {
    expect(await originOf(body, ', credentials: true')).toEqual(["'TODO', credentials: true", 1]);
  });
});

describe('the files', () => {
  it('keep CRLF, tabs, double quotes, and statements without semicolons', async () => {
    const { after } = await migrated({
      'src/app.module.ts':
        'import { Module } from "@nestjs/common"\r\n\r\n@Module({\r\n\timports: [],\r\n})\r\nexport class AppModule {}\r\n',
      'src/main.ts':
        'import { NestFactory } from "@nestjs/core"\r\nimport { AppModule } from "./app.module.js"\r\n\r\nvoid NestFactory.create(AppModule, { cors: process.env.A === "x" })\r\n',
    });
    expect(after('src/app.module.ts')).toBe(
      'import { Module } from "@nestjs/common"\r\nimport { CorsModule } from "nestjs-cors"\r\n\r\n@Module({\r\n\timports: [\r\n\t\tCorsModule.forRootAsync({\r\n\t\t\tuseFactory: () => (process.env.A === "x" ? { origin: "*" } : { origin: false }),\r\n\t\t}),\r\n\t],\r\n})\r\nexport class AppModule {}\r\n',
    );
    expect(after('src/main.ts')).toContain('NestFactory.create(AppModule)\r\n');
  });

  it.each([
    ['options of a package', "import { shared } from '@acme/cors';\n", '  app.enableCors(shared);'],
    ['a computed name', '', "  app.enableCors({ ['x' + 1]: 2 });"],
    [
      'a spread of what is unknown',
      "import { base } from '@acme/cors';\n",
      '  app.enableCors({ ...base });',
    ],
    ['what a package returns', "import { make } from '@acme/cors';\n", '  app.enableCors(make());'],
  ])('stay as they are with %s', async (_, head, lines) => {
    const { changed, todos } = await migrated({
      'src/app.module.ts': MODULE,
      'src/main.ts': mainWith(lines, head),
    });
    expect([changed, todos]).toEqual([[], [expect.stringMatching(/^src\/main\.ts:[67] /)]]);
  });

  it('stay as they are where the module is built by a function, or does not parse', async () => {
    const main = mainWith('  app.enableCors();');
    const built = await migrated({
      'src/app.module.ts': MODULE,
      'src/main.ts': main.replace('create(AppModule)', 'create(build())'),
    });
    expect([built.changed, built.todos]).toEqual([
      [],
      [expect.stringMatching(/^src\/main\.ts:5 /)],
    ]);
    const broken = await migrated({ 'src/main.ts': main, 'src/app.module.ts': `${MODULE}}` });
    expect(broken.changed).not.toContain('src/app.module.ts');
    expect(broken.todos.join()).toContain('does not parse');
  });

  it('get a TODO where two layers differ, with what each did', async () => {
    const { after, todos } = await migrated({
      'src/app.module.ts': MODULE,
      'src/main.ts': mainWith("  app.enableCors({ origin: 'https://a.example' });").replace(
        'create(AppModule)',
        'create(AppModule, { cors: true })',
      ),
    });
    expect(todos).toEqual([
      expect.stringContaining(
        '`app.enableCors({…})` (src/main.ts:6) answered preflights, and `NestFactory.create(…, { cors: true })` (src/main.ts:5) wrote',
      ),
    ]);
    expect(callIn(after('src/app.module.ts'))).toBe("CorsModule.forRoot({ origin: 'TODO' })");
  });

  it('get one policy of two layers that say the same', async () => {
    const { after, todos } = await migrated({
      'src/app.module.ts': MODULE,
      'src/main.ts': mainWith('  app.enableCors();').replace(
        'create(AppModule)',
        'create(AppModule, { cors: true })',
      ),
    });
    expect([callIn(after('src/app.module.ts')), todos]).toEqual([
      "CorsModule.forRoot({ origin: '*' })",
      [],
    ]);
  });

  it('get a policy for nobody where there was no CORS, for `nest add`', async () => {
    const files = { 'src/app.module.ts': MODULE, 'src/main.ts': mainWith('') };
    expect((await migrated(files)).changed).toEqual([]);
    const { after, todos } = await migrated(files, true);
    expect([callIn(after('src/app.module.ts')), todos]).toEqual([
      'CorsModule.forRoot({ origin: false })',
      [],
    ]);
    expect(after('src/app.module.ts')).toContain(
      "// List the origins of your pages: CorsModule.forRoot({ origin: ['https://app.example.com']",
    );
  });

  it('report what is noteworthy of one layer once, not at the next one too', async () => {
    const { notes } = await migrated({
      'src/app.module.ts': MODULE,
      'src/main.ts': mainWith(`  if (process.env.OPEN) {
    app.enableCors({ origin: 'https://a.example', maxAge: 100000 });
  } else {
    app.enableCors({ origin: 'https://b.example' });
  }`),
    });
    expect(notes).toEqual([expect.stringMatching(/^src\/main\.ts:7 `maxAge: 100000`/)]);
  });

  it('stay as they are where another application has the same root module and no CORS', async () => {
    const { changed, after, todos } = await migrated({
      'src/app.module.ts': MODULE,
      'src/main.ts': mainWith('  app.enableCors();'),
      'src/internal.ts': mainWith(''),
    });
    expect(changed).toEqual(['src/main.ts']);
    expect(after('src/main.ts')).toContain('  app.enableCors();');
    expect(todos).toEqual([
      expect.stringContaining('src/main.ts:6 the application at src/internal.ts:5 has no CORS'),
    ]);
  });

  it('of two applications are told apart', async () => {
    const app = (name: string, origin: string) => ({
      [`apps/${name}/src/app.module.ts`]: MODULE,
      [`apps/${name}/src/main.ts`]: mainWith(`  app.enableCors({ origin: '${origin}' });`),
    });
    const { after, todos } = await migrated({
      ...app('one', 'https://one.example'),
      ...app('two', 'https://two.example'),
    });
    expect(todos).toEqual([]);
    for (const name of ['one', 'two']) {
      expect(callIn(after(`apps/${name}/src/app.module.ts`))).toBe(
        `CorsModule.forRoot({ origin: 'https://${name}.example' })`,
      );
    }
  });
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { migrate } from '../../lib/migration/migrate.js';
import type { Migration } from '../../lib/migration/plan-migration.js';
import { writeChanges } from '../../lib/migration/write-changes.js';
import { callIn, mainWith, MODULE } from './small-project.js';

interface Odd {
  readonly what: string;
  /** Besides `src/main.ts` and \`src/app.module.ts`, or instead of them. */
  readonly files?: Readonly<Record<string, string>>;
  readonly lines?: string;
  readonly head?: string;
  /** The call that is written, if one is. */
  readonly call?: string;
  /** The places and the beginnings of what is left to a person. */
  readonly todos?: readonly (readonly [place: string, text: string])[];
  /** Files as they are afterwards. */
  readonly after?: Readonly<Record<string, string>>;
  readonly compiles?: false;
}

const HTTPS = "  app.enableCors({ origin: 'https://a.example' });";
const LOCAL = "{ origin: 'http://localhost:3000', credentials: true }";
const ONE = "CorsModule.forRoot({ origin: 'https://a.example' })";
const helper = (body: string, head = '') => ({
  'src/setup.ts': `import type { INestApplication } from '@nestjs/common';
${head}
export function setupCors(app: INestApplication) {
${body}
}
`,
});
const SETUP = "import { setupCors } from './setup';\n";
const FASTIFY = `import cors from '@fastify/cors';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
`;
const fastifyMain = (lines: string, head = FASTIFY) =>
  mainWith(lines, head).replace(
    'NestFactory.create(AppModule)',
    'NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter())',
  );
const created = (options: string, head = '') =>
  mainWith('', head).replace('create(AppModule)', `create(AppModule, ${options})`);
const when = (condition: string, yes: string, no: string) => `CorsModule.forRootAsync({
  useFactory: () => {
    if (${condition}) {
      return ${yes};
    }
    return ${no};
  },
})`;
const NONE = '{ origin: false }';

/** Under which conditions a layer is installed is part of the policy. */
const CONDITIONS: readonly Odd[] = [
  {
    what: 'installed by &&',
    lines: `  process.env.DEV === '1' && app.enableCors(${LOCAL});`,
    call: when("process.env.DEV === '1'", LOCAL, NONE),
    after: { 'src/main.ts': mainWith('').replace('\n\n  await', '\n  await') },
  },
  {
    what: 'installed by ||',
    lines: `  process.env.NODE_ENV === 'production' || app.enableCors(${LOCAL});`,
    call: when("process.env.NODE_ENV === 'production'", NONE, LOCAL),
  },
  {
    what: 'installed by a ternary',
    lines: `  process.env.DEV ? app.enableCors(${LOCAL}) : undefined;`,
    todos: [['src/main.ts:6', 'where this layer is installed, no condition can be read']],
  },
  {
    what: 'installed in a switch, twice',
    lines: `  switch (process.env.NODE_ENV) {
    case 'production':
      app.enableCors({ origin: 'https://a.example' });
      break;
    default:
      app.enableCors();
  }`,
    todos: [
      ['src/main.ts:8', 'where this layer is installed, no condition can be read'],
      ['src/main.ts:11', 'where this layer is installed, no condition can be read'],
    ],
  },
  {
    what: 'installed below an early return',
    head: SETUP,
    lines: '  setupCors(app);',
    files: helper(`  if (process.env.NODE_ENV === 'production') {
    return;
  }
  app.enableCors(${LOCAL});`),
    call: when("process.env.NODE_ENV === 'production'", NONE, LOCAL),
    after: { 'src/main.ts': mainWith('').replace('\n\n  await', '\n  await') },
  },
  {
    what: 'installed by a helper, whose calls go with it',
    head: SETUP,
    lines: '  setupCors(app);',
    files: {
      ...helper("  const list = ['https://a.example'];\n  app.enableCors({ origin: list });"),
      'test/app.e2e-spec.ts': `import type { INestApplication } from '@nestjs/common';
import { setupCors } from '../src/setup';

export async function start(app: INestApplication) {
  setupCors(app);
  await app.init();
}
`,
    },
    call: `CorsModule.forRootAsync({
  useFactory: () => {
    const list = ['https://a.example'];
    return { origin: list };
  },
})`,
    after: {
      'src/main.ts': mainWith('').replace('\n\n  await', '\n  await'),
      'test/app.e2e-spec.ts': `import type { INestApplication } from '@nestjs/common';

export async function start(app: INestApplication) {
  await app.init();
}
`,
    },
  },
  {
    what: 'installed by a helper under a condition',
    head: SETUP,
    lines: "  if (process.env.NODE_ENV !== 'production') setupCors(app);",
    files: helper(`  app.enableCors(${LOCAL});`),
    call: when("process.env.NODE_ENV !== 'production'", LOCAL, NONE),
  },
  {
    what: 'installed by a helper that does more',
    head: SETUP,
    lines: '  setupCors(app);',
    files: helper(`${HTTPS}\n  app.enableShutdownHooks();`),
    call: ONE,
    after: {
      ...helper('  app.enableShutdownHooks();'),
      'src/main.ts': mainWith('  setupCors(app);', SETUP),
    },
  },
  {
    what: 'installed by an arrow function',
    head: `import type { INestApplication } from '@nestjs/common';
const setup = (app: INestApplication) => app.enableCors({ origin: 'https://a.example' });
`,
    lines: '  setup(app);',
    call: ONE,
    after: { 'src/main.ts': mainWith('').replace('\n\n  await', '\n  await') },
  },
  {
    what: 'installed by a helper that is given more',
    head: `import type { INestApplication } from '@nestjs/common';
function setup(app: INestApplication, origin: string) {
  app.enableCors({ origin });
}
`,
    lines: "  setup(app, 'https://a.example');",
    todos: [['src/main.ts:5', '`origin` is known only to the function']],
  },
  {
    what: 'installed by a helper that nobody calls',
    lines: '',
    files: helper('  app.enableCors();'),
    todos: [['src/setup.ts:4', 'nothing in this project calls the function']],
  },
  {
    what: 'installed by a helper that is handed over',
    head: `${SETUP}import { apply } from '@acme/setup';\n`,
    lines: '  apply(app, setupCors);',
    files: helper('  app.enableCors();'),
    todos: [['src/setup.ts:4', 'when the function that this is in runs, cannot be read']],
    compiles: false,
  },
  {
    what: 'installed by a method',
    head: `import type { INestApplication } from '@nestjs/common';
class Setup {
  constructor(private readonly app: INestApplication) {}
  run() {
    if (process.env.OFF) return;
    this.app.enableCors({ origin: 'https://a.example' });
  }
}
`,
    lines: '  new Setup(app).run();',
    todos: [['src/main.ts:8', 'when the function that this is in runs, cannot be read']],
  },
  {
    what: 'installed once the application is there',
    files: {
      'src/main.ts': `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';

function create() {
  return NestFactory.create(AppModule);
}
void create().then(async (app) => {
  app.enableCors({ origin: 'https://a.example' });
  await app.listen(3000);
});
`,
    },
    call: ONE,
  },
  {
    what: 'installed where the application is created once',
    files: {
      'src/main.ts': `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';

let cached: unknown;
export async function handle() {
  if (cached === undefined) {
    const app = await NestFactory.create(AppModule);
    app.enableCors({ origin: 'https://a.example' });
    cached = await app.init();
  }
  return cached;
}
`,
    },
    call: ONE,
  },
  {
    what: 'installed under a condition that is awaited',
    head: 'async function isOpen() {\n  return true;\n}\n',
    lines: "  if (await isOpen()) app.enableCors({ origin: 'https://a.example' });",
    call: `CorsModule.forRootAsync({
  useFactory: async () => {
    async function isOpen() {
      return true;
    }
    if (await isOpen()) {
      return { origin: 'https://a.example' };
    }
    return { origin: false };
  },
})`,
  },
  {
    what: 'installed by a helper of a library, which is re-exported and given a service',
    head: "import { ConfigService } from '@nestjs/config';\nimport { setupCors } from './index';\n",
    lines: '  const config = app.get(ConfigService);\n  setupCors(app, config);',
    files: {
      'src/index.ts': "export * from './setup';\n",
      'src/setup.ts': `import type { INestApplication } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';

export function setupCors(app: INestApplication, config: ConfigService) {
  app.enableCors({ origin: config.get('ORIGIN') });
}
`,
    },
    call: `CorsModule.forRootAsync({
  imports: [ConfigModule],
  inject: [ConfigService],
  useFactory: (config: ConfigService) => ({ origin: config.get('ORIGIN') ?? false }),
})`,
    after: {
      'src/main.ts': mainWith('').replace('\n\n  await', '\n  await'),
      'src/setup.ts': '\n\nexport {};\n',
    },
  },
  {
    what: 'all that a callback without parentheses does',
    files: {
      'src/main.ts': `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';

const creation = NestFactory.create(AppModule);
creation.then(async app => app.enableCors({ origin: 'https://a.example' })).catch(String);
`,
    },
    call: ONE,
    after: {
      'src/main.ts': `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';

const creation = NestFactory.create(AppModule);
creation.then(async () => {}).catch(String);
`,
    },
  },
  {
    what: 'all that a callback does',
    files: {
      'src/main.ts': `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';

const creation = NestFactory.create(AppModule);
void creation.then((app) => app.enableCors({ origin: 'https://a.example' }));
`,
    },
    call: ONE,
    after: {
      'src/main.ts': `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';

const creation = NestFactory.create(AppModule);
void creation.then(() => {});
`,
    },
  },
  {
    what: 'used otherwise than called',
    lines:
      "  const { enableCors } = app;\n  enableCors.call(app, { origin: 'https://a.example' });",
    todos: [['src/main.ts:6', '`enableCors` is used here in a way']],
  },
  {
    what: 'called by its name in brackets',
    lines: HTTPS.replace('.enableCors', "['enableCors']"),
    call: ONE,
  },
];

/** What else installs CORS. */
const LAYERS: readonly Odd[] = [
  {
    what: 'a plugin of Fastify',
    files: {
      'src/main.ts': fastifyMain("  await app.register(cors, { origin: 'https://a.example' });"),
    },
    call: ONE,
    after: {
      'src/main.ts': fastifyMain('', FASTIFY.split('\n').slice(1).join('\n')).replace(
        '\n\n  await',
        '\n  await',
      ),
    },
  },
  {
    what: 'a plugin with another type, on the instance',
    files: {
      'src/main.ts': fastifyMain(`  const fastify = app.getHttpAdapter().getInstance();
  await fastify.register(cors as never, { origin: 'https://a.example' });`),
    },
    call: ONE,
    after: {
      'src/main.ts': fastifyMain('', FASTIFY.split('\n').slice(1).join('\n')).replace(
        '\n\n  await',
        '\n  await',
      ),
    },
  },
  {
    what: 'middleware that is required',
    head: "const cors = require('cors');\n",
    lines: "  app.use(cors({ origin: 'https://a.example' }));",
    call: ONE,
    after: { 'src/main.ts': mainWith('').replace('\n\n  await', '\n  await') },
  },
  {
    what: 'middleware that is required in place',
    lines: "  app.use(require('cors')({ origin: 'https://a.example' }));",
    call: ONE,
  },
  {
    what: 'middleware of a path',
    head: "import cors from 'cors';\n",
    lines: "  app.use('/public', cors());",
    todos: [['src/main.ts:7', 'this layer serves some paths only']],
  },
  {
    what: 'middleware in a constant',
    head: "import cors from 'cors';\nconst middleware = cors();\n",
    lines: '  app.use(middleware);',
    todos: [['src/main.ts:4', 'another CORS layer is used here']],
  },
  {
    what: 'a gateway, of which a note speaks',
    lines: HTTPS,
    files: {
      'src/chat.gateway.ts': `import { WebSocketGateway } from '@nestjs/websockets';

@WebSocketGateway({ cors: { origin: '*' } })
export class ChatGateway {}
`,
    },
    call: ONE,
    compiles: false,
  },
  {
    what: 'options of create() with an adapter',
    files: {
      'src/main.ts': created(
        "new ExpressAdapter(), { cors: { origin: 'https://a.example' }, bufferLogs: true }",
        "import { ExpressAdapter } from '@nestjs/platform-express';\n",
      ),
    },
    call: ONE,
    after: {
      'src/main.ts': created(
        'new ExpressAdapter(), { bufferLogs: true }',
        "import { ExpressAdapter } from '@nestjs/platform-express';\n",
      ),
    },
  },
  {
    what: 'spread options of create()',
    files: {
      'src/main.ts': created('{ ...base, bufferLogs: true }', 'const base = { cors: true };\n'),
    },
    todos: [['src/main.ts:6', 'the `cors` of these options (src/main.ts:3) is put together']],
  },
  {
    what: 'options of create() that a function returns',
    files: {
      'src/main.ts': created('options()', 'function options() {\n  return { cors: true };\n}\n'),
    },
    todos: [['src/main.ts:8', 'the `cors` of these options (src/main.ts:4) is put together']],
  },
  {
    what: 'no CORS in create()',
    files: { 'src/main.ts': created('{ cors: undefined }') },
    compiles: false,
  },
  {
    what: 'a layer in a test, which a test may create as well',
    lines: HTTPS,
    files: {
      'src/app.spec.ts': `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';

export async function start() {
  const app = await NestFactory.create(AppModule);
  app.enableCors();
  return app;
}
`,
    },
    call: ONE,
    todos: [['src/app.spec.ts:6', 'app.enableCors() in a test']],
  },
];

/** What a value was when it was read stays so. */
const READ_AT = 'the environment that this reads is set at ';
const VALUES: readonly Odd[] = [
  {
    what: 'a list that is read before `.env` is loaded',
    head: `import dotenv from 'dotenv';
const list = (process.env.ORIGINS ?? 'https://a.example').split(',');
dotenv.config();
`,
    lines: '  app.enableCors({ origin: list });',
    todos: [['src/main.ts:9', `${READ_AT}src/main.ts:5`]],
    compiles: false,
  },
  {
    what: 'a list that is read before `.env` is loaded by a function',
    head: `import { config } from 'dotenv';
const list = (process.env.ORIGINS ?? 'https://a.example').split(',');
function load() {
  config();
}
`,
    lines: '  load();\n  app.enableCors({ origin: list, methods: [process.env.METHOD ?? "GET"] });',
    todos: [['src/main.ts:12', `${READ_AT}src/main.ts:6`]],
    compiles: false,
  },
  {
    what: 'a list that is read after `.env` was loaded',
    head: `import dotenv from 'dotenv';
dotenv.config();
const list = (process.env.ORIGINS ?? 'https://a.example').split(',');
`,
    lines: '  app.enableCors({ origin: list });',
    call: `CorsModule.forRootAsync({
  useFactory: () => {
    const list = (process.env.ORIGINS ?? 'https://a.example').split(',');
    return { origin: list };
  },
})`,
    compiles: false,
  },
  {
    what: 'a variable that is set once the application is created',
    lines:
      "  process.loadEnvFile('.env.local');\n  app.enableCors({ origin: process.env.ORIGIN });",
    todos: [['src/main.ts:7', `${READ_AT}src/main.ts:6`]],
  },
  {
    what: 'a list that a function fills',
    head: `const list: string[] = [];
function fill(all: string[]) {
  all.push('https://a.example');
}
`,
    lines: '  fill(list);\n  app.enableCors({ origin: list, credentials: true });',
    todos: [['src/main.ts:11', '`list` is changed in another function']],
  },
  {
    what: 'a list that is changed later',
    head: "const list = ['https://a.example'];\n",
    lines: "  app.enableCors({ origin: list });\n  list[1] = 'https://b.example';",
    todos: [['src/main.ts:7', '`list` is changed in another function']],
  },
  {
    what: 'options that are widened by Object.assign',
    lines: `  const options = { origin: 'https://a.example' };
  Object.assign(options, { origin: true, credentials: true });
  app.enableCors(options);`,
    todos: [['src/main.ts:8', '`options` is built in several steps']],
  },
  {
    what: 'options that a function widens',
    head: 'function widen(one: { origin: string | boolean }) {\n  one.origin = true;\n}\n',
    lines:
      "  const options = { origin: 'https://a.example' };\n  widen(options);\n  app.enableCors(options);",
    todos: [['src/main.ts:11', '`options` is built in several steps']],
  },
  {
    what: 'options of another file that are changed here',
    head: "import { list } from './list';\n",
    lines: "  list.push('https://b.example');\n  app.enableCors({ origin: list });",
    files: { 'src/list.ts': "export const list = ['https://a.example'];\n" },
    todos: [['src/main.ts:8', '`list` is changed at src/main.ts:7']],
  },
  {
    what: 'options that are logged as well',
    lines:
      "  const options = { origin: 'https://a.example' };\n  app.enableCors(options);\n  console.log(options);",
    call: ONE,
  },
  {
    what: 'options that are there or not',
    lines: "  app.enableCors(process.env.A ? { origin: 'https://a.example' } : undefined);",
    call: `CorsModule.forRootAsync({
  useFactory: () => (process.env.A ? { origin: 'https://a.example' } : { origin: '*' }),
})`,
  },
  {
    what: 'an imported enum',
    head: "import { Page } from './pages';\n",
    lines: '  app.enableCors({ origin: [Page.Shop] });',
    files: { 'src/pages.ts': "export enum Page {\n  Shop = 'https://a.example',\n}\n" },
    call: 'CorsModule.forRootAsync({\n  useFactory: () => ({ origin: [Page.Shop] }),\n})',
  },
  {
    what: 'an enum of the main file',
    head: "enum Page {\n  Shop = 'https://a.example',\n}\n",
    lines: '  app.enableCors({ origin: [Page.Shop] });',
    todos: [['src/main.ts:9', '`Page` is declared where it cannot be read']],
  },
  {
    what: 'a file of another folder',
    files: {
      'src/main.ts': mainWith(
        "  app.enableCors({ origin: list, methods: ['GET'], maxAge });",
        "import { list } from './list';\nimport { maxAge } from './data.json';\n",
      ).replace('./app.module', './app/app.module'),
      'src/app/app.module.ts': MODULE,
      'src/list.ts': "export const list = ['https://a.example'];\n",
    },
    after: {
      'src/app/app.module.ts': `import { Module } from '@nestjs/common';
import { CorsModule } from 'nestjs-cors';
import { list } from '../list';
import { maxAge } from '../data.json';

@Module({
  imports: [CorsModule.forRoot({ origin: list, methods: ['GET'], maxAge })],
})
export class AppModule {}
`,
    },
    compiles: false,
  },
  {
    what: 'a path of its folder',
    files: {
      'src/main.ts': mainWith(
        "  app.enableCors({ origin: readFileSync(`${__dirname}/origins`, 'utf8').split('\\n') });",
        "import { readFileSync } from 'node:fs';\n",
      ).replace('./app.module', './app/app.module'),
      'src/app/app.module.ts': MODULE,
    },
    todos: [['src/main.ts:7', '`__dirname` means something else']],
  },
];

const module = (metadata: string, above = '') => ({
  'src/app.module.ts': `import { Module } from '@nestjs/common';
${above}
@Module(${metadata})
export class AppModule {}
`,
});
const written = (metadata: string, above = '') => ({
  'src/app.module.ts': `import { Module } from '@nestjs/common';
import { CorsModule } from 'nestjs-cors';
${above}
@Module(${metadata})
export class AppModule {}
`,
});

/** How root modules are written, and where from. */
const MODULES: readonly Odd[] = [
  {
    what: 'a module on one line',
    files: module('{}'),
    after: written(`{\n  imports: [${ONE}],\n}`),
  },
  {
    what: 'a module with a type',
    files: module('{ imports: [] } satisfies object'),
    after: written(`{ imports: [${ONE}] } satisfies object`),
  },
  {
    what: 'comments in the list',
    files: module(
      '{\n  imports: [\n    Inner, // the first\n    // more to come\n  ],\n}',
      '\n@Module({})\nclass Inner {}\n',
    ),
    after: written(
      `{\n  imports: [\n    Inner, // the first\n    ${ONE},\n    // more to come\n  ],\n}`,
      '\n@Module({})\nclass Inner {}\n',
    ),
  },
  {
    what: 'a comment in an empty list',
    files: module('{\n  imports: [\n    // none yet\n  ],\n}'),
    after: written(`{\n  imports: [\n    ${ONE},\n    // none yet\n  ],\n}`),
  },
  {
    what: 'imports of a constant',
    files: module('{ imports }', '\nconst imports: never[] = [];\n'),
    after: written(`{ imports: [...imports, ${ONE}] }`, '\nconst imports: never[] = [];\n'),
  },
  {
    what: 'imports that a spread may have',
    files: module('{ controllers: [], ...shared }', '\nconst shared = { imports: [] };\n'),
    todos: [['src/main.ts:6', '`...shared` may have the `imports`']],
  },
  {
    what: 'a CorsModule of its own',
    files: {
      'src/cors.module.ts':
        "import { Module } from '@nestjs/common';\n\n@Module({})\nexport class CorsModule {}\n",
      ...module('{ imports: [CorsModule] }', "import { CorsModule } from './cors.module';\n"),
    },
    todos: [['src/main.ts:6', '`CorsModule` is the name of something else']],
  },
  {
    what: 'a CorsModule in a module that it imports',
    files: {
      'src/core.module.ts': `import { Module } from '@nestjs/common';
import { CorsModule } from 'nestjs-cors';

@Module({ imports: [CorsModule.forRoot({ origin: 'https://b.example' })] })
export class CoreModule {}
`,
      ...module('{ imports: [CoreModule] }', "import { CoreModule } from './core.module';\n"),
    },
    todos: [['src/main.ts:6', 'this layer beside `CorsModule` is refused at boot']],
  },
  {
    what: 'a module by a default export and a re-export',
    files: {
      'src/app/app.module.ts': MODULE.replace('export class', 'export default class'),
      'src/app/index.ts': "export { default as Root } from './app.module';\n",
      'src/main.ts': mainWith(HTTPS).replace(
        "{ AppModule } from './app.module'",
        "{ Root as AppModule } from './app'",
      ),
    },
    after: {
      'src/app/app.module.ts': MODULE.replace('export class', 'export default class')
        .replace('[]', `[${ONE}]`)
        .replace('\n\n', "\nimport { CorsModule } from 'nestjs-cors';\n\n"),
    },
  },
  {
    what: 'names of whole packages',
    files: {
      'src/main.ts': mainWith(HTTPS)
        .replace('{ NestFactory }', '* as core')
        .replace('{ AppModule }', '* as root')
        .replace('NestFactory.create(AppModule)', 'core.NestFactory.create(root.AppModule)'),
    },
    call: ONE,
  },
  {
    what: 'a module that is required',
    files: {
      'src/main.ts': mainWith(HTTPS)
        .replace(
          "import { NestFactory } from '@nestjs/core'",
          "const { NestFactory } = require('@nestjs/core')",
        )
        .replace(
          "import { AppModule } from './app.module'",
          "const { AppModule } = require('./app.module')",
        ),
    },
    todos: [['src/main.ts:5', '`AppModule` is built or loaded by a function']],
  },
  {
    what: 'a module of a package',
    files: { 'src/main.ts': mainWith(HTTPS).replace('./app.module', '@acme/app') },
    todos: [['src/main.ts:5', '`AppModule` is not declared in this project']],
    compiles: false,
  },
  {
    what: 'a module with a method that makes it',
    files: {
      'src/main.ts': mainWith(HTTPS).replace('create(AppModule)', 'create(AppModule.forRoot())'),
      'src/app.module.ts': MODULE.replace(
        'AppModule {}',
        'AppModule {\n  static forRoot() {\n    return { module: AppModule };\n  }\n}',
      ),
    },
    call: ONE,
  },
  {
    what: 'a module in the same file, with a list below it',
    files: {
      'src/main.ts': `import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

@Module({
  imports: [],
})
class AppModule {}

const list = ['https://a.example'];
async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  app.enableCors({ origin: list });
  await app.listen(3000);
}
void bootstrap();
`,
      'src/app.module.ts': '',
    },
    after: {
      'src/main.ts': `import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CorsModule } from 'nestjs-cors';

@Module({
  imports: [
    CorsModule.forRootAsync({
      useFactory: () => ({ origin: list }),
    }),
  ],
})
class AppModule {}

const list = ['https://a.example'];
async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  await app.listen(3000);
}
void bootstrap();
`,
    },
  },
];

const script = (lines: string) => `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';

export async function run() {
  const app = await NestFactory.create(AppModule);
${lines}
}
`;
const SHARED = 'the application at src/script.ts:5 has no CORS';

/** Several applications of one root module. */
const SEVERAL: readonly Odd[] = [
  {
    what: 'a script that fills a database',
    lines: HTTPS,
    files: {
      'src/script.ts': script('  await app.init();\n  app.get(AppModule);\n  await app.close();'),
    },
    call: ONE,
  },
  {
    what: 'a script without HTTP',
    lines: HTTPS,
    files: {
      'src/script.ts': script('  await app.close();').replace(
        'create(',
        'createApplicationContext(',
      ),
    },
    call: ONE,
  },
  {
    what: 'a function in a cloud, which serves',
    lines: HTTPS,
    files: {
      'src/script.ts': script('  await app.init();\n  return app.getHttpAdapter().getInstance();'),
    },
    todos: [['src/main.ts:6', SHARED]],
  },
  {
    what: 'a function that hands the application out',
    lines: HTTPS,
    files: { 'src/script.ts': script('  return app;') },
    todos: [['src/main.ts:6', SHARED]],
  },
  {
    what: 'two with one policy',
    lines: HTTPS,
    files: { 'src/script.ts': mainWith(HTTPS) },
    call: ONE,
  },
  {
    what: 'two with two policies',
    lines: HTTPS,
    files: { 'src/script.ts': mainWith(HTTPS.replace('a.example', 'b.example')) },
    todos: [
      [
        'src/main.ts:6',
        'the application of `app.enableCors({…})` (src/script.ts:6) has the same root',
      ],
    ],
  },
];

/** How files are written. */
const TEXTS: readonly Odd[] = [
  {
    what: 'comments within options',
    lines: `  // pages
  app.enableCors({
    // of production
    origin: [
      'https://a.example', // shop
      /* admin */ 'https://b.example',
    ],
    credentials: true, // needed
    optionsSuccessStatus: 204, // old browsers
  }); // CORS`,
    call: `CorsModule.forRoot({
  // of production
  origin: [
    'https://a.example', // shop
    /* admin */ 'https://b.example',
  ],
  credentials: true, // needed
})`,
  },
  {
    what: 'no semicolons, but one before a parenthesis',
    files: {
      'src/main.ts': `import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'

async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  app.enableCors({ origin: 'https://a.example' })
  ;[1].forEach(String)
  await app.listen(3000)
}
void bootstrap()
`,
    },
    call: ONE,
    after: {
      'src/main.ts': `import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'

async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  ;[1].forEach(String)
  await app.listen(3000)
}
void bootstrap()
`,
    },
  },
  {
    what: 'two statements on a line',
    lines: `${HTTPS} app.enableShutdownHooks();`,
    call: ONE,
    after: { 'src/main.ts': mainWith('  app.enableShutdownHooks();') },
  },
  {
    what: 'a mark of the byte order, and a line for the shell',
    files: {
      'src/main.ts': `#!/usr/bin/env node\n${mainWith(HTTPS)}`,
      'src/app.module.ts': `\uFEFF${MODULE}`,
    },
    call: ONE,
    after: {
      'src/main.ts': `#!/usr/bin/env node\n${mainWith('').replace('\n\n  await', '\n  await')}`,
    },
  },
  { what: 'an old assertion of a type', lines: HTTPS.replace('({', '(<object>{'), call: ONE },
  { what: 'a new assertion of a type', lines: HTTPS.replace('})', '} as const)'), call: ONE },
  {
    what: 'generics, and options of a function',
    lines:
      "  const pick = <T,>(one: T) => one;\n  app.enableCors({ origin: pick<string>('https://a.example') });",
    call: `CorsModule.forRootAsync({
  useFactory: () => {
    const pick = <T,>(one: T) => one;
    return { origin: pick<string>('https://a.example') };
  },
})`,
  },
  {
    what: 'a file that does not parse',
    lines: HTTPS,
    files: { 'src/other.ts': "import cors from 'cors';\nexport const broken = {;\n" },
    call: ONE,
    todos: [['src/other.ts:2', 'this file does not parse']],
    compiles: false,
  },
  {
    what: 'a template that does not parse, and is none of ours',
    lines: HTTPS,
    files: { 'templates/entity.ts': 'export class <%= name %> {}\n' },
    call: ONE,
    compiles: false,
  },
];

const ALL = [CONDITIONS, LAYERS, VALUES, MODULES, SEVERAL, TEXTS].flat();

let root = '';
const folderOf = (index: number) => join(root, String(index));
const migrations: Migration[] = [];
const filesOf = ({ lines = HTTPS, head, files }: Odd) => ({
  'src/app.module.ts': MODULE,
  'src/main.ts': mainWith(lines, head),
  ...files,
});
const read = (index: number, name: string) => readFileSync(join(folderOf(index), name), 'utf8');

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'odd-'));
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
  for (const [index, odd] of ALL.entries()) {
    for (const [name, text] of Object.entries(filesOf(odd))) {
      mkdirSync(dirname(join(folderOf(index), name)), { recursive: true });
      writeFileSync(join(folderOf(index), name), text);
    }
    const migration = await migrate(folderOf(index), { whereNone: false });
    writeChanges(migration.changes);
    migrations.push(migration);
  }
}, 120_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

it.each(ALL.map((odd, index) => [odd.what, index, odd] as const))(
  '%s',
  (_, index, { call, todos = [], after = {} }) => {
    const found = (migrations[index]?.entries ?? [])
      .filter(({ kind }) => kind === 'todo')
      .map(({ place, text }) => [`${place.file}:${place.line}`, text]);
    expect(found).toEqual(todos.map(([place, text]) => [place, expect.stringContaining(text)]));
    const [name = 'src/app.module.ts'] = Object.keys(filesOf(ALL[index] ?? { what: '' })).filter(
      (one) => read(index, one).includes("{ CorsModule } from 'nestjs-cors'"),
    );
    const isWritten = migrations[index]?.changes.some((one) => one.name === name) ?? false;
    const text = isWritten ? callIn(read(index, name)) : '';
    expect(text).toBe(call ?? (Object.keys(after).includes(name) ? text : ''));
    const texts = Object.keys(after).map((one) => [one, read(index, one)]);
    expect(Object.fromEntries(texts)).toEqual(after);
  },
);

it('nothing changes in a second run, and what was left to a person still is', async () => {
  for (const [index, { what }] of ALL.entries()) {
    const again = await migrate(folderOf(index), { whereNone: false });
    const todos = (one: Migration | undefined) => one?.entries.some(({ kind }) => kind === 'todo');
    expect([what, again.changes, todos(again)]).toEqual([what, [], todos(migrations[index])]);
  }
});

it('what was written compiles', () => {
  const files = ALL.flatMap((odd, index) =>
    odd.compiles === false
      ? []
      : Object.keys(filesOf(odd)).map((name) => join(folderOf(index), name)),
  );
  const cwd = process.cwd();
  const { config } = ts.readConfigFile(join(cwd, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, cwd);
  const program = ts.createProgram(files, {
    ...options,
    declaration: false,
    module: ts.ModuleKind.Preserve,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    verbatimModuleSyntax: false,
    noPropertyAccessFromIndexSignature: false,
    noUnusedLocals: true,
  });
  const faults = ts
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) => [
      file?.fileName.replace(root, ''),
      ts.flattenDiagnosticMessageText(messageText, '\n').split('\n', 1)[0],
    ]);
  expect(faults).toEqual([]);
}, 120_000);

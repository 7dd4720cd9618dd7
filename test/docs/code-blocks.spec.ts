/**
 * The pages are programs: `README.md` and `docs/*.md`. Rules for writers:
 *
 * - Each `ts` block is compiled as a module. Blocks under one heading may import one another:
 *   a first line such as `// app.module.ts` names the file. Code for browsers is a `js` block.
 * - A section with an `AppModule`, or with a block that calls `NestFactory.create()`, is started on
 *   both platforms; on one, if it imports that platform.
 * - An `http` block is a request and, from `HTTP/1.1` on, the response: status, and **all** of its
 *   CORS headers and `Vary`; other headers and a body are compared if they are given.
 * - A `console` block does the same with `curl -si`, and shows what `npx nestjs-cors` prints.
 * - A `text` block in such a section is what the application prints: in its log, with `console.log`,
 *   or when it refuses to start. Only white space may differ.
 * - Blocks with `it()` are tests; they run.
 */
import * as vm from 'node:vm';
import { runCli } from '../../lib/cli/run-cli.js';
import { PLATFORMS, type Platform } from '../support/platforms.js';
import { send } from '../support/send.js';
import { recorder } from '../unit/cli/recorder.js';
import { type Exchange, readCommands, readCurl, readHttp } from './exchange.js';
import { pages, readSections, repository } from './page.js';
import { compile, type Compiled, type Program, programOf } from './program.js';
import { runProgram, type RunningProgram } from './run-program.js';

const root = repository();
const programs = pages(root)
  .flatMap((page) => readSections(root, page))
  .map(programOf)
  .filter(({ files }) => files.size > 0);

let compiled: Compiled;
beforeAll(() => {
  compiled = compile(root, programs);
}, 120_000);

it('every ts block compiles', () => {
  expect(compiled.errors).toEqual([]);
});

const runs = programs
  .filter(isRunnable)
  .flatMap((program) =>
    platformsOf(program).map((platform) => ({ program, platform, name: nameOf(program) })),
  );

describe.each(runs)('$name on $platform', ({ program, platform }) => {
  const { blocks } = program.section;
  const of = (language: string) => blocks.filter((block) => block.language === language);
  let running: RunningProgram | undefined;

  beforeAll(async () => {
    running = await runProgram(program, compiled.outputs, platform);
  }, 60_000);
  afterAll(() => running?.close());

  it('runs', async () => {
    for (const { name, run } of running?.tests ?? []) {
      await Promise.resolve(run()).catch((error: unknown) => {
        throw new Error(name, { cause: error });
      });
    }
  });

  for (const block of blocks.filter(({ language }) => /^(http|console)$/.test(language))) {
    const commands = block.language === 'console' ? readCommands(block) : [];
    const exchanges =
      block.language === 'http'
        ? [readHttp(block)]
        : commands.filter(({ words }) => words[0] === 'curl').map(readCurl);
    for (const exchange of exchanges) {
      it(`${exchange.title} (line ${block.line})`, () => expectAnswer(running?.port, exchange));
    }
    const checks = commands.filter(
      ({ words }) => words.slice(0, 2).join(' ') === 'npx nestjs-cors',
    );
    for (const { words, output } of checks) {
      it(`${words.join(' ')} (line ${block.line})`, async () => {
        const { terminal, out, error } = recorder();
        const port = String(running?.port);
        await runCli(
          words.slice(2).map((word) => word.replace(':3000', `:${port}`)),
          terminal,
        );
        expect((error() + out()).replaceAll(port, '3000').trimEnd()).toBe(output);
      });
    }
  }

  for (const { code, line } of of('text')) {
    it(`it says so (line ${line})`, () => {
      expect(flat(running?.said() ?? '')).toContain(flat(code));
    });
  }
});

async function expectAnswer(port = 0, { answer, ...asked }: Exchange): Promise<void> {
  const got = await send(port, asked.method, asked.path, { ...asked.headers }, asked.body, {
    headOnly: answer.body === undefined,
  });
  const isCors = (name: string) => /^(access-control-|cors-|vary$|timing-allow-origin$)/.test(name);
  const shown = got.lines.filter(([name]) => isCors(name) || name in answer.headers);
  expect({
    status: answer.status === undefined ? undefined : got.status,
    headers: Object.fromEntries(shown),
    lines: shown.length,
    body: answer.body === undefined ? undefined : got.body.trim(),
  }).toEqual({ ...answer, lines: Object.keys(answer.headers).length });
}

function isRunnable({ files, section }: Program): boolean {
  return (
    section.blocks.some(({ language }) => /^(http|console|text)$/.test(language)) ||
    [...files.values()].some(({ code }) => /class AppModule|NestFactory|^ *it\(/m.test(code))
  );
}

/** Both, or the one that the code is written for. */
function platformsOf({ files }: Program): Platform[] {
  const code = Array.from(files.values(), (file) => file.code).join('\n');
  return PLATFORMS.map(({ platform }) => platform).filter(
    (platform) =>
      (!code.includes("'@nestjs/platform-") || code.includes(`'@nestjs/platform-${platform}'`)) &&
      // It makes an Express application, whichever platform the tests are about.
      !(platform === 'fastify' && code.includes("'@nestjs/testing'")) &&
      // Both import @fastify/static on their own, which jest cannot do in ES modules.
      !(
        platform === 'fastify' &&
        'SourceTextModule' in vm &&
        /'@nestjs\/(swagger|serve-static)'/.test(code)
      ),
  );
}

function nameOf({ section }: Program): string {
  return `${section.page}: ${section.heading}`;
}

function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

import type { AbstractHttpAdapter } from '@nestjs/core';
import type { INestApplication, NestApplicationOptions, Type } from '@nestjs/common';
import { PLATFORMS, type Platform } from '../support/platforms.js';
import { fourDigitPort } from './four-digit-port.js';
import type { Program } from './program.js';

/** A test that a block declares with `it()`. */
export interface DeclaredTest {
  readonly name: string;
  readonly run: () => unknown;
}

/** A running program: its output, and its application if it has one. */
export interface RunningProgram {
  /** What it logged and printed, and the error it refused to start with. */
  said(): string;
  readonly port: number;
  readonly tests: readonly DeclaredTest[];
  close(): Promise<void>;
}

type Evaluate = (...args: readonly unknown[]) => Promise<void>;
const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor as new (
  ...code: readonly string[]
) => Evaluate;

/**
 * Runs the blocks of a section on a platform. `NestFactory.create()` of a block takes that
 * platform's adapter, and `listen()` a free port; without a block that calls it, the exported
 * `AppModule` is started.
 */
export async function runProgram(
  { files }: Program,
  outputs: Readonly<Record<string, string>>,
  platform: Platform,
): Promise<RunningProgram> {
  const said: string[] = [];
  const tests: DeclaredTest[] = [];
  const closing: (() => unknown)[] = [];
  let started: INestApplication | undefined;
  let port = 0;

  const say = (...values: readonly unknown[]) => said.push(values.map(String).join(' '));
  const logger = { log: say, warn: say, error: say };
  const core = await import('@nestjs/core');
  const adapter = () => PLATFORMS.find((one) => one.platform === platform)?.adapter();

  async function create(module: Type, ...rest: readonly unknown[]): Promise<INestApplication> {
    const own = rest.find((value): value is AbstractHttpAdapter => isAdapter(value));
    const options = rest.find((value) => !isAdapter(value)) as NestApplicationOptions | undefined;
    const app = await core.NestFactory.create(module, own ?? (adapter() as AbstractHttpAdapter), {
      abortOnError: false,
      logger,
      ...options,
    });
    closing.push(() => app.close());
    const proxy: INestApplication = new Proxy(app, {
      get: (target, key) =>
        key === 'listen'
          ? async () => {
              port = await fourDigitPort();
              await target.listen(port, '127.0.0.1');
            }
          : Reflect.get(target, key),
    });
    started = proxy;
    return proxy;
  }

  const globals = {
    console: { log: say, table: say, error: say, warn: say },
    describe: (_: string, declare: () => void) => declare(),
    it: (name: string, run: () => unknown) => tests.push({ name, run }),
    beforeAll: (run: () => unknown) => tests.push({ name: 'beforeAll', run }),
    afterAll: (run: () => unknown) => closing.unshift(run),
  };

  const loaded = new Map<string, Record<string, unknown>>();
  async function load(name: string): Promise<Record<string, unknown>> {
    const earlier = loaded.get(name);
    if (earlier) return earlier;
    const exports: Record<string, unknown> = {};
    loaded.set(name, exports);
    const file = files.get(name);
    if (file === undefined) throw new Error(`No block of this section is ${name}.`);
    const code = outputs[file.path] ?? '';
    const imported = new Map<string, unknown>();
    for (const [, specifier = ''] of code.matchAll(/require\("([^"]+)"\)/g)) {
      imported.set(specifier, await resolve(specifier));
    }
    const names = ['exports', 'require', ...Object.keys(globals)];
    const run = new AsyncFunction(...names, code);
    await run(exports, (wanted: string) => imported.get(wanted), ...Object.values(globals));
    return exports;
  }

  async function resolve(specifier: string): Promise<unknown> {
    if (specifier.startsWith('./')) return load(specifier.slice(2).replace(/\.js$/, '.ts'));
    if (specifier === '@nestjs/core') {
      return { ...core, NestFactory: Object.assign(Object.create(core.NestFactory), { create }) };
    }
    return import(specifier);
  }

  try {
    for (const name of files.keys()) await load(name);
    const modules = Array.from(loaded.values(), ({ AppModule }) => AppModule);
    const root = modules.find((module) => module !== undefined);
    if (root !== undefined && started === undefined && tests.length === 0) {
      await (await create(root as Type)).listen(0);
    }
  } catch (error) {
    said.push(error instanceof Error ? error.message : String(error));
    if (!(error instanceof Error) || error.name !== 'CorsConfigError') {
      for (const close of closing) await close();
      throw error;
    }
  }
  return {
    said: () => said.join('\n'),
    get port() {
      return port;
    },
    tests,
    close: async () => {
      for (const close of closing) await close();
    },
  };
}

function isAdapter(value: unknown): value is AbstractHttpAdapter {
  return typeof value === 'object' && value !== null && 'getInstance' in value;
}

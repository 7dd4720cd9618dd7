import { connect } from 'node:net';
import { Controller, Get, Injectable, Put, type DynamicModule } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import express from 'express';
import { Cors, CorsModule } from 'nestjs-cors';
import { PLATFORMS, type Platform } from '../support/platforms.js';
import { startOn } from '../support/start-on.js';
import { runs } from './runs.js';

// An uncaught exception or an unhandled rejection fails the test.

const APP = 'https://app.example.com';
const ORIGINS = [
  APP,
  'https://evil.example.org',
  'null',
  'https://',
  'x'.repeat(600),
  '\u00e9\u0080',
];
const PATHS = [
  '/listed',
  '/asked',
  '/classed',
  '/open',
  '/off',
  '/hosted',
  '/none',
  '/%',
  '/a?b=%ff',
];
const METHODS = ['GET', 'PUT', 'OPTIONS', 'HEAD', 'DELETE'];
const NAMES = ['x-a', 'x-a,x-b', ',,', '{', 'x'.repeat(200)];

/** A small generator of its own (xorshift): the same requests each time. */
function generator(seed: number) {
  let state = seed;
  const below = (limit: number) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
  const one = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  return { below, one };
}
type Random = ReturnType<typeof generator>;

/** Things that nobody should throw. */
const THROWN: readonly (() => unknown)[] = [
  () => new Error('\u001b[31m no'),
  () => undefined,
  () => null,
  () => Object.assign(new Error(), { message: 1n }),
  () => new Proxy(new Error(), { get: () => sabotage(), getPrototypeOf: () => sabotage() }),
];
function sabotage(): never {
  throw new Error('trap');
}

/** One hook of the application: now and then it throws, rejects, or is late. */
function unreliable<T>(random: Random, answer: () => T, mayBeLate: boolean) {
  return (): T => {
    const dice = random.below(10);
    const thrown = random.one(THROWN);
    if (dice < 3) throw thrown();
    // oxlint-disable-next-line prefer-promise-reject-errors
    if (dice === 3) return Promise.reject(thrown()) as T;
    if (dice === 4 && mayBeLate) return new Promise((yes) => setImmediate(yes, answer())) as T;
    return dice === 5 ? ({} as T) : answer();
  };
}

function application(random: Random): DynamicModule {
  @Injectable()
  class Partners {
    scope = unreliable(random, () => `tenant ${random.below(3)}`, false);
    isAllowed = unreliable(random, () => random.below(2) === 0, true);
  }

  @Controller()
  class RoutesController {
    @Get('listed') @Cors({ origin: APP }) listed() {
      return {};
    }
    @Put('listed') @Cors({ origin: APP }) put() {
      return {};
    }
    @Get('asked') asked() {
      return {};
    }
    @Get('classed') @Cors({ origin: Partners }) classed() {
      return {};
    }
    @Get('open') @Cors({ origin: '*' }) open() {
      return {};
    }
    @Get('off') @Cors(false) off() {
      return {};
    }
  }
  @Controller({ path: 'hosted', host: ':tenant.example.test' })
  class HostedController {
    @Get() get() {
      return {};
    }
  }
  const origin = unreliable(random, () => random.below(2) === 0, true);
  return {
    module: class AppModule {},
    imports: [
      CorsModule.forRoot({
        // A closure, so that nothing takes it for a class.
        origin: () => origin(),
        reportOnly: { origin: () => origin() },
        diagnostics: true,
        resolver: { ttl: 1000, max: 10, timeout: 1000 },
      }),
    ],
    controllers: [RoutesController, HostedController],
    providers: [Partners],
  };
}

function adapterOf(platform: Platform, trust: () => boolean) {
  return platform === 'express'
    ? new ExpressAdapter(express().set('trust proxy', trust))
    : new FastifyAdapter({ trustProxy: trust });
}

interface Request {
  readonly text: string;
  readonly path: string;
  readonly origin: string | undefined;
  /** In a preflight, the method that it asks about. */
  readonly method: string;
}

function requestOf(random: Random): Request {
  const method = random.one(METHODS);
  const path = random.one(PATHS);
  const origin = random.below(8) === 0 ? undefined : random.one(ORIGINS);
  const asked = random.below(2) === 0 ? random.one(METHODS) : undefined;
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: a.example.test', 'Connection: close'];
  if (origin !== undefined) lines.push(`Origin: ${origin}`);
  if (asked !== undefined) lines.push(`Access-Control-Request-Method: ${asked}`);
  if (random.below(3) === 0) lines.push(`Access-Control-Request-Headers: ${random.one(NAMES)}`);
  if (random.below(2) === 0) {
    lines.push('X-Forwarded-Host: b.example.test', 'X-Forwarded-Proto: https');
  }
  const isPreflight = method === 'OPTIONS' && origin !== undefined && asked !== undefined;
  return {
    text: `${lines.join('\r\n')}\r\n\r\n`,
    path,
    origin,
    method: isPreflight ? asked : method,
  };
}

function exchange(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    connect(port, '127.0.0.1')
      .setEncoding('latin1')
      .on('data', (part: string) => (received += part))
      .on('error', reject)
      .on('close', () => resolve(received))
      .write(text, 'latin1');
  });
}

const FIXED: Readonly<Record<string, (origin: string | undefined) => string | undefined>> = {
  '/listed': (origin) => (origin === APP ? APP : undefined),
  '/open': () => '*',
  '/off': () => undefined,
};

/** What is wrong with the CORS headers of a response; undefined: nothing. */
function fault(received: string, { path, origin, method }: Request): string | undefined {
  const [head = ''] = received.split('\r\n\r\n', 1);
  if (!/^HTTP\/1\.1 \d{3} /.test(head)) return 'no response';
  const of = (name: string) =>
    [...head.matchAll(new RegExp(`^${name}: (.*)$`, 'gim'))].map(([, value]) => value?.trim());
  const [allowed, second] = of('access-control-allow-origin');
  const varies = of('vary').some((value) => /(?:^|, *)origin(?:,|$)/i.test(value ?? ''));
  if (second !== undefined) return 'two lines';
  if (/[^ -~\r\n]/.test(head)) return 'unescaped';
  // Where no hook has a say, nothing may change what the policy says.
  const fixed = method === 'GET' || method === 'HEAD' ? FIXED[path] : undefined;
  const isRefused = head.startsWith('HTTP/1.1 403');
  if (fixed !== undefined && allowed !== (isRefused ? undefined : fixed(origin))) {
    return 'not the policy';
  }
  if (allowed !== undefined && allowed !== '*' && allowed !== origin) return 'another origin';
  return varies || (fixed !== undefined && path !== '/listed') ? undefined : 'no Vary';
}

it.each(PLATFORMS)(
  'whatever fails on the way, $platform answers, grants no more than the policy, and varies',
  async ({ platform }) => {
    const random = generator(20_261_129);
    const failing = unreliable(random, () => undefined, true);
    // What Nest itself logs, such as the 500 of a trust-proxy function, is the application's own.
    const log = (...parts: unknown[]) => (parts.includes('CorsModule') ? failing() : undefined);
    // An error: what Express and Nest make of stranger things is their own.
    const trust = () => {
      if (random.below(3) === 0) throw new Error('trust');
      return true;
    };
    const { app, port } = await startOn(adapterOf(platform, trust), application(random), {
      // Quiet while it starts.
      logger: { log: () => undefined, warn: log, error: log },
    });
    const faults: string[] = [];
    try {
      for (let run = runs(400); run > 0; run -= 10) {
        const requests = Array.from({ length: 10 }, () => requestOf(random));
        const answers = await Promise.all(requests.map(({ text }) => exchange(port, text)));
        requests.forEach((request, index) => {
          const found = fault(answers[index] ?? '', request);
          if (found !== undefined) faults.push(`${found}: ${request.text}${answers[index]}`);
        });
      }
    } finally {
      await app.close();
    }
    expect(faults.slice(0, 3)).toEqual([]);
  },
  Number(process.env['CORS_FUZZ_RUNS'] ?? 0) + 60_000,
);

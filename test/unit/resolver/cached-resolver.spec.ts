import { jest } from '@jest/globals';
import type { CorsOriginResolver } from '../../../lib/options/cors-origin.js';
import type { CorsRequest } from '../../../lib/policy/policy.js';
import type { AskingFailure } from '../../../lib/resolver/ask-within.js';
import { CachedResolver } from '../../../lib/resolver/cached-resolver.js';

const APP = 'https://app.example.com';
const LIMITS = { ttl: 60_000, max: 10, timeout: 1000 };

const requestOf = (origin: string, hostname = 'acme.example.com'): CorsRequest => ({
  origin,
  method: 'GET',
  url: '/',
  hostname,
  protocol: 'https',
});

/** A resolver whose answers the test gives. */
class Database implements CorsOriginResolver {
  readonly asked: string[] = [];
  readonly signals: AbortSignal[] = [];
  answer: (origin: string, scope: string) => unknown = () => Promise.resolve(true);
  scope({ hostname }: CorsRequest): string {
    return hostname;
  }
  isAllowed(origin: string, scope: string, signal: AbortSignal): Promise<boolean> {
    this.asked.push(`${scope} ${origin}`);
    this.signals.push(signal);
    return this.answer(origin, scope) as Promise<boolean>;
  }
}

function build(limits = LIMITS, database: CorsOriginResolver = new Database()) {
  const failures: AskingFailure[] = [];
  const cached = new CachedResolver(
    'Database',
    () => database,
    limits,
    (failure) => failures.push(failure),
  );
  const ask = (origin: string, hostname?: string) =>
    cached.ask(origin, requestOf(origin, hostname));
  return { cached, ask, failures, database: database as Database };
}

beforeEach(() => {
  // At 0 the cache would take a time for none.
  jest.useFakeTimers().advanceTimersByTime(1);
});
afterEach(() => void jest.useRealTimers());

it('makes one look-up for 10,000 concurrent questions', async () => {
  const { ask, database } = build();
  let release: (yes: boolean) => void = () => undefined;
  database.answer = () => new Promise((resolve) => (release = resolve));
  const answers = Array.from({ length: 10_000 }, () => Promise.resolve(ask(APP)));
  release(true);
  expect(new Set(await Promise.all(answers))).toEqual(new Set([true]));
  expect(database.asked).toEqual([`acme.example.com ${APP}`]);
});

it.each([true, false])('remembers %s, and then answers at once', async (yes) => {
  const { ask, database, cached } = build();
  database.answer = () => Promise.resolve(yes);
  expect(await ask(APP)).toBe(yes);
  // Not a promise
  expect([ask(APP), ask(APP), database.asked.length, cached.size]).toEqual([yes, yes, 1, 1]);
});

it('accepts a synchronous answer', () => {
  const { ask, database } = build();
  database.answer = () => true;
  expect([ask(APP), ask(APP), database.asked.length]).toEqual([true, true, 1]);
});

it('keeps scopes apart, whatever is in them', async () => {
  const { ask, database } = build();
  database.answer = (_, scope) => Promise.resolve(scope === 'acme');
  const asked: unknown[] = [];
  for (const scope of ['acme', 'globex', `acme ${APP}`, '', '4 acme ']) {
    asked.push(await ask(APP, scope), ask(APP, scope));
  }
  expect(asked).toEqual([true, true, false, false, false, false, false, false, false, false]);
});

it('needs no scope', () => {
  const isAllowed = (origin: string, scope: string) => origin === APP && scope === '';
  const { ask } = build(LIMITS, { isAllowed });
  expect([ask(APP, 'one'), ask(APP, 'two'), ask('https://evil.example.org')]).toEqual([
    true,
    true,
    false,
  ]);
});

describe('a stale answer', () => {
  it('is served while it is refreshed', async () => {
    const { ask, database } = build();
    await ask(APP);
    jest.advanceTimersByTime(LIMITS.ttl + 1);
    let release: (yes: boolean) => void = () => undefined;
    database.answer = () => new Promise((resolve) => (release = resolve));
    expect([ask(APP), ask(APP), database.asked.length]).toEqual([true, true, 2]);
    release(false);
    await jest.advanceTimersByTimeAsync(0);
    expect([ask(APP), database.asked.length]).toEqual([false, 2]);
  });

  it.each<[how: string, answer: () => unknown]>([
    ['rejects', () => Promise.reject(new Error('away'))],
    ['hangs', () => new Promise(() => undefined)],
    ['says nonsense', () => Promise.resolve('yes')],
  ])('is gone when what is asked %s', async (_, answer) => {
    const { ask, database } = build();
    await ask(APP);
    jest.advanceTimersByTime(LIMITS.ttl + 1);
    database.answer = answer;
    expect(ask(APP)).toBe(true);
    await jest.advanceTimersByTimeAsync(LIMITS.timeout);
    const after = ask(APP);
    await jest.advanceTimersByTimeAsync(LIMITS.timeout);
    expect([await after, database.asked.length]).toEqual([false, 3]);
  });

  it('is not served once its refresh must be over, started or not', async () => {
    const { ask, database } = build();
    await ask(APP);
    jest.advanceTimersByTime(LIMITS.ttl + LIMITS.timeout + 1);
    database.answer = () => Promise.resolve(false);
    expect(await ask(APP)).toBe(false);
  });
});

describe('bounds', () => {
  it('do not let unknown origins evict known ones', async () => {
    const { ask, database, cached } = build();
    database.answer = (origin) => Promise.resolve(origin === APP);
    await ask(APP);
    for (let i = 0; i < 100; i += 1) await ask(`https://a${i}.example.org`);
    expect([ask(APP), cached.size]).toEqual([true, 11]);
  });

  it('also hold for known ones', async () => {
    const { ask, cached } = build();
    for (let i = 0; i < 100; i += 1) await ask(`https://a${i}.example.org`);
    expect(cached.size).toBe(10);
  });

  it.each<[what: string, scope: string, allowed: boolean]>([
    ['256 bytes', 'a'.repeat(256), true],
    ['257 bytes', 'a'.repeat(257), false],
    ['256 bytes of two each', 'ä'.repeat(128), true],
    ['258 bytes of two each', 'ä'.repeat(129), false],
  ])('of a scope: %s', async (_, scope, allowed) => {
    const { ask, failures, database } = build();
    expect([await ask(APP, scope), failures.length, database.asked.length]).toEqual(
      allowed ? [true, 0, 1] : [false, 1, 0],
    );
  });
});

describe('a missing answer counts as no, is reported, and is not remembered', () => {
  it.each<[problem: string, answer: () => unknown]>([
    ['it threw', () => thrown()],
    ['it threw', () => Promise.reject(new Error('away'))],
    ['it did not return a boolean but string', () => 'true'],
    ['it did not return a boolean but undefined', () => undefined],
    ['it did not return a boolean but null', () => Promise.resolve(null)],
    ['it gave no answer within 1000 ms', () => new Promise(() => undefined)],
    [
      'it threw',
      () => ({
        // A promise of another library, broken.
        // oxlint-disable-next-line unicorn/no-thenable
        get then() {
          return thrown();
        },
      }),
    ],
  ])('%s', async (problem, answer) => {
    const { ask, failures, database, cached } = build();
    database.answer = answer;
    const first = ask(APP);
    await jest.advanceTimersByTimeAsync(LIMITS.timeout);
    expect(await first).toBe(false);
    expect(failures.map((failure) => [failure.asked, failure.origin, failure.problem])).toEqual([
      ['Database', APP, problem],
    ]);
    expect([cached.size, database.signals.map(({ aborted }) => aborted)]).toEqual([0, [true]]);
    database.answer = () => Promise.resolve(true);
    expect(await ask(APP)).toBe(true);
  });

  it.each<[problem: string, scope: () => unknown]>([
    ['its scope() threw', () => thrown()],
    ['its scope() did not return a string but undefined', () => undefined],
    ['its scope() did not return a string but null', () => null],
    ['its scope() did not return a string but object', () => ({})],
    [
      'its scope() returned a promise; the scope must be known at once',
      () => Promise.resolve('acme'),
    ],
  ])('%s', (problem, scope) => {
    const { ask, failures } = build(LIMITS, {
      scope: scope as () => string,
      isAllowed: () => true,
    });
    expect([ask(APP), failures.map((failure) => failure.problem)]).toEqual([false, [problem]]);
  });

  it('before the application has made the instance', () => {
    const failures: AskingFailure[] = [];
    const cached = new CachedResolver(
      'Database',
      () => undefined,
      LIMITS,
      (failure) => failures.push(failure),
    );
    expect([cached.ask(APP, requestOf(APP)), failures.map(({ problem }) => problem)]).toEqual([
      false,
      ['the application has not started yet'],
    ]);
  });
});

describe('forget', () => {
  it('drops the answers of a scope, or all', async () => {
    const { ask, cached, database } = build();
    for (const scope of ['a', 'b', 'ab']) await ask(APP, scope);
    cached.forget('a');
    expect(cached.size).toBe(2);
    await ask(APP, 'a');
    expect(database.asked.slice(3)).toEqual([`a ${APP}`]);
    cached.forget();
    expect(cached.size).toBe(0);
  });

  it('does not keep what was being looked up', async () => {
    const { ask, cached, database } = build();
    let release: (yes: boolean) => void = () => undefined;
    database.answer = () => new Promise((resolve) => (release = resolve));
    const before = ask(APP);
    cached.forget('acme.example.com');
    database.answer = () => Promise.resolve(false);
    const after = ask(APP);
    release(true);
    // Questions asked before are answered, later ones are not.
    expect([await before, await after, ask(APP)]).toEqual([true, false, false]);
  });

  it('aborts look-ups when the application closes', async () => {
    const { ask, cached, database } = build();
    database.answer = () => new Promise(() => undefined);
    const pending = ask(APP);
    cached.close();
    expect(database.signals.map(({ aborted }) => aborted)).toEqual([true]);
    await jest.advanceTimersByTimeAsync(LIMITS.timeout);
    expect(await pending).toBe(false);
  });
});

function thrown(): never {
  throw new Error('away');
}

it('takes no memory for answers that nobody has asked for yet, whatever the maximum', () => {
  const used = () => {
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = used();
  const { cached } = build({ ...LIMITS, max: 1_000_000 });
  expect(used() - before).toBeLessThan(2_000_000);
  expect(cached.size).toBe(0);
});

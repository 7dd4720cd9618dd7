import { jest } from '@jest/globals';
import type { PathRoute, PathTable } from '../../../lib/routing/path-table.js';
import type { RouteEntry } from '../../../lib/routing/route-entry.js';
import { RouteTable } from '../../../lib/routing/route-table.js';

const ROUTES = 100;

/** A table of literal paths. Each route takes a millisecond to add, and so does each preparation. */
class SlowPaths implements PathTable<RouteEntry> {
  readonly added: RouteEntry[] = [];
  prepared = 0;
  /** The path that cannot be added. */
  broken: string | undefined;

  constructor(
    private readonly pass: (ms: number) => void,
    private readonly preparations: number,
  ) {}

  add({ value }: PathRoute<RouteEntry>): boolean {
    this.pass(1);
    if (value.path === this.broken) throw new TypeError(`no such path: ${value.path}`);
    this.added.push(value);
    return true;
  }

  prepare(): boolean {
    if (this.prepared === this.preparations) return false;
    this.pass(1);
    this.prepared += 1;
    return true;
  }

  candidates(_method: string, target: string): readonly RouteEntry[] {
    return this.added.filter(({ path }) => path === target);
  }

  match(target: string) {
    const found = this.candidates('GET', target);
    return { methods: found.map(({ method }) => method), candidates: () => found };
  }
}

const entryOf = (path: string): RouteEntry => ({
  method: 'GET',
  path,
  handler: 'C.h',
  policyIndex: 0,
  versioned: false,
});

const requestOf = (target: string) => ({
  method: 'GET',
  target,
  hostname: () => 'localhost',
  hostHeader: () => 'localhost',
});

/** A loaded table of a hundred routes, on a clock that only adding routes moves. */
async function build({ preparations = 0, routes = ROUTES } = {}) {
  let now = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
  const paths = new SlowPaths((ms) => (now += ms), preparations);
  const table = new RouteTable(() => Promise.resolve(paths));
  for (let index = 0; index < routes; index += 1) table.add(entryOf(`/${index}`));
  await table.ready();
  return { table, paths, done: () => paths.added.length + paths.prepared };
}

const unexpected = (error: unknown) => {
  throw error;
};
const pathsAt = (table: RouteTable, target: string) =>
  table.candidates(requestOf(target)).map(({ path }) => path);

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['performance', 'nextTick', 'queueMicrotask'] });
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

describe('filling the path table', () => {
  it('does not begin by itself, when routes are registered and the table is loaded', async () => {
    const { done } = await build();
    expect([done(), jest.getTimerCount()]).toEqual([0, 0]);
  });

  it('holds the event loop for a few milliseconds at a time, and ends', async () => {
    const { table, paths, done } = await build({ preparations: 50 });
    table.startFilling(unexpected);
    const slices: number[] = [];
    for (let before = 0; jest.getTimerCount() > 0; before = done()) {
      jest.advanceTimersToNextTimer();
      slices.push(done() - before);
    }
    expect(Math.max(...slices)).toBeLessThanOrEqual(3);
    expect([paths.added.length, paths.prepared]).toEqual([ROUTES, 50]);
  });

  it('has one slice at a time, whoever starts it again', async () => {
    const { table } = await build();
    table.startFilling(unexpected);
    table.startFilling(unexpected);
    expect(jest.getTimerCount()).toBe(1);
  });

  it('is finished at once by a request that comes before the last slice', async () => {
    const { table, paths } = await build();
    table.startFilling(unexpected);
    jest.advanceTimersToNextTimer();
    expect(paths.added.length).toBeLessThan(ROUTES);
    expect(pathsAt(table, `/${ROUTES - 1}`)).toEqual([`/${ROUTES - 1}`]);
    expect(paths.added.map(({ path }) => path)).toEqual(
      Array.from({ length: ROUTES }, (_, index) => `/${index}`),
    );
    jest.runAllTimers();
    expect(paths.added).toHaveLength(ROUTES);
  });

  it('is finished at once by a request where nothing has begun it', async () => {
    const { table, paths } = await build();
    const target = table.preflightTarget(requestOf('/7'), [], 0, 1);
    expect(target.serving.map(({ path }) => path)).toEqual(['/7']);
    expect(paths.added).toHaveLength(ROUTES);
  });

  it('takes routes that are registered meanwhile, after those before them', async () => {
    const { table, paths } = await build();
    table.startFilling(unexpected);
    jest.advanceTimersToNextTimer();
    table.add(entryOf('/late'));
    expect(table.ready()).toBeUndefined();
    jest.runAllTimers();
    expect(paths.added.at(-1)?.path).toBe('/late');
    table.add(entryOf('/later'));
    expect(pathsAt(table, '/later')).toEqual(['/later']);
  });

  it('lists every route before any is in the table', async () => {
    const { table, done } = await build();
    expect([table.entries.size, done()]).toEqual([ROUTES, 0]);
  });

  it('stops when it is told to, and does not begin again', async () => {
    const { table, done } = await build();
    table.startFilling(unexpected);
    jest.advanceTimersToNextTimer();
    const before = done();
    table.stopFilling();
    jest.runAllTimers();
    expect([done(), jest.getTimerCount()]).toEqual([before, 0]);
  });

  it('reports once what adding a route throws; then each look-up throws it', async () => {
    const { table, paths } = await build();
    paths.broken = '/5';
    const failures: unknown[] = [];
    table.startFilling((error) => failures.push(error));
    jest.runAllTimers();
    expect(failures).toEqual([new TypeError('no such path: /5')]);
    // Not even a route that is in the table: one before it might be missing.
    for (const target of ['/1', '/5', '/50']) {
      expect(() => table.candidates(requestOf(target))).toThrow('no such path: /5');
    }
    expect(paths.added).toHaveLength(5);
  });
});

it('a table that is being filled does not keep the process alive', async () => {
  const { table } = await build();
  jest.useRealTimers();
  const before = process.getActiveResourcesInfo();
  table.startFilling(unexpected);
  expect(process.getActiveResourcesInfo()).toEqual(before);
  table.stopFilling();
});

it('nothing is loaded where there is no route', () => {
  const table = new RouteTable(() => Promise.reject(new Error('never')));
  expect(table.ready()).toBeUndefined();
  expect(table.candidates(requestOf('/'))).toEqual([]);
});

it('a path table that cannot be loaded is reported to whoever waits for it', async () => {
  const table = new RouteTable(() => Promise.reject(new Error('no such module')));
  table.add(entryOf('/'));
  await expect(table.ready()).rejects.toThrow('no such module');
});

import { PreflightCache } from '../../../../lib/browser/fetch/preflight-cache.js';
import type { PreflightQuery } from '../../../../lib/browser/fetch/preflight-query.js';

const query: PreflightQuery = {
  url: 'https://api.example.com/x?a=1',
  origin: 'https://app.example.com',
  method: 'PUT',
  unsafeNames: ['x-a'],
  writtenNames: ['x-a'],
  credentialed: false,
  forced: false,
  repeated: false,
};

/** A cache with a clock, which has kept one answer for ten seconds. */
function cacheOf(
  methods: readonly string[],
  headers: readonly string[],
  requested: Partial<PreflightQuery> = {},
) {
  const clock = { now: 1000 };
  const cache = new PreflightCache(() => clock.now);
  cache.store({ ...query, ...requested }, { methods, headers, seconds: 10 });
  return {
    cache,
    clock,
    covers: (changes: Partial<PreflightQuery> = {}, browser: 'chromium' | 'firefox' = 'chromium') =>
      cache.covers({ ...query, ...changes }, browser),
  };
}

describe('PreflightCache', () => {
  it('covers what it kept', () => {
    const { covers } = cacheOf(['PUT', 'PATCH'], ['x-a', 'x-b']);
    expect(covers()).toBe(true);
    expect(covers({ method: 'PATCH', unsafeNames: ['x-b'] })).toBe(true);
    expect(covers({ method: 'GET' })).toBe(true);
    expect(covers({ method: 'DELETE' })).toBe(false);
    expect(covers({ method: 'put' })).toBe(false);
    expect(covers({ unsafeNames: ['x-a', 'x-c'] })).toBe(false);
  });

  it('keeps by origin and whole URL', () => {
    const { covers } = cacheOf(['PUT'], ['x-a']);
    expect(covers({ origin: 'https://b.test' })).toBe(false);
    expect(covers({ url: 'https://api.example.com/x?a=2' })).toBe(false);
  });

  it('forgets once an entry has expired', () => {
    const { covers, clock } = cacheOf(['PUT'], ['x-a']);
    clock.now = 10_999;
    expect(covers()).toBe(true);
    clock.now = 11_000;
    expect(covers()).toBe(false);
  });

  it('keeps nothing for zero seconds', () => {
    const cache = new PreflightCache(() => 0);
    cache.store(query, { methods: ['PUT'], headers: ['x-a'], seconds: 0 });
    expect(cache.covers(query, 'chromium')).toBe(false);
  });

  it('lets an entry with credentials cover requests without them, not the reverse', () => {
    expect(cacheOf(['PUT'], ['x-a'], { credentialed: true }).covers()).toBe(true);
    expect(cacheOf(['PUT'], ['x-a']).covers({ credentialed: true })).toBe(false);
  });

  it('reads * as everything but Authorization', () => {
    const { covers } = cacheOf(['*'], ['*']);
    expect(covers()).toBe(true);
    expect(covers({ unsafeNames: ['authorization'] })).toBe(false);
    expect(cacheOf(['*'], ['*', 'authorization']).covers({ unsafeNames: ['authorization'] })).toBe(
      true,
    );
  });

  it('reads * literally with credentials, and always in Firefox', () => {
    expect(cacheOf(['*'], ['*'], { credentialed: true }).covers()).toBe(false);
    expect(cacheOf(['*'], ['*']).covers({}, 'firefox')).toBe(false);
    expect(cacheOf(['PUT'], ['x-a']).covers({}, 'firefox')).toBe(true);
  });

  it('covers a forced preflight only by its method', () => {
    const { covers } = cacheOf(['POST'], []);
    expect(covers({ method: 'POST', unsafeNames: [], forced: true })).toBe(true);
    expect(covers({ method: 'GET', unsafeNames: [], forced: true })).toBe(false);
    expect(covers({ method: 'GET', unsafeNames: [], forced: false })).toBe(true);
  });

  it('renews what is kept, and keeps the rest', () => {
    const { cache, clock, covers } = cacheOf(['PUT', 'PATCH'], ['x-a']);
    clock.now = 6000;
    cache.store(query, { methods: ['PUT'], headers: ['x-a'], seconds: 1 });
    expect(covers({ method: 'PATCH' })).toBe(true);
    clock.now = 7000;
    expect(covers({ method: 'PATCH', unsafeNames: [] })).toBe(true);
    expect(covers({ unsafeNames: [] })).toBe(false);
  });

  it('forgets a URL on demand', () => {
    const { cache, covers } = cacheOf(['PUT'], ['x-a']);
    cache.clear({ ...query, url: 'https://api.example.com/y' });
    expect(covers()).toBe(true);
    cache.clear(query);
    expect(covers()).toBe(false);
  });
});

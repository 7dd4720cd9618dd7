import { jest } from '@jest/globals';
import { loadOriginTools, NO_ORIGIN_TOOLS } from '../../../../lib/options/origin/origin-tools.js';

const PATTERN = 'https://*.example.com';

describe('loadOriginTools', () => {
  test.each<[where: string, written: unknown]>([
    ['origin', { origin: PATTERN }],
    ['a list', { origin: ['https://a.example', PATTERN] }],
    ['policies', { origin: '*', policies: { public: { origin: [PATTERN] } } }],
    ['paths', { origin: '*', paths: { '/files/*': { origin: [PATTERN] } } }],
    ['reportOnly', { origin: '*', reportOnly: { origin: [PATTERN] } }],
    ['overrides', [{ origin: '*' }, [{ written: { origin: [PATTERN] } }]]],
    ['a policy in a list of configurations', [{ policies: { public: { origin: [PATTERN] } } }]],
    ['a key that is not enumerable', Object.defineProperty({}, 'origin', { value: PATTERN })],
  ])('a pattern in %s loads the list of public suffixes', async (_, written) => {
    const { suffixes } = await loadOriginTools(written);
    expect(['github.io', 'example.com'].map((host) => suffixes?.kindOf(host))).toEqual([
      'company',
      undefined,
    ]);
  });

  test.each<[written: unknown]>([
    [undefined],
    [null],
    ['*'],
    [{ origin: '*' }],
    [{ origin: ['https://a.example', 'http://localhost:*', 'http://[::1]:*'] }],
    [{ origin: () => true, policies: { public: { origin: '*' } } }],
    [{ origin: class Partners {} }],
    [{ origin: 'see https://*.example.com' }],
  ])('%j loads nothing', async (written) => {
    expect(await loadOriginTools(written)).toBe(NO_ORIGIN_TOOLS);
  });

  test.each<[where: string, written: unknown]>([
    ['origin', { origin: /^a$/ }],
    ['a list', { origin: ['https://a.example', /^a$/] }],
    ['policies', { origin: '*', policies: { public: { origin: [/^a$/] } } }],
    ['paths', { origin: '*', paths: { '/files/*': { origin: [/^a$/] } } }],
    ['reportOnly', { origin: '*', reportOnly: { origin: [/^a$/] } }],
    ['overrides', [{ origin: '*' }, [{ written: { origin: [/^a$/] } }]]],
  ])('a RegExp in %s loads the automata, and the list of public suffixes', async (_, written) => {
    const { regexps, suffixes } = await loadOriginTools(written);
    expect([typeof regexps?.readRegExp, suffixes?.kindOf('co.uk')]).toEqual([
      'function',
      'registry',
    ]);
  });

  test('a RegExp in an update loads what is missing', async () => {
    const loaded = await loadOriginTools(PATTERN);
    const { regexps, suffixes } = await loadOriginTools([/^a$/], loaded);
    expect(regexps).toBeDefined();
    expect(suffixes).toBe(loaded.suffixes);
  });

  test('nothing that is loaded already is loaded again', async () => {
    const loaded = await loadOriginTools([/^a$/]);
    expect(await loadOriginTools([/^b$/, PATTERN], loaded)).toBe(loaded);
  });

  test('a revoked proxy is left to its check', async () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(await loadOriginTools({ origin: proxy, policies: [proxy] })).toBe(NO_ORIGIN_TOOLS);
  });

  test('a long list is searched in steps, which other work goes on between', async () => {
    const now = jest.spyOn(performance, 'now');
    let time = 0;
    now.mockImplementation(() => (time += 5));
    let turns = 0;
    const turn = (): void => {
      turns += 1;
      next = setImmediate(turn);
    };
    let next = setImmediate(turn);
    const origin = Array.from({ length: 2560 }, (_, index) => `https://${index}.example`);
    try {
      expect(await loadOriginTools({ origin })).toBe(NO_ORIGIN_TOOLS);
      expect(turns).toBe(20);
    } finally {
      clearImmediate(next);
      now.mockRestore();
    }
  });

  test.each(['https://my-app-*.example.com', 'http://*.localhost:*', 'https://*'])(
    '%s is a pattern for names',
    async (written) => {
      const { regexps, suffixes } = await loadOriginTools(written);
      expect([regexps, suffixes?.kindOf('com')]).toEqual([undefined, 'registry']);
    },
  );

  test('a getter counts as a pattern and is not called', async () => {
    const written = {
      get origin(): string {
        throw new Error('The getter is called.');
      },
    };
    expect((await loadOriginTools(written)).suffixes).toBeDefined();
  });

  test('an object that contains itself does not loop', async () => {
    const written: Record<string, unknown> = {};
    written['self'] = written;
    expect(await loadOriginTools(written)).toBe(NO_ORIGIN_TOOLS);
  });

  test('a list is loaded once', async () => {
    const loaded = await loadOriginTools(PATTERN);
    expect(await loadOriginTools('*', loaded)).toBe(loaded);
  });
});

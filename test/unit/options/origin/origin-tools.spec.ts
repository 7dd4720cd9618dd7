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
    const { isPublicSuffix } = await loadOriginTools(written);
    expect(['github.io', 'example.com'].map((host) => isPublicSuffix?.(host))).toEqual([
      true,
      false,
    ]);
  });

  test.each<[written: unknown]>([
    [undefined],
    [null],
    ['*'],
    [{ origin: '*' }],
    [{ origin: ['https://a.example', 'http://localhost:*', /^https:\/\/a\.example$/] }],
    [{ origin: () => true, policies: { public: { origin: '*' } } }],
    [{ origin: class Partners {} }],
  ])('%j loads nothing', async (written) => {
    expect(await loadOriginTools(written)).toBe(NO_ORIGIN_TOOLS);
  });

  test('a getter counts as a pattern and is not called', async () => {
    const written = {
      get origin(): string {
        throw new Error('The getter is called.');
      },
    };
    expect((await loadOriginTools(written)).isPublicSuffix).toBeDefined();
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

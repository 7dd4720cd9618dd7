import { loadOriginTools, NO_ORIGIN_TOOLS } from '../../../../lib/options/origin/origin-tools.js';
import { isOverPublicSuffix } from '../../../../lib/options/origin/read-origins.js';
import { parseOrigin } from '../../../../lib/policy/origins/parse-origin.js';

async function isOver(text: string): Promise<boolean> {
  const parsed = parseOrigin(text);
  if (typeof parsed === 'string') throw new Error(`${text}: ${parsed}`);
  return isOverPublicSuffix(parsed, await loadOriginTools('https://*.example.com'));
}

describe('isOverPublicSuffix', () => {
  test.each([
    'https://*.com',
    'https://*.co.uk',
    'https://*.github.io',
    'https://*.vercel.app',
    'https://*.herokuapp.com:8443',
    'https://*.s3.amazonaws.com',
    // Each name below these is a public suffix.
    'https://*.ck',
    'https://*.kawasaki.jp',
    // No list knows these; whoever runs the network gives out names there.
    'https://*.internal',
    'http://*.corp:*',
  ])('%s', async (text) => {
    expect(await isOver(text)).toBe(true);
  });

  test.each([
    'https://*.example.com',
    'https://*.example.co.uk',
    'https://*.octocat.github.io',
    'https://*.example.internal',
    'http://*.localhost:*',
    // No pattern for names
    'https://github.io',
    'https://github.io:*',
    'https://com',
  ])('not %s', async (text) => {
    expect(await isOver(text)).toBe(false);
  });
});

describe('without the list of public suffixes', () => {
  const isOverWithout = (text: string) => {
    const parsed = parseOrigin(text);
    return typeof parsed === 'object' && isOverPublicSuffix(parsed, NO_ORIGIN_TOOLS);
  };

  test('no pattern for names is trusted', () => {
    expect(isOverWithout('https://*.example.com')).toBe(true);
  });

  test.each(['https://example.com', 'http://localhost:*', 'http://*.localhost:*'])(
    '%s needs no list',
    (text) => {
      expect(isOverWithout(text)).toBe(false);
    },
  );
});

import { OriginDangers } from '../../../../lib/options/check-policy.js';
import { NO_ORIGIN_TOOLS } from '../../../../lib/options/origin/origin-tools.js';
import { findSuffixDanger } from '../../../../lib/options/origin/pattern-dangers.js';
import { suffixKindOf } from '../../../../lib/options/origin/public-suffix.js';
import { OriginReader } from '../../../../lib/options/origin/read-origins.js';
import { parseOrigin } from '../../../../lib/policy/origins/parse-origin.js';

function isOver(text: string): boolean {
  const parsed = parseOrigin(text);
  if (typeof parsed === 'string') throw new Error(`${text}: ${parsed}`);
  return findSuffixDanger(parsed, suffixKindOf).length > 0;
}

describe('findSuffixDanger', () => {
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
    // Of the names there, some
    'https://my-app-*.vercel.app',
    'https://*-team.github.io',
    'https://my-*.corp',
    'https://*.vercel.app.',
    'https://my-app-*.vercel.app.',
  ])('%s', (text) => {
    expect(isOver(text)).toBe(true);
  });

  test.each([
    'https://*.example.com',
    'https://*.example.co.uk',
    'https://*.octocat.github.io',
    'https://my-app-*.example.com',
    'https://my-app-*.octocat.github.io',
    'http://my-app-*.localhost',
    'http://*.localhost.',
    'https://*.example.internal',
    'http://*.localhost:*',
    // No pattern for names
    'https://github.io',
    'https://github.io:*',
    'https://com',
  ])('not %s', (text) => {
    expect(isOver(text)).toBe(false);
  });
});

describe('without the list of public suffixes', () => {
  const reader = new OriginReader({ tools: NO_ORIGIN_TOOLS, reasonAgainst: () => undefined });
  const switches = { allowInsecureOrigins: true, allowPublicSuffixes: false };
  const isOverWithout = (text: string) =>
    new OriginDangers(switches, NO_ORIGIN_TOOLS).of(reader.read(text)).length > 0;

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

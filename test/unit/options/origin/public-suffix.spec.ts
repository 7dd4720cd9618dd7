import { isOverPublicSuffix } from '../../../../lib/options/origin/read-origins.js';
import { parseOrigin } from '../../../../lib/policy/origins/parse-origin.js';

function isOver(text: string): boolean {
  const parsed = parseOrigin(text);
  if (typeof parsed === 'string') throw new Error(`${text}: ${parsed}`);
  return isOverPublicSuffix(parsed);
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
  ])('%s', (text) => {
    expect(isOver(text)).toBe(true);
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
  ])('not %s', (text) => {
    expect(isOver(text)).toBe(false);
  });
});

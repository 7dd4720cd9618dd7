import { mayExplode } from '../../../lib/edge/origins/backtracking.js';

describe('whether an engine that tries one way after the other may take any time', () => {
  it.each([
    '^https:\\/\\/(?:[a-z]+-?)+\\.example\\.com$',
    '^https:\\/\\/(?:[a-z0-9]+[.-]?)+example\\.com$',
    '^(a+)+$',
    '^(a*)*$',
    '^(?:a|a)*$',
    '^(?:a|ab|b)*$',
    '^(?:.*a)*$',
    '^(?:\\w|\\d)+$',
    '^(?!(?:x+x+)+y)[a-z]+$',
  ])('yes: %s', (source) => {
    expect(mayExplode({ source, flags: '' })).toBe(true);
  });

  it('yes where flags make two classes one', () => {
    expect(mayExplode({ source: '^(?:a|A)+$', flags: 'i' })).toBe(true);
    expect(mayExplode({ source: '^(?:a|A)+$', flags: '' })).toBe(false);
  });

  it.each([
    '^https:\\/\\/app\\.example\\.com$',
    '^https:\\/\\/pr-\\d+\\.example\\.com$',
    '^https?:\\/\\/(?:localhost|127\\.0\\.0\\.1)(?::\\d+)?$',
    '^https:\\/\\/(?:[a-z0-9-]+\\.)*example\\.com$',
    '^https:\\/\\/[a-z0-9]+(?:-[a-z0-9]+)*\\.example\\.com$',
    '^https:\\/\\/(?:[a-z0-9-]{1,63}\\.){1,3}example\\.com$',
    '^https:\\/\\/(?:[a-z0-9-]{1,63}\\.)+example\\.com$',
    '^https:\\/\\/(?!evil)[a-z]+(?<!x)\\.example\\.com$',
    '^https:\\/\\/.+\\..+$',
    '^(?:a|b)*$',
    '^[a-z]{2,}$',
  ])('no: %s', (source) => {
    expect(mayExplode({ source, flags: '' })).toBe(false);
  });
});

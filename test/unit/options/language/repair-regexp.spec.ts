import { buildAutomaton } from '../../../../lib/options/language/build-automaton.js';
import { includes } from '../../../../lib/options/language/languages.js';
import { readRegExp, repairRegExp } from '../../../../lib/options/language/regexp-origins.js';
import { PUBLIC_SUFFIXES } from '../../../../lib/options/origin/public-suffix.js';
import { OriginLanguages } from '../../../../lib/options/language/origin-language.js';

const ORIGINS = new OriginLanguages();

const repair = (regexp: RegExp) => {
  const { faults } = readRegExp(regexp, ORIGINS);
  return repairRegExp(regexp, faults, PUBLIC_SUFFIXES, ORIGINS)?.regexp;
};

/** What is refused, and what it most likely stands for. */
const REPAIRED: readonly [refused: RegExp, repaired: RegExp | undefined][] = [
  [/example\.com$/, /^https:\/\/(?:[a-z0-9-]+\.)*example\.com$/],
  [/\.example\.com$/, /^https:\/\/(?:[a-z0-9-]+\.)+example\.com$/],
  [/^https:\/\/.*\.example\.com/, undefined],
  [/^https:\/\/example\.com/, /^https:\/\/example\.com(?::\d+)?$/],
  [/\.vercel\.app$/, /^https:\/\/(?:[a-z0-9-]+\.)+vercel\.app$/],
  [/localhost/, /^https?:\/\/localhost(?::\d+)?$/],
  [/localhost:3000/, /^https?:\/\/localhost:3000$/],
  [/^http:\/\/127\.0\.0\.1:8080/, /^http:\/\/127\.0\.0\.1:8080$/],
  [/example127\.com$/, /^https:\/\/(?:[a-z0-9-]+\.)*example127\.com$/],
  [/localhost:/, /^https?:\/\/localhost:\d+$/],
  [/^http:\/\/localhost/, /^http:\/\/localhost(?::\d+)?$/],
  [/(?:localhost|127\.0\.0\.1)/, /^https?:\/\/(?:localhost|127\.0\.0\.1)(?::\d+)?$/],
  [/^https:\/\/app\.example\.com$/g, /^https:\/\/app\.example\.com$/],
  [/^https:\/\/app\.example\.com$/im, /^https:\/\/app\.example\.com$/i],
  [/example\.com$/g, /^https:\/\/(?:[a-z0-9-]+\.)*example\.com$/],
  [/my-app\.example\.com$/, /^https:\/\/(?:[a-z0-9-]+\.)*my-app\.example\.com$/],
  [/^https:\/\/my-app\.example\.com/, /^https:\/\/my-app\.example\.com(?::\d+)?$/],
  [/^https:\/\/app\.example\.com:\d+/, undefined],
  [/127\.0\.0\.1:/, /^https?:\/\/127\.0\.0\.1:\d+$/],
  [/^https:\/\/(?:www\.)?example\.com$/y, /^https:\/\/(?:www\.)?example\.com$/],
  // Without its flag it is what was meant, and no other.
  [/^https:\/\/.*\.example\.com$/g, /^https:\/\/.*\.example\.com$/],
  [/example\.com$/i, /^https:\/\/(?:[a-z0-9-]+\.)*example\.com$/],
  [/vercel\.app$/, /^https:\/\/(?:[a-z0-9-]+\.)+vercel\.app$/],
  [/co\.uk$/, undefined],
  [/intranet$/, undefined],
  // Too complex as it would be read.
  [/(?:a|b)*a(?:a|b){12}$/, undefined],
  [/\.com$/, undefined],
  [/.*/, undefined],
  [/^https:\/\/(?:null|a\.example)/, undefined],
  [/^(?:null|https:\/\/a\.example)$/, undefined],
];

describe('a RegExp that is wrong by itself', () => {
  test.each<[RegExp, string]>([
    // No browser sends it, either.
    [/^a.b$/, 'origin-regexp-unescaped-dot'],
    [/^null$/, 'origin-regexp-matches-null'],
    // It has an automaton, and to ask it for an origin is too much.
    [/^(?:[^]{500})+$/, 'origin-regexp-too-complex'],
  ])('%p: %s', (regexp, fault) => {
    expect(readRegExp(regexp, ORIGINS).faults).toEqual([fault]);
  });
});

describe('what a refused RegExp stands for', () => {
  test.each(REPAIRED)('%p: %p', (refused, repaired) => {
    expect(repair(refused)).toEqual(repaired);
  });

  test.each(REPAIRED.filter(([, repaired]) => repaired !== undefined))(
    'for %p, %p allows nothing more',
    (refused, repaired = /(?!)/) => {
      const flags = refused.flags.replace(/[gmy]/g, '');
      const matched = buildAutomaton({ source: `^[^]*(?:${refused.source})[^]*$`, flags });
      expect(includes(matched, buildAutomaton(repaired))).toBe(true);
    },
  );
});

import { findOpenness } from '../../../../lib/options/language/openness.js';
import { readOriginRegExp } from '../../../../lib/options/language/read-origin-regexp.js';
import { strangerRuleFor, suffixRuleFor } from '../../../../lib/options/language/regexp-origins.js';
import { PUBLIC_SUFFIXES } from '../../../../lib/options/origin/public-suffix.js';
import { OriginLanguages } from '../../../../lib/options/language/origin-language.js';

const ORIGINS = new OriginLanguages();

function rulesOf(regexp: RegExp): string[] {
  const language = readOriginRegExp(regexp).language;
  if (language === undefined) throw new Error('It has an automaton.');
  const { stranger, belowSuffix } = findOpenness(language, PUBLIC_SUFFIXES, ORIGINS);
  const rules = [
    stranger === undefined
      ? undefined
      : strangerRuleFor(language, stranger, PUBLIC_SUFFIXES, ORIGINS),
    belowSuffix === undefined
      ? undefined
      : suffixRuleFor(language, belowSuffix, PUBLIC_SUFFIXES, ORIGINS),
  ];
  return rules.flatMap((rule) => (rule === undefined ? [] : [`${rule.rule}. ${rule.remedy}`]));
}

test.each<[RegExp, string]>([
  [
    /^https:\/\/.*example\.com$/,
    'not to allow origins of strangers. It also allows `https://evilexample.com`. Write `/^https:\\/\\/(?:[a-z0-9-]+\\.)*example\\.com$/`.',
  ],
  [
    /^https:\/\/app\.example\.com.*$/,
    'not to allow origins of strangers. It also allows `https://app.example.com.evil.example`. Write `/^https:\\/\\/app\\.example\\.com(?::\\d+)?$/`.',
  ],
  [
    /^https:\/\/.*$/,
    'not to allow origins of strangers. It also allows `https://evil.example`. Write out the domain that is yours, as in `/^https:\\/\\/(?:[a-z0-9-]+\\.)*example\\.com$/`.',
  ],
  ...(
    [
      [/^http:\/\/.*example\.com$/, 'http://evilexample.com', '(?:[a-z0-9-]+\\.)*example\\.com'],
      [/^https:\/\/.*my-shop\.com$/, 'https://evilmy-shop.com', '(?:[a-z0-9-]+\\.)*my-shop\\.com'],
      [
        /^https:\/\/[a-z]+--shop\.co\.uk$/,
        'https://evil--shop.co.uk',
        '(?:[a-z0-9-]+\\.)*shop\\.co\\.uk',
      ],
      [
        /^https:\/\/my-team\.example\.com\.-.*$/,
        'https://my-team.example.com.-.evil.example',
        'my-team\\.example\\.com(?::\\d+)?',
      ],
    ] as const
  ).map(
    ([regexp, witness, written]) =>
      [
        regexp,
        `not to allow origins of strangers. It also allows \`${witness}\`. Write \`/^https:\\/\\/${written}$/\`.`,
      ] as [RegExp, string],
  ),
  // What would be written has public suffixes below it, is one, or is no domain.
  ...(
    [
      [/^https:\/\/.*amazonaws\.com$/, 'https://evilamazonaws.com'],
      [/^https:\/\/.*intranet$/, 'https://evilintranet'],
    ] as const
  ).map(
    ([regexp, witness]) =>
      [
        regexp,
        `not to allow origins of strangers. It also allows \`${witness}\`. Write out the domain that is yours, as in \`/^https:\\/\\/(?:[a-z0-9-]+\\.)*example\\.com$/\`.`,
      ] as [RegExp, string],
  ),
  [
    /^xhttp:\/\/[a-z]+$/,
    'not to allow origins of strangers. It also allows `xhttp://evil`. Write out scheme and host, as in `capacitor://localhost`: every other application has its own.',
  ],
  [
    /^chrome-extension:\/\/[a-z]+$/,
    'not to allow origins of strangers. It also allows `chrome-extension://evil`. Write out scheme and host, as in `capacitor://localhost`: every other application has its own.',
  ],
  [
    /^https:\/\/[a-z0-9-]+\.vercel\.app$/,
    "not to cover names below the public suffix `vercel.app`. Anyone can own a name there: it also allows `https://evil.vercel.app`. Write the names that are yours, such as `'https://my-app-main-my-team.vercel.app'`, or `/^https:\\/\\/my-app-[a-z0-9-]+-my-team\\.vercel\\.app$/`, for the previews of one team, with `dangerouslyAllowPublicSuffixes: true`: whoever registers a name of that form is then allowed, too.",
  ],
  [
    /^https:\/\/shop-.*\.vercel\.app$/,
    "not to cover names below the public suffix `vercel.app`. Anyone can own a name there: it also allows `https://shop-evil.vercel.app`. Write the names that are yours, such as `'https://shop-main-my-team.vercel.app'`, or `/^https:\\/\\/shop-[a-z0-9-]+-my-team\\.vercel\\.app$/`, for the previews of one team, with `dangerouslyAllowPublicSuffixes: true`: whoever registers a name of that form is then allowed, too.",
  ],
  [
    /^https:\/\/shop-[a-z0-9]+-acme\.vercel\.app$/,
    "not to cover names below the public suffix `vercel.app`. Anyone can own a name there: it also allows `https://shop-evil-acme.vercel.app`. Write the names that are yours, such as `'https://shop-main-acme.vercel.app'`, or keep it with `dangerouslyAllowPublicSuffixes: true`: whoever registers a name of that form is then allowed, too.",
  ],
  ...(
    [
      [/^https:\/\/shop--[a-z0-9-]+\.web\.app$/, 'web.app', 'https://shop--evil.web.app'],
      [
        /^https:\/\/deploy-preview-\d+--shop\.netlify\.app$/,
        'netlify.app',
        'https://deploy-preview-00--shop.netlify.app',
      ],
    ] as const
  ).map(
    ([regexp, suffix, witness]) =>
      [
        regexp,
        `not to cover names below the public suffix \`${suffix}\`. Anyone can own a name there: it also allows \`${witness}\`. Write the names that are yours one by one, or, with \`dangerouslyAllowPublicSuffixes: true\`, a form that nobody else can register: whoever registers a name of that form is then allowed, too.`,
      ] as [RegExp, string],
  ),
  [
    /^https:\/\/.+\.co\.uk$/,
    'not to cover names below the public suffix `co.uk`. Anyone can own a name there: it also allows `https://evil.co.uk`. Write your own domain, or `dangerouslyAllowPublicSuffixes: true` if the suffix is yours.',
  ],
])('%s', (regexp, text) => {
  expect(rulesOf(regexp)).toEqual([text]);
});

test.each([
  /^https:\/\/.*example\.com$/,
  /^https:\/\/[a-z]+-example\.co\.uk$/,
  /^https?:\/\/[a-z0-9.-]*shop-example\.com$/,
  /^https:\/\/app\.example\.com[^/]*$/,
  /^https:\/\/my-team\.github\.io.*$/,
])('what it suggests for %s boots', (regexp) => {
  const [text = ''] = rulesOf(regexp);
  const source = /Write `\/([^`]*)\/`/.exec(text)?.[1] ?? '';
  const suggested = readOriginRegExp(new RegExp(source));
  expect(suggested.faults).toEqual([]);
  expect(suggested.language && findOpenness(suggested.language, PUBLIC_SUFFIXES, ORIGINS)).toEqual(
    {},
  );
});

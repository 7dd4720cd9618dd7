import { createRequire } from 'node:module';
import { join } from 'node:path';
import { OriginDangers } from '../../../../lib/options/check-policy.js';
import { NO_ORIGIN_TOOLS } from '../../../../lib/options/origin/origin-tools.js';
import { findSuffixDanger } from '../../../../lib/options/origin/pattern-dangers.js';
import { PUBLIC_SUFFIXES } from '../../../../lib/options/origin/public-suffix.js';
import { OriginReader } from '../../../../lib/options/origin/read-origins.js';
import { parseOrigin } from '../../../../lib/policy/origins/parse-origin.js';

function isOver(text: string): boolean {
  const parsed = parseOrigin(text);
  if (typeof parsed === 'string') throw new Error(`${text}: ${parsed}`);
  return findSuffixDanger(parsed, PUBLIC_SUFFIXES).length > 0;
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
    // Suffixes of their own lie below these.
    'https://*.amazonaws.com',
    'https://*.eu-west-1.amazonaws.com:*',
    'https://*.windows.net.',
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
    'https://*.console.render.com',
    // The wildcard is one label here.
    'https://my-*.amazonaws.com',
    'http://*.localhost:*',
    // No pattern for names
    'https://github.io',
    'https://github.io:*',
    'https://com',
  ])('not %s', (text) => {
    expect(isOver(text)).toBe(false);
  });
});

test.each([
  ['com', 'registry'],
  ['co.uk', 'registry'],
  ['github.io', 'company'],
  ['corp', 'unlisted'],
  ['example.com', undefined],
  ['example.corp', undefined],
])('who gives out the names below %s: %s', (host, kind) => {
  expect(PUBLIC_SUFFIXES.kindOf(host)).toBe(kind);
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

test('names below which there are public suffixes are known, as the list has them', () => {
  const { kindOf, below } = PUBLIC_SUFFIXES;
  const rules = rulesOfList();
  expect(rules.length).toBeGreaterThan(9000);
  const suffixes = [...new Set(rules.map((rule) => rule.replace(/^\*\./, '')))];
  expect(suffixes.filter((suffix) => kindOf(suffix) === undefined)).toEqual([]);
  const expected = new Map<string, string[]>();
  for (const suffix of suffixes) {
    for (const parent of ancestorsOf(suffix)) {
      if (kindOf(parent) !== undefined) continue;
      expected.set(parent, [...(expected.get(parent) ?? []), suffix]);
    }
  }
  expect(expected.size).toBeGreaterThan(300);
  for (const [parent, names] of expected) {
    expect(below(parent).toSorted()).toEqual(names.toSorted());
  }
  expect(below('amazonaws.com')[0]).toBe('s3.amazonaws.com');
  // Each of its labels is somewhere in the list.
  expect(below('a.com')).toEqual([]);
});

/** The rules that `tldts` carries: a tree, with the labels of all edges in one text. */
function rulesOfList(): string[] {
  const load = createRequire(join(process.cwd(), 'package.json'));
  const tree = load('tldts/dist/cjs/src/data/trie.js') as Record<
    'nodeFlags' | 'edgeStart' | 'edgeLength' | 'edgeChild',
    Uint32Array
  > & { readonly labelText: string; readonly rulesRoot: number };
  const offsets: number[] = [];
  let offset = 0;
  for (const length of tree.edgeLength) {
    offsets.push(offset);
    offset += length;
  }
  const rules: string[] = [];
  const read = (node: number, name: string): void => {
    if (tree.nodeFlags[node] !== 0) rules.push(name);
    for (let edge = tree.edgeStart[node] ?? 0; edge < (tree.edgeStart[node + 1] ?? 0); edge += 1) {
      const start = offsets[edge] ?? 0;
      const label = tree.labelText.slice(start, start + (tree.edgeLength[edge] ?? 0));
      read(tree.edgeChild[edge] ?? 0, name === '' ? label : `${label}.${name}`);
    }
  };
  read(tree.rulesRoot, '');
  // Browsers send names in punycode, which the list has as well.
  return rules.filter((rule) => /^[a-z0-9.*-]+$/.test(rule));
}

function ancestorsOf(name: string): string[] {
  const labels = name.split('.');
  return labels.slice(1).map((_, index) => labels.slice(index + 1).join('.'));
}

import { OriginReader, type ReadLists } from '../../../../lib/options/origin/read-origins.js';
import { issuesOf, summaryOf, TOOLS } from '../configuration.js';

const APP = 'https://app.example.com';
const CONTEXT = { tools: TOOLS, reasonAgainst: () => undefined };

const read = (raw: unknown) => new OriginReader(CONTEXT).read(raw);

describe('a member of a list', () => {
  test.each([
    ['https://undefined', 'origin-undefined'],
    ['https://api.null', 'origin-undefined'],
    ['http://localhost:NaN', 'origin-undefined'],
    ['null', 'origin-null'],
    ['https://app.example.com/', 'origin-trailing-slash'],
  ])('%s is refused as it is alone: %s', (value, reason) => {
    expect([summaryOf({ origin: value }), summaryOf({ origin: [APP, value] })]).toEqual([
      [`forRoot().origin ${reason}`],
      [`forRoot().origin[1] ${reason}`],
    ]);
  });

  test('that is refused may be dangerous as it would be written: one round of corrections', () => {
    const origin = ['https://*.vercel.app/', 'HTTP://a.example.com', 'https://b.example.com/'];
    expect(summaryOf({ origin, credentials: true })).toEqual([
      'forRoot().origin[0] origin-trailing-slash',
      'forRoot().origin[1] origin-upper-case',
      'forRoot().origin[2] origin-trailing-slash',
      'forRoot().origin[0] origin-public-suffix',
      'forRoot().origin[1] insecure-origin-with-credentials',
    ]);
    expect(read(origin).repaired.origins.map(({ option, value }) => [option, value.text])).toEqual([
      ['origin[0]', 'https://*.vercel.app'],
      ['origin[1]', 'http://a.example.com'],
      ['origin[2]', 'https://b.example.com'],
    ]);
  });

  test('that is exact and over https is not asked for dangers: there may be a million', () => {
    const dangerous = [APP, 'http://a.example', 'https://*.example.com', 'http://localhost:3000'];
    const texts = (raw: unknown) => read(raw).origins.map(({ value }) => value.text);
    expect([texts(APP), texts(dangerous)]).toEqual([
      [],
      ['http://a.example', 'https://*.example.com'],
    ]);
  });
});

test.each<[text: string, ...repaired: string[]]>([
  ['https://a.example, localhost', 'https://a.example', 'http://localhost'],
  ['https://a.example; b.example:8080', 'https://a.example', 'https://b.example:8080'],
  ["['https://a.example', 'https://b.example']", 'https://a.example', 'https://b.example'],
  ['"https://a.example""https://b.example"', 'https://a.example', 'https://b.example'],
  ['https://a.example, https://a.example/', 'https://a.example'],
  ['https://a.example, *', 'https://a.example', '*'],
  // Not any word is a host.
  ['https://a.example, and'],
  ['https://a.example, mylocalhost'],
  ['https://a.example, localhosts'],
])('%s stands for several origins', (text, ...repaired) => {
  const [issue] = read(text).issues;
  expect(issue?.repaired ?? []).toEqual(repaired);
});

test('each value is read once, also by the next reader, functions and RegExps too', () => {
  const lists: ReadLists = new WeakMap();
  const reader = new OriginReader(CONTEXT, lists);
  const next = new OriginReader(CONTEXT, lists);
  for (const raw of [[APP], /^https:\/\/a\.example$/, () => true, class Partners {}]) {
    const known = reader.read(raw);
    expect([reader.read(raw) === known, next.read(raw) === known]).toEqual([true, true]);
  }
  expect(reader.read(APP)).toBe(reader.read(APP));
});

test.each<[what: string, written: readonly unknown[], steps: number]>([
  ['no options', [], 0],
  ['256 options without an origin', Array.from({ length: 256 }, () => ({})), 1],
  ['600 of them', Array.from({ length: 600 }, () => ({})), 2],
  ['a list of 256', [{ origin: Array(256).fill(APP) }], 1],
  ['a list of 257', [{ origin: Array(257).fill(APP) }], 2],
  ['a RegExp in a list', [{ origin: [APP, /^https:\/\/a\.example$/, APP] }], 2],
  ['an origin by itself', [{ origin: APP }, { origin: /^a$/ }], 0],
])('reading lists pauses: %s, %#', (_, written, steps) => {
  expect([...new OriginReader(CONTEXT).readLists(written)]).toHaveLength(steps);
});

test('a dead RegExp says what it matches, and one that is not dead says nothing of it', () => {
  const issueOf = (origin: RegExp) => read(origin).issues.map((issue) => 'dead' in issue);
  expect([issueOf(/^a$/), issueOf(/^https:\/\/a.example$/)]).toEqual([[true], [false]]);
});

test('a function in a list, and a class', () => {
  const issues = issuesOf({ origin: [() => true, class Partners {}] });
  expect(issues.map(({ path, reason }) => `${path} ${reason}`)).toEqual([
    'forRoot().origin[0] origin-wrong-type',
    'forRoot().origin[1] origin-class-in-list',
  ]);
});

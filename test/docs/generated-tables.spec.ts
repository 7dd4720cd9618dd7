import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  applicationOptionsTable,
  policyOptionsTable,
  readDocComments,
  reasonSections,
} from './generated-tables.js';
import { repository } from './page.js';
import { compatibilityTable } from './compatibility-table.js';
import { performanceTable } from './performance-table.js';

const root = repository();
const comments = readDocComments(root);

const ORIGINS = ['OriginOptionReason', 'OriginReason', 'ResolverReason'];
const REGEXPS = ['RegExpReason'];

/** A section of a standard: of the WHATWG, the W3C and its incubator, or the IETF. */
const STANDARD =
  /^https:\/\/(?:\w+\.spec\.whatwg\.org|(?:www\.)?w3\.org|(?:w3c|wicg)\.github\.io|www\.rfc-editor\.org)\/.*#/;

/** Tables and sections made from the doc comments in lib/options/ and the benchmarks, each between two comments. */
const TABLES: readonly (readonly [page: string, name: string, table: string])[] = [
  ['README.md', 'policy options', policyOptionsTable(comments, '')],
  ['README.md', 'application options', applicationOptionsTable(comments, '')],
  ['docs/options.md', 'policy options', policyOptionsTable(comments, '../')],
  ['docs/options.md', 'application options', applicationOptionsTable(comments, '../')],
  ['docs/performance.md', 'performance', performanceTable(root)],
  ['docs/compatibility.md', 'compatibility', compatibilityTable(root)],
  ['docs/refused-at-boot.md', 'origins', reasonSections(comments, (of) => ORIGINS.includes(of))],
  ['docs/refused-at-boot.md', 'regexps', reasonSections(comments, (of) => REGEXPS.includes(of))],
  [
    'docs/refused-at-boot.md',
    'others',
    reasonSections(comments, (of) => ![...ORIGINS, ...REGEXPS].includes(of)),
  ],
];

it.each(TABLES)(
  '%s has the table of %s: UPDATE_DOCS=1 npm test -- test/docs',
  (page, name, table) => {
    const file = join(root, page);
    const between = new RegExp(
      `(?<=<!-- ${name}: [^\\n]* -->\\n\\n)[^]*?(?=\\n\\n<!-- /${name} -->)`,
    );
    if (process.env['UPDATE_DOCS'] === '1') {
      writeFileSync(
        file,
        readFileSync(file, 'utf8').replace(between, () => table),
      );
    }
    expect(between.exec(readFileSync(file, 'utf8'))?.[0]).toBe(table);
  },
);

it('every reason says what it refuses', () => {
  expect(comments.reasons.filter(({ meaning }) => meaning === '')).toEqual([]);
});

it.each(comments.options.map((option) => [`${option.of}.${option.name}`, option] as const))(
  '%s: default, errors, one permitted and one prohibited example',
  (_, { required, tags }) => {
    const examples = tags
      .filter(([tag]) => tag === 'example')
      .map(([, text]) => /^(permitted|prohibited)/.exec(text)?.[0]);
    const given = new Set(tags.map(([tag]) => tag));
    expect([examples, given.has('throws'), given.has('default')]).toEqual([
      ['permitted', 'prohibited'],
      true,
      !required,
    ]);
  },
);

it.each(
  comments.options
    .filter(({ of }) => of === 'CorsPolicyOptions')
    .map((option) => [option.name, option] as const),
)('%s names its header, and links to the standard', (_, { paragraphs, tags }) => {
  expect(paragraphs.some((paragraph) => /^Sets `[A-Z]/.test(paragraph))).toBe(true);
  expect(tags.find(([tag]) => tag === 'see')?.[1]).toMatch(STANDARD);
});

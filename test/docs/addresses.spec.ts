import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkGuide } from '../../lib/browser/index.js';
import { documentationOf } from '../../lib/text/documentation.js';
import { readDocComments } from './generated-tables.js';
import { repository } from './page.js';

const root = repository();
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const { homepage }: { homepage: string } = JSON.parse(read('package.json'));

/** The headings of a page that are names in code. */
function namesOn(page: string): string[] {
  return Array.from(read(page).matchAll(/^##+ `?([\w-]+)`?$/gm), ([, name = '']) => name);
}

it('an address is one of the site, in lower case as its anchors are', () => {
  expect(documentationOf('troubleshooting', 'ACAO_MISSING')).toBe(
    `${homepage}troubleshooting#acao_missing`,
  );
});

it('every reason that an error links to is a heading', () => {
  const reasons = readDocComments(root).reasons.map(({ reason }) => reason);
  const headings = namesOn('docs/refused-at-boot.md');
  expect(headings.filter((name) => reasons.includes(name)).toSorted()).toEqual(reasons.toSorted());
});

it('every check that a report links to is a heading', () => {
  const headings = new Set(namesOn('docs/troubleshooting.md'));
  expect(Object.keys(checkGuide).filter((check) => !headings.has(check))).toEqual([]);
});

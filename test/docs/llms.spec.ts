import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from './page.js';

const root = repository();
const { homepage }: { homepage: string } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);

let list = '';
let full = '';
// A process of its own: where tests run as CommonJS, they import no ES module.
beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'nestjs-cors-'));
  try {
    execFileSync(process.execPath, [join(root, 'docs/.vitepress/llms.mjs'), folder]);
    list = readFileSync(join(folder, 'llms.txt'), 'utf8');
    full = readFileSync(join(folder, 'llms-full.txt'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** As the list has them: address without the site, and the summary. */
function listed(): [page: string, summary: string][] {
  return Array.from(
    list.matchAll(/^- \[[^\]]+\]\((\S+)\): (.*)$/gm),
    ([, address = '', text = '']) => [address.replace(homepage, ''), text],
  );
}

it('every page has its place in docs/.vitepress/pages.mjs', () => {
  const pages = readdirSync(join(root, 'docs'))
    .filter((file) => file.endsWith('.md') && file !== 'index.md')
    .map((file) => file.replace('.md', ''));
  expect(
    listed()
      .map(([page]) => page)
      .filter((page) => page !== 'api/')
      .toSorted(),
  ).toEqual(pages.toSorted());
});

it('every page says in a sentence what it has', () => {
  expect(listed().filter(([, summary]) => summary.length < 20 || !summary.endsWith('.'))).toEqual(
    [],
  );
});

it('the whole text has every page, and its links lead to the site or the repository', () => {
  const titles = Array.from(list.matchAll(/^- \[([^\]]+)\]/gm), ([, title = '']) => title);
  expect(titles.filter((title) => title !== 'API' && !full.includes(`\n# ${title}\n`))).toEqual([]);
  const links = Array.from(full.matchAll(/\]\(([^)\s]+)\)/g), ([, href = '']) => href);
  expect(links.filter((href) => !/^https?:\/\//.test(href))).toEqual([]);
  const own = links
    .filter((href) => href.startsWith(homepage))
    .map((href) => href.slice(homepage.length));
  const missing = own
    .map((path) => path.replace(/#.*/, ''))
    .filter((path) => !existsSync(join(root, 'docs', `${path.replace(/\/$/, '/README')}.md`)));
  expect(missing).toEqual([]);
});

/**
 * Checks the site that `npm run docs` has built: every link leads somewhere, pages load nothing from
 * another host, axe-core finds no violation, nothing is wider than a phone, and the search finds a
 * reason of an error.
 *
 * node test/site/check-site.mjs [page]
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SITE } from '../../docs/.vitepress/addresses.mjs';
import { brokenLinks, readPages } from './links.mjs';
import { serve } from './serve.mjs';
import { visitPages } from './visit.mjs';

const folder = resolve(import.meta.dirname, '../../reports/site');
if (!existsSync(join(folder, 'index.html'))) {
  throw new Error('Expected a site in reports/site. Run `npm run docs`.');
}
const [only] = process.argv.slice(2);
const base = new URL(SITE).pathname;
const pages = readPages(folder);
const { address, close } = await serve(folder, base);
// Decisions are prose alone: their index stands for them.
const visited = [...pages.keys()].filter((page) =>
  only === undefined ? !/^adr\/./.test(page) : page === only,
);
try {
  const faults = [...brokenLinks(pages, base), ...(await visitPages(visited, address))];
  for (const fault of faults) console.error(fault);
  console.log(`${pages.size} pages, ${faults.length} faults`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  close();
}

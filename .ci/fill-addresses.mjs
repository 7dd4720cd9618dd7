/**
 * Writes the addresses of a release in place of the placeholders: where the documentation and the
 * repository are. The links of the README that are relative, and so lead nowhere on the page of the
 * package, become absolute: pages of docs/ on the site, all else in the repository, at its tag.
 *
 * node .ci/fill-addresses.mjs https://owner.github.io/nestjs-cors/ https://github.com/owner/nestjs-cors v1.0.0
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { argv } from 'node:process';

const ROOT = resolve(import.meta.dirname, '..');
const [site, repository, tag] = argv.slice(2);
if (
  !/^https:\/\/\S+\/$/.test(site ?? '') ||
  !/^https:\/\/\S+[^/]$/.test(repository ?? '') ||
  !tag
) {
  throw new Error(
    `Expected the site with a slash at the end, the repository without one, and a tag, got ${JSON.stringify(argv.slice(2))}.`,
  );
}

const description = JSON.parse(read('package.json'));
const placeholder = description.homepage;
description.homepage = site;
description.bugs = `${repository}/issues`;
description.repository = { type: 'git', url: `git+${repository}.git` };
write('package.json', `${JSON.stringify(description, null, 2)}\n`);
write('lib/text/documentation.ts', read('lib/text/documentation.ts').replace(placeholder, site));
write('README.md', read('README.md').replace(/\]\(([^)\s]+)\)/g, absolute));

function absolute(link, href) {
  if (/^(?:[a-z]+:|#)/.test(href)) return link;
  const [, page, anchor = ''] = /^docs\/([\w-]+)\.md(#.*)?$/.exec(href) ?? [];
  if (page !== undefined) return `](${site}${page}${anchor})`;
  const isPicture = /\.(?:png|svg)$/.test(href);
  return `](${repository}/${isPicture ? 'raw' : 'blob'}/${tag}/${href})`;
}

function read(path) {
  return readFileSync(resolve(ROOT, path), 'utf8');
}

function write(path, text) {
  writeFileSync(resolve(ROOT, path), text);
}

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

const { homepage, repository } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** Where the site is, with a slash at the end, and where the repository can be read. */
export const SITE = homepage;
export const REPOSITORY = repository.url.replace(/^git\+|\.git$/g, '');

/**
 * Where a link of a page in docs/ leads. What stands in the repository and not on the site, such as a
 * test or a sample, is read there.
 *
 * @param href as written, relative to the page
 * @param page its path below docs/
 */
export function resolveLink(href, page) {
  if (/^(?:[a-z]+:|#|\/)/.test(href)) return href;
  const path = join('docs', page, '..', href).replaceAll('\\', '/');
  if (!path.startsWith('docs/')) return `${REPOSITORY}/blob/main/${path}`;
  return href.replace(/(^|\/)README\.md(?=#|$)/, '$1index.md');
}

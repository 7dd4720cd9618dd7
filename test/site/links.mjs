import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @returns the HTML of every page by its path: `start`, `adr/`, and the empty string for the first page */
export function readPages(folder) {
  const files = readdirSync(folder, { recursive: true })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.html') && path !== '404.html')
    .toSorted((a, b) => a.localeCompare(b));
  return new Map(
    files.map((path) => [
      path.replace(/(^|\/)index\.html$/, '$1').replace(/\.html$/, ''),
      readFileSync(join(folder, path), 'utf8'),
    ]),
  );
}

/** Links within the site to a page or a heading that does not exist. */
export function brokenLinks(pages, base) {
  const ids = new Map(Array.from(pages, ([page, html]) => [page, idsOf(html)]));
  return Array.from(pages).flatMap(([page, html]) =>
    linksOf(html)
      .filter((href) => !leadsSomewhere(href, page, ids, base))
      .map((href) => `${page}: nothing is at ${href}`),
  );
}

function leadsSomewhere(href, page, ids, base) {
  const url = new URL(href, `http://site.example${base}${page}`);
  if (url.host !== 'site.example') return true;
  if (!url.pathname.startsWith(base)) return false;
  const target = url.pathname.slice(base.length);
  // What is not a page is an asset: the build fails where one is missing.
  if (/\.\w+$/.test(target)) return !/\.(?:html|md)$/.test(target);
  const found = ids.get(target);
  return (
    found !== undefined && (url.hash === '' || found.has(decodeURIComponent(url.hash.slice(1))))
  );
}

function linksOf(html) {
  const hrefs = Array.from(html.matchAll(/<a [^>]*?href="([^"]*)"/g), ([, href]) => plain(href));
  return [...new Set(hrefs)];
}

function idsOf(html) {
  return new Set(Array.from(html.matchAll(/ id="([^"]*)"/g), ([, id]) => plain(id)));
}

function plain(text) {
  return text.replaceAll('&amp;', '&').replaceAll('&#39;', "'").replaceAll('&quot;', '"');
}

/** The documentation site: `npm run docs` builds it from the pages of docs/ into reports/site. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitepress';
import { REPOSITORY, ROOT, SITE, resolveLink } from './addresses.mjs';
import { writeLlms } from './llms.mjs';
import { summaryOf, TASKS, titleOf } from './pages.mjs';

const read = (path) => readFileSync(join(ROOT, 'docs', path), 'utf8');
const item = (link, path) => ({ text: titleOf(read(path)), link });

export default defineConfig({
  title: 'nestjs-cors',
  description: 'CORS for NestJS, done right, in one place',
  lang: 'en-GB',
  base: new URL(SITE).pathname,
  outDir: join(ROOT, 'reports/site'),
  cacheDir: join(ROOT, 'reports/.vitepress'),
  cleanUrls: true,
  // A page that nobody has listed is found by its links and by the search.
  rewrites: { 'adr/README.md': 'adr/index.md' },
  sitemap: { hostname: SITE },
  markdown: {
    anchor: { slugify },
    config: linkIntoRepository,
    // The highlighter knows neither; their shape is near.
    languageAlias: { haproxy: 'nginx', caddyfile: 'nginx' },
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
  },
  transformPageData(page) {
    if (page.relativePath.startsWith('api/')) page.frontmatter.outline = [2, 3];
    page.description ||= page.relativePath.startsWith('api/')
      ? `${page.title} of nestjs-cors`
      : summaryOf(read(page.filePath));
  },
  themeConfig: {
    search: { provider: 'local' },
    nav: [
      { text: 'Start', link: '/start' },
      { text: 'Recipes', link: '/recipes' },
      { text: 'Troubleshooting', link: '/troubleshooting' },
      { text: 'API', link: '/api/' },
    ],
    sidebar: [
      ...TASKS.map(([text, pages]) => ({
        text,
        items: pages.map((name) => item(`/${name}`, `${name}.md`)),
      })),
      {
        text: 'Reference',
        items: [...apiItems(), item('/adr/', 'adr/README.md')],
      },
    ],
    socialLinks: [{ icon: 'github', link: REPOSITORY, ariaLabel: 'The repository' }],
    externalLinkIcon: true,
    footer: { message: 'Released under the MIT licence.' },
  },
  buildEnd: ({ outDir }) => writeLlms(outDir),
});

/** As GitHub makes anchors of headings, so that a link works in both places. */
function slugify(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

/** Links to what is not on the site lead to the repository. */
function linkIntoRepository(md) {
  const rule = md.renderer.rules.link_open;
  md.renderer.rules.link_open = (tokens, index, options, env, self) => {
    const token = tokens[index];
    token.attrSet('href', resolveLink(token.attrGet('href') ?? '', env.relativePath));
    return rule
      ? rule(tokens, index, options, env, self)
      : self.renderToken(tokens, index, options);
  };
}

/** One page for each entry point, as typedoc has written them. */
function apiItems() {
  const pages = readdirSync(join(ROOT, 'docs/api'), { recursive: true })
    .map((path) => `api/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.md') && path !== 'api/index.md');
  return pages.toSorted().map((path) => item(`/${path.replace(/\.md$/, '')}`, path));
}

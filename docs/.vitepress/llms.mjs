/**
 * Writes llms.txt, a list of the pages, and llms-full.txt, all of them in one text, for readers that
 * are programs: https://llmstxt.org. From the same pages as the site.
 *
 * node docs/.vitepress/llms.mjs [folder]
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, SITE, resolveLink } from './addresses.mjs';
import { summaryOf, TASKS, titleOf } from './pages.mjs';

const read = (path) => readFileSync(join(ROOT, path), 'utf8');

/** @returns the two texts by file name */
export function llmsTexts() {
  const { description } = JSON.parse(read('package.json'));
  const head = `# nestjs-cors\n\n> ${description}\n`;
  const tasks = TASKS.map(([task, pages]) => [task, pages.map((name) => pageOf(name))]);
  const list = tasks.map(([task, pages]) => {
    const lines = pages.map(
      ({ title, address, summary }) => `- [${title}](${address}): ${summary}`,
    );
    return `## ${task}\n\n${lines.join('\n')}\n`;
  });
  const full = tasks.flatMap(([, pages]) => pages.map(({ text }) => text.trim()));
  return {
    'llms.txt': [
      head,
      `Everything below in one text: ${SITE}llms-full.txt\n`,
      ...list,
      `## Reference\n\n- [API](${SITE}api/): every export, from its doc comment.\n`,
    ].join('\n'),
    'llms-full.txt': `${[head, ...full].join('\n\n')}\n`,
  };
}

export function writeLlms(folder) {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(llmsTexts())) writeFileSync(join(folder, name), text);
}

/** A page, with links that lead somewhere from any place. */
function pageOf(name) {
  const markdown = read(`docs/${name}.md`);
  const address = SITE + name;
  const text = markdown
    .replace(/^<!--[^]*?-->\n+/gm, '')
    // A picture says nothing here.
    .replace(/^!\[.*\n+/gm, '')
    // A table is padded for people.
    .replace(/^\|.*\|$/gm, (row) => row.replace(/ {2,}/g, ' ').replace(/-{4,}/g, '---'))
    .replace(/\]\(([^)\s]+)\)/g, (_, href) => `](${absolute(href, name)})`);
  return { title: titleOf(markdown), summary: summaryOf(markdown), address, text };
}

function absolute(href, name) {
  const link = resolveLink(href, `${name}.md`);
  if (/^[a-z]+:/.test(link)) return link;
  const { href: found } = new URL(link, SITE + name);
  return found.replace(/(?:(\/)index)?\.md(?=#|$)/, '$1');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeLlms(resolve(process.argv[2] ?? ROOT));
}

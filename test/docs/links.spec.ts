import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pages, repository } from './page.js';

const root = repository();

it.each(pages(root))('the links of %s lead somewhere', (page) => {
  const text = withoutCode(page);
  const broken = Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, target = '']) => target)
    .filter((target) => !/^https?:/.test(target))
    .filter((target) => {
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? page : join(dirname(page), path);
      if (!existsSync(join(root, file))) return true;
      return anchor !== undefined && !anchorsOf(file).includes(anchor);
    });
  expect(broken).toEqual([]);
});

it('CONTRIBUTING.md names files and folders that exist', () => {
  const names = withoutCode('CONTRIBUTING.md').matchAll(
    /`([\w.-]+\/[\w./-]*|[\w.-]+\.[cm]?[jt]s)`/g,
  );
  const missing = Array.from(names, ([, name = '']) => name).filter(
    // Those of lib/ are written relative to it.
    (name) => !existsSync(join(root, name)) && !existsSync(join(root, 'lib', name)),
  );
  expect(missing).toEqual([]);
});

/** As GitHub makes them of headings. */
function anchorsOf(page: string): string[] {
  return Array.from(withoutCode(page).matchAll(/^#+ (.*)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function withoutCode(page: string): string {
  return readFileSync(join(root, page), 'utf8').replace(/^```[^]*?^```$/gm, '');
}

import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from './page.js';

const root = repository();
const SITE = 'https://owner.github.io/nestjs-cors/';
const REPOSITORY = 'https://github.com/owner/nestjs-cors';
const FILES = ['.ci/fill-addresses.mjs', 'README.md', 'package.json', 'lib/text/documentation.ts'];

describe('.ci/fill-addresses.mjs', () => {
  let folder = '';
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const fill = (...addresses: string[]) =>
    spawnSync(process.execPath, [join(folder, '.ci/fill-addresses.mjs'), ...addresses], {
      encoding: 'utf8',
    });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nestjs-cors-'));
    for (const file of FILES) cpSync(join(root, file), join(folder, file));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('leaves no placeholder', () => {
    const { homepage }: { homepage: string } = JSON.parse(read('package.json'));
    expect(homepage).toMatch(/\.example\/$/);
    expect(fill(SITE, REPOSITORY, 'v1.0.0').status).toBe(0);
    expect(JSON.parse(read('package.json'))).toMatchObject({
      homepage: SITE,
      bugs: `${REPOSITORY}/issues`,
      repository: { type: 'git', url: `git+${REPOSITORY}.git` },
    });
    expect(read('lib/text/documentation.ts')).toContain(`'${SITE}'`);
    expect(FILES.filter((file) => read(file).includes(homepage))).toEqual([]);
  });

  it('makes every link of the README lead somewhere from the page of the package', () => {
    fill(SITE, REPOSITORY, 'v1.0.0');
    const links = Array.from(read('README.md').matchAll(/\]\(([^)\s]+)\)/g), ([, to = '']) => to);
    const place = (link: string) => {
      if (link.startsWith(SITE)) return `docs/${link.slice(SITE.length).replace(/#.*/, '')}.md`;
      const [, path] = /^.*\/(?:blob|raw)\/v1\.0\.0\/([^#]+)/.exec(link) ?? [];
      return path ?? link;
    };
    expect(links.length).toBeGreaterThan(30);
    expect(links.filter((link) => !/^https:|^#/.test(link))).toEqual([]);
    const own = links.filter((link) => link.startsWith(SITE) || link.startsWith(REPOSITORY));
    expect(own.filter((link) => !existsSync(join(root, place(link))))).toEqual([]);
  });

  it('refuses addresses that would make broken links', () => {
    const before = read('package.json');
    expect(fill('https://owner.github.io/nestjs-cors', REPOSITORY, 'v1.0.0').status).toBe(1);
    expect(fill(SITE, REPOSITORY).stderr).toContain('Expected the site with a slash at the end');
    expect(read('package.json')).toBe(before);
  });
});

describe('.ci/release-notes.mjs', () => {
  const script = join(root, '.ci/release-notes.mjs');

  it('prints what the changelog says of the version', () => {
    const { version }: { version: string } = JSON.parse(
      readFileSync(join(root, 'package.json'), 'utf8'),
    );
    const notes = execFileSync(process.execPath, [script, version], { encoding: 'utf8' });
    const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
    expect(notes).toMatch(/^### Added\n/);
    expect(notes).not.toContain('\n## ');
    expect(changelog).toContain(notes);
  });

  it('refuses a version that the changelog does not have', () => {
    const { status, stderr } = spawnSync(process.execPath, [script, '99.0.0'], {
      encoding: 'utf8',
    });
    expect([status, stderr.includes('CHANGELOG.md says nothing of "99.0.0".')]).toEqual([1, true]);
  });
});

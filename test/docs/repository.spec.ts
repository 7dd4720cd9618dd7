import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve();
const read = (...path: string[]) => readFileSync(join(ROOT, ...path), 'utf8');

describe('docs/adr', () => {
  it('has every page in its index, in order', () => {
    const pages = readdirSync(join(ROOT, 'docs/adr')).filter((name) => /^\d{4}-/.test(name));
    const index = read('docs/adr/README.md');
    const listed = [...index.matchAll(/\[(\d{4})\]\((\1-[^)]+)\)/g)].map(([, , page]) => page);
    expect(listed).toEqual(pages.toSorted());
  });

  it('gives each number once', () => {
    const numbers = readdirSync(join(ROOT, 'docs/adr')).flatMap(
      (name) => /^\d{4}(?=-)/.exec(name) ?? [],
    );
    expect(numbers).toEqual([...new Set(numbers)]);
  });
});

describe.each(readdirSync(join(ROOT, 'sample')))('sample/%s', (name) => {
  it('has a README that fits a screen, and says how to start it', () => {
    const lines = read('sample', name, 'README.md').trimEnd().split('\n');
    const script = /^npm (?:run )?(\S+)/m.exec(lines.join('\n'))?.[1] ?? '';
    expect(lines[0]).toMatch(new RegExp(`^# ${name}: `));
    expect(lines.length).toBeLessThanOrEqual(20);
    expect(JSON.parse(read('package.json')).scripts[script]).toBe(`nest start ${name}`);
  });

  it('has end-to-end tests, and CI builds it', () => {
    const tests = readdirSync(join(ROOT, 'sample', name, 'test'));
    expect(tests.some((file) => file.endsWith('.e2e-spec.ts'))).toBe(true);
    expect(read('.ci/run').split('\n')).toContain(`npx nest build ${name}`);
  });
});

describe('CHANGELOG.md', () => {
  it('begins with the version of package.json', () => {
    const [, version] = /^## \[?(\d+\.\d+\.\d+)\]? - /m.exec(read('CHANGELOG.md')) ?? [];
    expect(version).toBe(JSON.parse(read('package.json')).version);
  });
});

describe.each(readdirSync(join(ROOT, '.github/workflows')))('.github/workflows/%s', (name) => {
  const workflow = read('.github/workflows', name);

  it('takes actions by their digest', () => {
    const actions = [...workflow.matchAll(/uses: (.*)/g)].map(([, action]) => action);
    expect(
      actions.filter((action) => !/^[\w/-]+@[\da-f]{40} # v[\d.]+$/.test(action ?? '')),
    ).toEqual([]);
  });

  it('runs no code of the repository or its dependencies where a token can be had', () => {
    const jobs = workflow.split(/^ {2}(?=\w+:$)/m).filter((job) => job.includes('id-token: write'));
    const commands = jobs.flatMap((job) => [...job.matchAll(/run: (.*)|(actions\/checkout)/g)]);
    expect(commands.map(([command]) => command)).toEqual(
      name === 'release.yml'
        ? ['run: npm publish ./nestjs-cors-*.tgz --provenance --access public --ignore-scripts']
        : [],
    );
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SERVER_NAMES, serverKind } from '../../lib/diagnosis/servers/servers.js';
import { repository } from './page.js';
import { serversPage } from './servers-page.js';

const root = repository();

it('docs/servers.md matches the code: UPDATE_DOCS=1 npm test -- test/docs', async () => {
  const file = join(root, 'docs', 'servers.md');
  const page = await serversPage();
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, page);
  expect(readFileSync(file, 'utf8')).toBe(page);
});

it('every server has a change, a title of its own, and its documentation', async () => {
  const page = await serversPage();
  const headings = page.split('\n').filter((line) => line.startsWith('## '));
  expect(headings).toEqual(SERVER_NAMES.map((server) => `## ${serverKind(server).title}`));
  expect(new Set(headings).size).toBe(headings.length);
  expect(page).not.toContain('```text\n\n```');
  expect(page.match(/\[documentation\]\((?:https:\/\/|\.\.\/README)/g)).toHaveLength(
    SERVER_NAMES.length,
  );
});

it('names the number of servers that the README names', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  expect(/\[(\d+) kinds\]\(docs\/servers\.md\)/.exec(readme)?.[1]).toBe(
    String(SERVER_NAMES.length),
  );
});

it('is started each night with each change, or held to its documentation', async () => {
  const programs = ['node', 'debian', 'proxies']
    .map((name) => readFileSync(join(root, 'test', 'nightly', 'stacks', `${name}.mjs`), 'utf8'))
    .join('\n');
  const started = new Set(
    Array.from(programs.matchAll(/^ +server: '([^']+)'/gm), ([, name]) => name),
  );
  const page = await serversPage();
  const said = Array.from(
    page.matchAll(/^\| \[`([^`]+)`\].*\| started +\|$/gm),
    ([, name]) => name,
  );
  expect(new Set(said)).toEqual(started);
});

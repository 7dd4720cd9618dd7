import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../../lib/cli/run-cli.js';
import { recorder } from '../unit/cli/recorder.js';
import { readCommands } from './exchange.js';
import { pages, readSections, repository } from './page.js';

const root = repository();
const { scripts }: { scripts: Record<string, string> } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);
/** What npm itself does with these words. */
const NPM = ['ci', 'install', 'pack'];

const commands = pages(root).flatMap((page) =>
  readSections(root, page).flatMap(({ blocks }) =>
    blocks.flatMap((block) => {
      if (block.language === 'console') {
        return readCommands(block).map(({ words }) => ({ page, line: words.join(' ') }));
      }
      if (block.language !== 'sh') return [];
      return block.code
        .replace(/\\\n\s*/g, '')
        .split(/\n|&&/)
        .map((line) => ({ page, line: line.replace(/(^|\s)#.*/, '').trim() }))
        .filter(({ line }) => line !== '');
    }),
  ),
);

it('every npm script that the pages name exists', () => {
  const unknown = commands.filter(({ line }) => {
    const [, run, word = ''] = /^(?:\w+=\S+ )*npm (run )?(?:-\S+ )*(\S+)/.exec(line) ?? [];
    if (word === '') return false;
    return run === undefined && NPM.includes(word) ? false : !(word in scripts);
  });
  expect(unknown).toEqual([]);
});

it('every option of nestjs-cors that the pages name exists', async () => {
  const { terminal, out } = recorder();
  await runCli(['check', '--help'], terminal);
  const used = commands
    .filter(({ line }) => line.startsWith('npx nestjs-cors'))
    .flatMap(({ page, line }) =>
      Array.from(line.matchAll(/ (--?[a-z][a-z-]*)/g), ([, option = '']) => ({ page, option })),
    );
  expect(used.length).toBeGreaterThan(0);
  expect(used.filter(({ option }) => !out().includes(option))).toEqual([]);
  const subcommands = commands
    .map(({ line }) => /^npx nestjs-cors (\S+)/.exec(line)?.[1])
    .filter((name) => name !== undefined);
  expect(new Set(subcommands)).toEqual(new Set(['check']));
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../../lib/cli/run-cli.js';
import { servers } from '../../lib/diagnosis/servers/servers.js';
import { recorder } from '../unit/cli/recorder.js';
import { readCommands } from './exchange.js';
import { pages, readSections, repository } from './page.js';

const root = repository();
const { scripts }: { scripts: Record<string, string> } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);
const COMMANDS = ['check', 'migrate', 'policy', 'diff', 'audit', 'verify', 'edge'];
/** npm's own commands. */
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

describe('nestjs-cors', () => {
  const { terminal, out: help } = recorder();
  beforeAll(async () => {
    for (const name of COMMANDS) await runCli([name, '--help'], terminal);
  });

  it('has every option that a command of the pages uses, and no command that does not exist', () => {
    const used = commands.filter(({ line }) => line.startsWith('npx nestjs-cors'));
    const options = used.flatMap(({ line }) =>
      Array.from(line.matchAll(/ (--?[a-z][a-z-]*)/g), ([, option = '']) => option),
    );
    expect(options.length).toBeGreaterThan(0);
    expect(options.filter((option) => !help().includes(`${option} `))).toEqual([]);
    const names = used.map(({ line }) => line.split(' ')[2]);
    expect(new Set(names)).toEqual(new Set(COMMANDS));
  });

  it('names no server that it cannot write for', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const named = Array.from(readme.matchAll(/`--for ([^`]+)`/g), ([, name]) => name);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !Object.keys(servers).includes(name ?? ''))).toEqual([]);
  });

  it.each(pages(root))('has every option that %s mentions, with its values', (page) => {
    const text = readFileSync(join(root, page), 'utf8');
    const spoken = Array.from(text.matchAll(/`(--[a-z-]+)(?: (\w+))?`/g));
    const unknown = spoken.filter(
      ([, option = '', value]) =>
        !help().includes(option) || (value !== undefined && !help().includes(`"${value}"`)),
    );
    expect(unknown.map(([written]) => written)).toEqual([]);
  });
});

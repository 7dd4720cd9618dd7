import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EDGE_TARGET_NAMES } from '../../lib/edge/edge-target.js';
import { edgeTarget } from '../../lib/edge/targets.js';
import { edgeFile, planOf } from '../unit/edge/files.js';
import { repository } from './page.js';

const page = readFileSync(join(repository(), 'docs/deployment.md'), 'utf8');
const rows = new Map(
  Array.from(page.matchAll(/^\| `([\w-]+)` +\|(.*)\|$/gm), ([, name = '', cells = '']) => [
    name,
    cells.split('|').map((cell) => cell.trim()),
  ]),
);

it('the table of what each server can say has every target, and no other', () => {
  expect([...rows.keys()]).toEqual([...EDGE_TARGET_NAMES]);
});

it.each(EDGE_TARGET_NAMES)('the table says what is true of %s', async (name) => {
  const target = await edgeTarget(name);
  const [files = '', modes, expressions = ''] = rows.get(name) ?? [];
  expect(modes).toBe(target.modes.join(', '));
  expect(/PCRE|JavaScript/.test(expressions)).toBe(target.looksAround);
  const [mode = 'fill'] = target.modes;
  const plan = await planOf(edgeFile({ global: false }), { looksAround: target.looksAround });
  const [first] = target.files(plan, mode);
  expect(files).toContain(`\`${first?.path ?? ''}\``);
});

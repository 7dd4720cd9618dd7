import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { markdownTable } from './markdown-table.js';

/** What has passed, and when: test/package/compatibility/record.mjs. */
interface Row {
  readonly group: string;
  readonly subject: string;
  readonly version: string;
  readonly platforms: readonly ('express' | 'fastify')[];
  readonly date: string;
}

const PLATFORMS = { express: 'Express', fastify: 'Fastify' } as const;

/** What the package was installed, bundled and run with. */
export function compatibilityTable(root: string): string {
  const file = join(root, 'test/package/compatibility/results.json');
  const rows: readonly Row[] = JSON.parse(readFileSync(file, 'utf8'));
  return markdownTable(
    ['Kind', 'With', 'Version', 'Platforms', 'Passed on'],
    rows.map(({ group, subject, version, platforms, date }) => [
      group,
      subject,
      version,
      platforms.map((platform) => PLATFORMS[platform]).join(', '),
      date,
    ]),
  );
}

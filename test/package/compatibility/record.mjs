import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const FILE = resolve(import.meta.dirname, 'results.json');

/** Where a row of the table is; groups stand in this order. */
const GROUPS = ['Runtime', 'Package manager', 'Bundler', 'Serverless'];

/**
 * Keeps what has passed, in place of what passed before of the same subject. The table in
 * docs/compatibility.md is made from it: UPDATE_DOCS=1 npm test -- test/docs.
 */
export function record({ group, subject, version, platforms = ['express', 'fastify'] }) {
  const kept = JSON.parse(readFileSync(FILE, 'utf8')).filter(
    (row) => row.group !== group || row.subject !== subject,
  );
  const date = new Date().toISOString().slice(0, 10);
  const rows = [...kept, { group, subject, version, platforms, date }].toSorted(
    (a, b) =>
      GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group) ||
      a.subject.localeCompare(b.subject, 'en', { numeric: true }),
  );
  writeFileSync(FILE, `${JSON.stringify(rows, null, 2)}\n`);
}

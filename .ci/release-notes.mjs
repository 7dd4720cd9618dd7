/**
 * Prints what CHANGELOG.md says of a version: the notes of its release.
 *
 * node .ci/release-notes.mjs 1.0.0
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { argv, stdout } from 'node:process';

const version = argv[2] ?? '';
const changelog = readFileSync(resolve(import.meta.dirname, '../CHANGELOG.md'), 'utf8');
const sections = changelog.split(/^(?=## )/m);
const section = sections.find((text) => /^## \[?([^\]\s]+)/.exec(text)?.[1] === version);
if (section === undefined)
  throw new Error(`CHANGELOG.md says nothing of ${JSON.stringify(version)}.`);
stdout.write(section.replace(/^## .*\n+/, ''));

import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { browserMessages, checkGuide } from '../../lib/browser/index.js';
import { earlierMessages } from '../../lib/browser/messages/earlier.js';
import { LOOKALIKES } from '../../lib/diagnosis/lookalikes.js';
import { readPaste } from '../../lib/diagnosis/paste/read-paste.js';
import { lookalikeWordings } from './lookalike-wordings.js';
import { headingText, troubleshootingPage } from './troubleshooting-page.js';

function pagePath(): string {
  const { testPath = '' } = expect.getState();
  return join(dirname(testPath), '..', '..', 'docs', 'troubleshooting.md');
}

describe('docs/troubleshooting.md', () => {
  it('matches the code: UPDATE_DOCS=1 npm test -- test/docs', () => {
    const file = pagePath();
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, troubleshootingPage());
    expect(readFileSync(file, 'utf8')).toBe(troubleshootingPage());
  });

  it('has every check and every message', () => {
    const page = troubleshootingPage();
    const headings = page.split('\n').filter((line) => line.startsWith('## '));
    expect(headings).toEqual([
      '## `@Cors()` has no effect',
      ...Object.keys(checkGuide).map((check) => `## ${check}`),
      '## What only looks like CORS',
    ]);
    const texts = Object.values(browserMessages)
      .flat()
      .map(({ text }) => text.replace('{redirected}', ''));
    texts.push(...earlierMessages.map(({ reason }) => reason));
    expect(texts.filter((text) => !page.includes(`\n${text}\n`))).toEqual([]);
  });

  it('has a heading for the words of every message', () => {
    const headings = troubleshootingPage()
      .split('\n')
      .filter((line) => line.startsWith('### '))
      .map((line) => line.slice(4).replaceAll('\\', ''));
    const all = [...Object.values(browserMessages).flat(), ...earlierMessages];
    const reasons = all.map(({ reason }) => headingText(reason));
    expect(reasons.filter((reason) => !headings.includes(reason))).toEqual([]);
    // None of them is empty for a reader who searches.
    expect(headings.filter((heading) => heading.trim() === '')).toEqual([]);
  });

  it('has everything that only looks like CORS, in words that are recognised', () => {
    expect(Object.keys(lookalikeWordings)).toEqual(LOOKALIKES.map(({ id }) => id));
    const recognised = Object.entries(lookalikeWordings).flatMap(([id, wordings]) =>
      wordings.map((wording) => [
        id,
        readPaste(wording.replaceAll('…', 'x.example.com'))?.lookalike?.id,
        wording,
      ]),
    );
    expect(recognised.filter(([id, found]) => id !== found)).toEqual([]);
    expect(recognised.length).toBeGreaterThan(LOOKALIKES.length);
  });
});

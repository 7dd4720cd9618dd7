import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { browserMessages, checkGuide } from '../../lib/browser/index.js';
import { troubleshootingPage } from './troubleshooting-page.js';

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
    ]);
    const texts = Object.values(browserMessages)
      .flat()
      .map(({ text }) => text.replace('{redirected}', ''));
    expect(texts.filter((text) => !page.includes(`\n${text}\n`))).toEqual([]);
  });
});

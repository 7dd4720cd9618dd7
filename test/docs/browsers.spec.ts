import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { browsersPage } from '../browser/live/browsers-page.js';
import { liveRows } from '../browser/live/live-rows.js';

describe('docs/browsers.md', () => {
  it('has every row, as predicted in each browser', () => {
    const { testPath = '' } = expect.getState();
    const page = readFileSync(join(dirname(testPath), '..', '..', 'docs', 'browsers.md'), 'utf8');
    const titles = Object.values(liveRows())
      .flat()
      .map(({ title }) => title);
    // Debian's versions move on; the page keeps its own until it is generated again.
    const resultOf = (label: string) => {
      const version = new RegExp(`${label} (\\d[\\d.]*\\d)`).exec(page)?.[1] ?? 'none';
      return { version, passed: [...titles, ...titles] };
    };
    expect(new Set(titles).size).toBe(titles.length);
    expect(page).toBe(
      browsersPage(
        new Map([
          ['chromium', resultOf('Chromium')],
          ['firefox', resultOf('Firefox ESR')],
          ['webkit', resultOf('WebKitGTK')],
        ]),
      ),
    );
  });
});

/// <reference lib="dom" />
import { chosenBrowsers } from '../../../test/browser/browsers/chosen-browsers.js';
import { freePort } from '../../../test/support/free-port.js';
import { openBrowser } from '../../../test/browser/browsers/open-browser.js';
import type { RealBrowser } from '../../../test/browser/browsers/real-browser.js';
import type { RunningSample } from '../src/start-sample.js';

/** Runs in the page: what it says once all its requests have ended. */
async function summary(): Promise<string> {
  for (;;) {
    const text = document.getElementById('summary')?.textContent ?? '';
    if (text.includes('expected')) return text;
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((again) => {
      setTimeout(again, 20);
    });
  }
}

/** Runs in the page: where the links of refused calls lead. */
function inspectorLinks(): Promise<readonly string[]> {
  const links = document.querySelectorAll<HTMLAnchorElement>('article .why a');
  return Promise.resolve(Array.from(links, ({ href }) => href));
}

describe.each(chosenBrowsers())('the page in %s', (name) => {
  let sample: RunningSample;
  let browser: RealBrowser;

  beforeAll(async () => {
    const pagePort = await freePort();
    process.env['PORT'] = '0';
    process.env['PAGE_PORT'] = String(pagePort);
    process.env['CORS_ORIGINS'] = `http://localhost:${pagePort}`;
    const { startSample } = await import('../src/start-sample.js');
    sample = await startSample(undefined, { abortOnError: false, logger: false });
    browser = await openBrowser(name);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await sample.close();
  });

  it.each([
    ['localhost', '6 allowed, 3 refused by the browser, all as expected.', 3],
    ['127.0.0.1', '1 allowed, 8 refused by the browser, all as expected.', 8],
  ])(
    'opened on %s: %s',
    async (host, expected, refused) => {
      await browser.open(sample.pageUrl.replace('localhost', host));
      expect(await browser.run(summary, null)).toBe(expected);
      const links = await browser.run(inspectorLinks, null);
      expect(links.length).toBe(refused);
      const [link = ''] = links;
      const { origin, pathname, hash } = new URL(link);
      const asked = new URLSearchParams(hash.replace('#routes?', ''));
      expect([origin, pathname, asked.get('origin')]).toEqual([
        sample.apiUrl,
        '/cors',
        new URL(sample.pageUrl.replace('localhost', host)).origin,
      ]);
    },
    60_000,
  );
});

import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PLATFORMS } from '../../support/platforms.js';
import { type RealBrowserName, SIMULATED_AS } from '../browsers/browser-name.js';
import { chosenBrowsers } from '../browsers/chosen-browsers.js';
import { openBrowser } from '../browsers/open-browser.js';
import type { RealBrowser } from '../browsers/real-browser.js';
import { agreementOf } from './agreement-of.js';
import { type BrowserResult, browsersPage } from './browsers-page.js';
import { liveRows } from './live-rows.js';
import { LiveServers, type SeenRequest } from './live-servers.js';
import { ModelSend } from './model-send.js';
import type { PageSight } from './page-sight.js';
import { predictedSight } from './predicted-sight.js';
import { runInBrowser } from './run-in-browser.js';
import { runInModel } from './run-in-model.js';

const rows = Object.entries(liveRows()).flatMap(([about, some]) =>
  some.map((row) => ({ about, row, title: row.title })),
);

/** What ran, for the page in `docs/`. */
const results = new Map<RealBrowserName, BrowserResult>();

function print({ at, method, path, cookie, origin }: SeenRequest): string {
  const where = at === 'elsewhere' ? `elsewhere${path}` : path;
  return `${method} ${where}${cookie ? ' + cookie' : ''}${origin === 'null' ? ' from null' : ''}`;
}

afterAll(() => {
  if (process.env['UPDATE_DOCS'] !== '1') return;
  const { testPath = '' } = expect.getState();
  const file = join(dirname(testPath), '..', '..', '..', 'docs', 'browsers.md');
  writeFileSync(file, browsersPage(results));
});

describe.each(chosenBrowsers())('%s', (name) => {
  const passed: string[] = [];

  describe.each(PLATFORMS)('$platform', ({ platform }) => {
    const network = new ModelSend();
    let servers: LiveServers;
    let browser: RealBrowser;

    beforeAll(async () => {
      servers = await LiveServers.start(platform);
      browser = await openBrowser(name);
      results.set(name, { version: browser.version, passed });
    }, 60_000);
    afterAll(async () => {
      await browser?.close();
      await servers.close();
    });

    it.each(rows)(
      '$about: $title',
      async ({ row }) => {
        const { title, from = 'page', calls, sent, restFromCache = false } = row;
        const sights = await runInBrowser(browser, servers, row, `${title} in the browser`);
        const simulations = await runInModel(
          SIMULATED_AS[name],
          network,
          servers,
          row,
          `${title} in the model`,
        );
        const requestsOf = (run: string) =>
          servers.requests(run).slice(0, restFromCache ? sent.length : undefined);
        const requests = requestsOf(`${title} in the browser`);
        expect(requests.map(print)).toEqual(sent);
        expect(requestsOf(`${title} in the model`)).toEqual(requests);

        for (const [index, call] of calls.entries()) {
          const sight = sights[index] as PageSight;
          const { seen, predicted } = predictedSight(call, from, sight);
          expect(seen).toEqual(predicted);
          const simulation = simulations[index];
          if (simulation === undefined) throw new Error('Expected one simulation per call');
          const { page, model } = agreementOf(sight, simulation);
          expect(model).toEqual(page);
        }
        passed.push(title);
      },
      60_000,
    );
  });
});

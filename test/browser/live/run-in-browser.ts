import type { RealBrowser } from '../browsers/real-browser.js';
import { callInPage } from './call-in-page.js';
import { callInSandbox } from './call-in-sandbox.js';
import type { LiveRow } from './live-row.js';
import type { LiveServers } from './live-servers.js';
import type { PageSight } from './page-sight.js';

/** Makes the calls of a row in a browser, one after the other. */
export async function runInBrowser(
  browser: RealBrowser,
  servers: LiveServers,
  { from = 'page', calls }: LiveRow,
  run: string,
): Promise<readonly PageSight[]> {
  const sights: PageSight[] = [];
  await browser.open(servers.documentOf(from));
  for (const { path, by = 'fetch', method = 'GET', credentials = false, ...rest } of calls) {
    const call = { ...rest, by, method, credentials, url: servers.url(path, run) };
    const sight =
      from === 'sandbox'
        ? browser.run(callInSandbox, [callInPage.toString(), call] as const)
        : browser.run(callInPage, call);
    // oxlint-disable-next-line no-await-in-loop
    sights.push(await sight);
  }
  return sights;
}

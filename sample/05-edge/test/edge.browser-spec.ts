/// <reference lib="dom" />
import { chosenBrowsers } from '../../../test/browser/browsers/chosen-browsers.js';
import { openBrowser } from '../../../test/browser/browsers/open-browser.js';
import type { RealBrowser } from '../../../test/browser/browsers/real-browser.js';
import type { RunningEdge } from '../src/start-edge.js';
import { startOnFreePorts } from './start-on-free-ports.js';

/** Runs in the page: the status that it can read, or the error. */
async function statusOf(url: string): Promise<number | string> {
  try {
    return (await fetch(url, { credentials: 'include' })).status;
  } catch (error) {
    return error instanceof TypeError ? 'blocked' : String(error);
  }
}

describe.each(chosenBrowsers())('sample 05-edge in %s', (name) => {
  let edge: RunningEdge;
  let browser: RealBrowser;
  beforeAll(async () => {
    edge = await startOnFreePorts();
    browser = await openBrowser(name);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await edge.close();
  });

  it('lets the page read the 502 of nginx, and no other page', async () => {
    const url = `${edge.edgeUrl}/orders`;
    await browser.open(edge.pageUrl);
    expect(await browser.run(statusOf, url)).toBe(200);
    await edge.stopApi();
    expect(await browser.run(statusOf, url)).toBe(502);
    await browser.open(edge.pageUrl.replace('localhost', '127.0.0.1'));
    expect(await browser.run(statusOf, url)).toBe('blocked');
  }, 60_000);
});

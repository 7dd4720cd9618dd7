import { type Browser, launch, type LaunchOptions, type Page } from 'puppeteer-core';
import type { AgreementCase } from './agreement-case.js';

/** What a page saw of its call. */
export interface PageResult {
  /** Whether `fetch()` resolved. */
  readonly resolved: boolean;
  /** The response headers that the page can read; of a rejected call, none. */
  readonly readable: readonly string[];
}

/** A call for a page to make. */
export interface PageCall {
  readonly url: string;
  readonly fetch: AgreementCase['fetch'];
  readonly calls: number;
}

const BROWSERS = {
  chromium: {
    browser: 'chrome' as const,
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  },
  firefox: {
    browser: 'firefox' as const,
    executablePath: process.env['FIREFOX'] ?? '/usr/bin/firefox-esr',
  },
} satisfies Record<string, LaunchOptions>;

export type RealBrowserName = keyof typeof BROWSERS;

/** A browser with one page open. */
export class RealBrowser {
  private readonly lines: string[] = [];

  private constructor(
    private readonly browser: Browser,
    private readonly page: Page,
  ) {
    page.on('console', (message) => this.lines.push(message.text()));
  }

  static async open(name: RealBrowserName, url: string): Promise<RealBrowser> {
    const browser = await launch({ ...BROWSERS[name], headless: true });
    const open = new RealBrowser(browser, await browser.newPage());
    await open.page.goto(url);
    return open;
  }

  version(): Promise<string> {
    return this.browser.version();
  }

  /** Makes the calls, a few at a time. */
  call(calls: readonly PageCall[]): Promise<readonly PageResult[]> {
    return this.page.evaluate(callInPage, calls);
  }

  /** All that the console has shown until now. Firefox tells nobody what it says about CORS. */
  async console(): Promise<readonly string[]> {
    const end = 'This is the last line.';
    const shown = new Promise<void>((resolve) => {
      this.page.on('console', (message) => {
        if (message.text() === end) resolve();
      });
    });
    // oxlint-disable-next-line no-console
    await this.page.evaluate((line) => console.log(line), end);
    await shown;
    return this.lines;
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}

/** Runs in the page: it can use nothing of this file. */
async function callInPage(calls: readonly PageCall[]): Promise<readonly PageResult[]> {
  const results: PageResult[] = [];
  const waiting = [...calls.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, { url, fetch: init, calls: times }] = next;
      for (let time = 0; time < times; time += 1) {
        try {
          // oxlint-disable-next-line no-await-in-loop
          const { headers } = await fetch(url, {
            ...init,
            headers: [...(init.headers ?? [])].map((pair) => [...pair]),
          });
          results[index] = { resolved: true, readable: [...headers.keys()].toSorted() };
        } catch {
          results[index] = { resolved: false, readable: [] };
        }
      }
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  return results;
}

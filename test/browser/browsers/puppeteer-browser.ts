import { type Browser, launch, type LaunchOptions, type Page } from 'puppeteer-core';
import type { RealBrowser } from './real-browser.js';

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

/** Chromium by the DevTools protocol, Firefox by WebDriver BiDi. */
export class PuppeteerBrowser implements RealBrowser {
  private readonly lines: string[] = [];

  private constructor(
    private readonly browser: Browser,
    private readonly page: Page,
    readonly version: string,
  ) {
    page.on('console', (message) => this.lines.push(message.text()));
  }

  static async start(name: keyof typeof BROWSERS): Promise<PuppeteerBrowser> {
    const browser = await launch({ ...BROWSERS[name], headless: true });
    const version = (await browser.version()).replace(/^.*\//, '');
    return new PuppeteerBrowser(browser, await browser.newPage(), version);
  }

  async open(url: string): Promise<void> {
    await this.page.goto(url);
  }

  run<In, Out>(work: (argument: In) => Promise<Out>, argument: In): Promise<Out> {
    return this.page.evaluate(work as (argument: unknown) => Promise<Out>, argument);
  }

  /** Firefox does not expose its console messages about CORS. */
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

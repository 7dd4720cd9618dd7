import { type Browser, launch, type Page } from 'puppeteer-core';

/** A page in a Chromium of its own, and all that it requests and complains of. */
export class ChromiumPage {
  readonly requests: string[] = [];
  readonly complaints: string[] = [];

  private constructor(
    private readonly browser: Browser,
    readonly page: Page,
  ) {
    page.on('request', (request) => this.requests.push(request.url()));
    page.on('console', (message) => this.complaints.push(message.text()));
    page.on('pageerror', (error) => this.complaints.push(String(error)));
  }

  static async start(): Promise<ChromiumPage> {
    const browser = await launch({
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
    });
    return new ChromiumPage(browser, await browser.newPage());
  }

  async open(url: string, look: Look = WIDE): Promise<void> {
    const { width, scheme } = look;
    await this.page.setViewport({ width, height: 900 });
    await this.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await this.page.goto('about:blank');
    await this.page.goto(url);
    await this.settled();
  }

  /** Until the page has read and judged what there is, and has shown it. */
  async settled(): Promise<void> {
    await this.page.evaluate(async () => {
      for (let quiet = 0; quiet < 4;) {
        // oxlint-disable-next-line no-await-in-loop
        await new Promise(requestAnimationFrame);
        quiet = document.querySelector('[aria-busy=false]') === null ? 0 : quiet + 1;
      }
    });
  }

  heading(): Promise<string> {
    return this.page.evaluate(() => document.querySelector('.verdict h2')?.textContent ?? '');
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}

export interface Look {
  readonly name: string;
  readonly width: number;
  readonly scheme: 'light' | 'dark';
}

const WIDE: Look = { name: 'wide and light', width: 1280, scheme: 'light' };

/** How people have it. */
export const LOOKS: readonly Look[] = [
  WIDE,
  { name: 'wide and dark', width: 1280, scheme: 'dark' },
  { name: 'narrow and light', width: 360, scheme: 'light' },
  { name: 'narrow and dark', width: 360, scheme: 'dark' },
];

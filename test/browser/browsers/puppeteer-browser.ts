import { type Browser, launch, type LaunchOptions, type Page } from 'puppeteer-core';
import type { BrowserSetting } from './browser-setting.js';
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
    // As the developer tools print what fails without words of its own.
    page.on('requestfailed', (request) =>
      this.lines.push(`${request.method()} ${request.url()} ${request.failure()?.errorText ?? ''}`),
    );
  }

  static async start(
    name: keyof typeof BROWSERS,
    setting?: BrowserSetting,
  ): Promise<PuppeteerBrowser> {
    const options: LaunchOptions = BROWSERS[name];
    const browser = await launch({
      ...options,
      headless: true,
      acceptInsecureCerts: true,
      args: [...(options.args ?? []), ...(name === 'chromium' ? chromiumArguments(setting) : [])],
      ...(name === 'firefox' && { extraPrefsFirefox: firefoxPreferences(setting) }),
    });
    const version = (await browser.version()).replace(/^.*\//, '');
    const page = await browser.newPage();
    if (name === 'chromium' && setting !== undefined) await answerPrompts(page, setting);
    return new PuppeteerBrowser(browser, page, version);
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

function chromiumArguments(setting: BrowserSetting | undefined): readonly string[] {
  if (setting === undefined) return [];
  const names = [...setting.names, '192.168.7.7', '93.184.216.34'];
  const spaces = Object.entries(setting.spaces).map(
    ([port, space]) => `127.0.0.1:${port}=${space}`,
  );
  return [
    `--host-resolver-rules=${names.map((host) => `MAP ${host} 127.0.0.1`).join(',')}`,
    `--ip-address-space-overrides=${spaces.join(',')}`,
  ];
}

async function answerPrompts(page: Page, { permission, pages }: BrowserSetting): Promise<void> {
  const client = await page.createCDPSession();
  for (const origin of pages) {
    for (const name of ['local-network', 'loopback-network']) {
      // oxlint-disable-next-line no-await-in-loop
      await client.send('Browser.setPermission', {
        origin,
        permission: { name },
        setting: permission,
      });
    }
  }
}

/** Of the permission manager: 1 allows, 2 denies. */
const FIREFOX_PERMISSIONS = { granted: 1, denied: 2 } as const;

function firefoxPreferences(setting: BrowserSetting | undefined): Record<string, unknown> {
  if (setting === undefined) return {};
  const { names, spaces, permission } = setting;
  const portsOf = (space: 'public' | 'local') =>
    Object.entries(spaces)
      .filter(([, other]) => other === space)
      .map(([port]) => `127.0.0.1:${port}`)
      .join(',');
  return {
    'network.dns.localDomains': names.join(','),
    'network.lna.address_space.public.override': portsOf('public'),
    'network.lna.address_space.private.override': portsOf('local'),
    'permissions.default.loopback-network': FIREFOX_PERMISSIONS[permission],
    'permissions.default.local-network': FIREFOX_PERMISSIONS[permission],
  };
}

/// <reference lib="dom" />
import { readFile } from 'node:fs/promises';
import { Controller, Get, Module, Put, type INestApplication } from '@nestjs/common';
import { type Browser, launch, type Page } from 'puppeteer-core';
import { CorsModule } from 'nestjs-cors';
import { CorsInspector } from 'nestjs-cors/inspector';
import { buildPage } from '../../support/built-page.js';
import { startApp } from '../../support/platforms.js';
import { send } from '../../support/send.js';

const APP = 'https://app.example.com';

@Controller('orders')
class OrdersController {
  @Get() list() {
    return [];
  }
  @Put(':id') update() {
    return {};
  }
}

@Module({
  imports: [CorsModule.forRoot({ origin: APP, credentials: true })],
  controllers: [OrdersController],
})
class AppModule {}

interface Axe {
  run(): Promise<{ readonly violations: readonly { readonly id: string }[] }>;
}

const query = (values: Record<string, string>) => new URLSearchParams(values).toString();

const VIEWS = [
  ['all routes', `#routes?${query({ origin: APP })}`, '3 lines'],
  ['a route', `#routes?${query({ route: 'PUT /orders/:id', origin: APP })}`, '✓ Allowed'],
  [
    'a request that is refused',
    `#routes?${query({ path: '/orders', origin: `${APP}:1` })}`,
    '✗ Blocked',
  ],
  ['the refusals', '#refusals', 'The last 1'],
] as const;

const LOOKS = [1200, 360].flatMap((width) =>
  ['light', 'dark'].flatMap((scheme) =>
    VIEWS.map(([view, fragment, text]) => ({ width, scheme, view, fragment, text })),
  ),
);

// The drivers of other browsers have no way to set a width.
describe('the inspector of an application, in Chromium', () => {
  let app: INestApplication;
  let port: number;
  let browser: Browser;
  let page: Page;
  let axe: string;
  beforeAll(async () => {
    await buildPage();
    axe = await readFile('node_modules/axe-core/axe.min.js', 'utf8');
    ({ app, port } = await startApp('fastify', AppModule, {
      configure: (created) => CorsInspector.setup('cors', created),
    }));
    await send(port, 'GET', '/orders', { origin: 'https://evil.example.org' });
    browser = await launch({
      browser: 'chrome',
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox'],
      headless: true,
    });
    page = await browser.newPage();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  it.each(LOOKS)(
    'shows $view at $width px, $scheme, to everybody, and nothing beside the page',
    async ({ width, scheme, fragment, text }) => {
      await page.setViewport({ width, height: 900 });
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      await page.goto('about:blank');
      await page.goto(`http://127.0.0.1:${port}/cors${fragment}`);
      await page.waitForFunction((wanted) => document.body.innerText.includes(wanted), {}, text);
      await page.evaluate(axe);
      const found = await page.evaluate(async () => {
        const { violations } = await (window as unknown as { axe: Axe }).axe.run();
        const { scrollWidth, clientWidth } = document.documentElement;
        return [violations.map(({ id }) => id), scrollWidth > clientWidth];
      });
      expect(found).toEqual([[], false]);
    },
    60_000,
  );

  it('is used with the keyboard alone', async () => {
    await page.goto('about:blank');
    await page.goto(`http://127.0.0.1:${port}/cors`);
    await page.waitForSelector('.route-table');
    const focused = () =>
      page.evaluate(() => {
        const { activeElement } = document;
        return activeElement?.id || activeElement?.textContent;
      });
    const seen: unknown[] = [];
    for (let stop = 0; stop < 8; stop += 1) {
      await page.keyboard.press('Tab');
      seen.push(await focused());
    }
    expect(seen).toEqual([
      'Routes',
      'Refusals',
      'Inspect',
      'origin',
      'find',
      'ASVS 3.5.2',
      'GET /orders',
      'PUT /orders/:id',
    ]);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.request-page');
    await page.focus('#origin');
    await page.keyboard.type(APP);
    await page.waitForFunction(() => document.body.innerText.includes('✓ Allowed'));
  });
});

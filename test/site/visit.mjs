import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { launch } from 'puppeteer-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const DESK = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };
/** A reason of CorsConfigError, as somebody types it who has just read one. */
const SOUGHT = 'origin-trailing-slash';

/** Opens every page in Chromium, on a desk and on a phone, light and dark by turns. */
export async function visitPages(pages, address) {
  const browser = await launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
  });
  const faults = [];
  try {
    const tab = await browser.newPage();
    tab.on('request', (request) => {
      const url = request.url();
      if (!/^(?:data|blob):/.test(url) && !url.startsWith(address)) {
        faults.push(`${tab.url()} loads ${url}`);
      }
    });
    tab.on('pageerror', (error) => faults.push(`${tab.url()}: ${error.message}`));
    for (const [index, page] of pages.entries()) {
      const scheme = index % 2 === 0 ? 'light' : 'dark';
      faults.push(...(await faultsOf(tab, address, page, scheme)));
    }
    faults.push(...(await searchFaults(tab, address)));
    return faults;
  } finally {
    await browser.close();
  }
}

async function faultsOf(tab, address, page, scheme) {
  await tab.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: scheme },
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ]);
  await tab.setViewport(DESK);
  await open(tab, address + page);
  await tab.evaluate(AXE);
  const violations = await tab.evaluate(() => globalThis.axe.run());
  const faults = violations.violations.flatMap(({ id, help, nodes }) =>
    nodes
      .slice(0, 3)
      .map(({ html }) => `${page}, ${scheme}: ${id}, ${help}: ${html.slice(0, 200)}`),
  );
  await tab.setViewport(PHONE);
  const width = await tab.evaluate(() => document.documentElement.scrollWidth);
  return width > PHONE.width ? [...faults, `${page} is ${width} px wide on a phone`] : faults;
}

/** Opens a page, and waits until its scripts have taken it over. */
async function open(tab, url) {
  await tab.goto(url);
  await tab.waitForFunction(() => '__vue_app__' in document.querySelector('#app'));
}

/** One search, and its first result is the heading. */
async function searchFaults(tab, address) {
  await tab.setViewport(DESK);
  await open(tab, address);
  await tab.click('.VPNavBarSearch button');
  const input = await tab.waitForSelector('.VPLocalSearchBox input');
  await input.type(SOUGHT);
  const result = await tab.waitForSelector('.VPLocalSearchBox .result');
  const found = await result.evaluate((link) => link.getAttribute('href'));
  const expected = `${new URL(address).pathname}refused-at-boot#${SOUGHT}`;
  return found === expected ? [] : [`The search for ${SOUGHT} finds ${found} first.`];
}

import type { RealBrowserName } from './browser-name.js';
import type { BrowserSetting } from './browser-setting.js';
import { PuppeteerBrowser } from './puppeteer-browser.js';
import type { RealBrowser } from './real-browser.js';
import { WebKitBrowser } from './webkit-browser.js';

/** Starts a browser, without a profile: it has no cookies and nothing cached. */
export function openBrowser(name: RealBrowserName, setting?: BrowserSetting): Promise<RealBrowser> {
  return name === 'webkit' ? WebKitBrowser.start() : PuppeteerBrowser.start(name, setting);
}

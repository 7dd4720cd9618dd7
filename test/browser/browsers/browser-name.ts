import type { BrowserName } from '../../../lib/browser/index.js';

/** The browsers that tests can run in, and as which browser each one is simulated. */
export const SIMULATED_AS = {
  chromium: 'chromium',
  firefox: 'firefox',
  webkit: 'safari',
} as const satisfies Record<string, BrowserName>;

export type RealBrowserName = keyof typeof SIMULATED_AS;

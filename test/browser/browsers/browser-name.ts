import type { Dialect } from '../../../lib/browser/index.js';

/** The browsers that tests can run in, with the dialect that a simulation of each speaks. */
export const DIALECTS = {
  chromium: 'chromium',
  firefox: 'firefox',
  webkit: 'safari',
} as const satisfies Record<string, Dialect>;

export type BrowserName = keyof typeof DIALECTS;

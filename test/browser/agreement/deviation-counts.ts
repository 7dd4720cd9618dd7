import type { RealBrowserName } from '../browsers/browser-name.js';

/** In how many cases each browser deviates from the standard, by reason. */
export const DEVIATION_COUNTS: Readonly<Record<RealBrowserName, Readonly<Record<string, number>>>> =
  {
    chromium: { 'Authorization is covered by *': 3 },
    firefox: { 'Authorization is covered by *': 3, 'preflights after redirects': 64 },
    webkit: { 'Authorization is covered by *': 3 },
  };

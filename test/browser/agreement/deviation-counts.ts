import type { RealBrowserName } from '../browsers/browser-name.js';

/** In how many cases each browser deviates from the standard, by reason. */
export const DEVIATION_COUNTS: Readonly<Record<RealBrowserName, Readonly<Record<string, number>>>> =
  {
    chromium: { 'Authorization is covered by *': 3 },
    firefox: { 'Authorization is covered by *': 3, 'preflights after redirects': 64 },
    webkit: {
      'Authorization is covered by *': 3,
      'Authorization, dropped by a redirect, is still in the preflight': 77,
      'GET after a redirect of another method': 19,
      'Location that is empty or twice': 6,
      'No further redirect after the one that left the origin of the page': 16,
    },
  };

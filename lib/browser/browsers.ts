/** The browser whose order of checks, wording and limits a simulation follows. */
export type BrowserName = 'chromium' | 'firefox' | 'safari';

/** All of them, in the order in which they are listed. */
export const BROWSER_NAMES: readonly BrowserName[] = ['chromium', 'firefox', 'safari'];

/** What each browser is called in a sentence. */
export const browserTitles: Readonly<Record<BrowserName, string>> = {
  chromium: 'Chromium',
  firefox: 'Firefox',
  safari: 'Safari',
};

/** The longest time, in seconds, for which each browser keeps the response to a preflight. */
export const maxAgeCap: Readonly<Record<BrowserName, number>> = {
  chromium: 7200,
  firefox: 86_400,
  safari: 600,
};

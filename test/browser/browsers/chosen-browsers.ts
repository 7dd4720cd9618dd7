import { type RealBrowserName, SIMULATED_AS } from './browser-name.js';

/** The browsers to test in: `CORS_BROWSERS=chromium,firefox,webkit`; without it, Chromium. */
export function chosenBrowsers(): readonly RealBrowserName[] {
  const names = (process.env['CORS_BROWSERS'] ?? 'chromium').split(',');
  const unknown = names.filter((name) => !Object.hasOwn(SIMULATED_AS, name));
  if (unknown.length > 0) {
    throw new Error(`CORS_BROWSERS names ${unknown.join()}: expected chromium, firefox or webkit`);
  }
  return names as RealBrowserName[];
}

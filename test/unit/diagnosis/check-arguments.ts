import type { CheckArguments } from '../../../lib/cli/read-arguments.js';

export const PAGE = 'https://app.example.com';
export const URL_ASKED = 'https://api.example.com/orders/1';

/** What a check is asked to do when a test does not say otherwise. */
export function checkArguments(over: Partial<CheckArguments> = {}): CheckArguments {
  return {
    url: URL_ASKED,
    origin: PAGE,
    method: 'GET',
    headers: [],
    credentials: false,
    browser: 'chromium',
    server: 'nestjs-cors',
    forcePreflight: false,
    timeout: 1000,
    insecure: false,
    ...over,
  };
}

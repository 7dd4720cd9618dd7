import type { Dialect } from '../dialect.js';
import type { ReceivedResponse } from '../http-exchange.js';
import { HeaderList } from '../response/header-list.js';
import { isRedirectStatus } from './redirect-status.js';

/**
 * Whether a response sends the browser elsewhere; without `Location` it is a response like any.
 * By the standard, an empty one leads to the same URL again; for Chromium it is none.
 */
export function isRedirect({ status, headers }: ReceivedResponse, dialect: Dialect): boolean {
  const location = new HeaderList(headers).get('location');
  if (location === null || (location === '' && dialect === 'chromium')) return false;
  return isRedirectStatus(status);
}

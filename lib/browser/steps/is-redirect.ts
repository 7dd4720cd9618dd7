import type { ReceivedResponse } from '../http-exchange.js';
import { HeaderList } from '../response/header-list.js';
import { isRedirectStatus } from './redirect-status.js';

/** Whether a response sends the browser elsewhere; without `Location` it is a response like any. */
export function isRedirect({ status, headers }: ReceivedResponse): boolean {
  return isRedirectStatus(status) && new HeaderList(headers).get('location') !== null;
}

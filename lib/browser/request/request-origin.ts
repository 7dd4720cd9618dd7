import type { FetchRequest } from './fetch-request.js';

/**
 * The `Origin` that a request carries: `null` once another origin has redirected it to a third,
 * or back, since nobody could say any more who asked.
 *
 * @see https://fetch.spec.whatwg.org/#serializing-a-request-origin
 */
export function requestOrigin(request: FetchRequest): string {
  let last: URL | undefined;
  for (const url of [...request.visited, request.url]) {
    if (last !== undefined && url.origin !== last.origin && last.origin !== request.pageOrigin) {
      return 'null';
    }
    last = url;
  }
  return request.pageOrigin;
}

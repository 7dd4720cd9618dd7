/**
 * Whether a method is CORS-safelisted: pages may use it without leave. Byte for byte, since
 * browsers normalise `get` before they compare.
 *
 * @see https://fetch.spec.whatwg.org/#cors-safelisted-method
 */
export function isSafelistedMethod(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'POST';
}

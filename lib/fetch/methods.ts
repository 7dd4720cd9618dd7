import { isToken } from './tokens.js';

/**
 * Normalises a method as browsers do: exactly six are upper-cased, `patch` and `query` stay as
 * they are, and thereby differ from `PATCH` and `QUERY`.
 *
 * @see https://fetch.spec.whatwg.org/#concept-method-normalize
 */
export function normalizeMethod(method: string): string {
  // `toUpperCase` knows more than ASCII: it would turn a long s into an S.
  if (!isToken(method)) return method;
  const upper = method.toUpperCase();
  switch (upper) {
    case 'DELETE':
    case 'GET':
    case 'HEAD':
    case 'OPTIONS':
    case 'POST':
    case 'PUT':
      return upper;
    default:
      return method;
  }
}

/**
 * Whether a method is forbidden: browsers refuse to send it for a page, in any case.
 *
 * @see https://fetch.spec.whatwg.org/#forbidden-method
 */
export function isForbiddenMethod(method: string): boolean {
  // Only words of these two lengths need the copy that upper-casing makes.
  if (method.length !== 5 && method.length !== 7) return false;
  const upper = method.toUpperCase();
  return upper === 'CONNECT' || upper === 'TRACE' || upper === 'TRACK';
}

/**
 * Whether a method is CORS-safelisted: pages may use it without a preflight. Byte for byte,
 * since browsers normalise `get` before they compare.
 *
 * @see https://fetch.spec.whatwg.org/#cors-safelisted-method
 */
export function isSafelistedMethod(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'POST';
}

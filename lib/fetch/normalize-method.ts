import { isToken } from './token.js';

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

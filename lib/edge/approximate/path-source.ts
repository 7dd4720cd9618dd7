import type { Place } from '../tables.js';

const HEX = '[0-9a-f]';
const NEXT = `%[89ab]${HEX}`;
/** RFC 3629, percent-encoded. */
const CHARACTERS = [
  `%[0-7]${HEX}`,
  `%(?:c[2-9a-f]|d${HEX})${NEXT}`,
  `%(?:e0%[ab]${HEX}|e[1-9a-cef]${NEXT}|ed%[89]${HEX})${NEXT}`,
  `%(?:f0%[9ab]${HEX}|f[1-3]${NEXT}|f4%8${HEX})${NEXT}${NEXT}`,
].join('|');

/**
 * The paths of a place as one expression, anchored at both ends, whatever is escaped in them. What cannot
 * be decoded is not among them: routers serve it elsewhere, or not at all.
 */
export function pathSource({ path, escapedPath }: Place, basePath: string): string {
  const { source, ignoreCase } = escapedPath ?? path;
  const decodable = source
    .replaceAll('[^/]', `(?:[^/%]|${CHARACTERS})`)
    .replace(/(?<!\\)\.([*+])/g, (_all, count: string) => `(?:[^%]|${CHARACTERS})${count}`);
  const below = basePath.replace(/[.~]/g, '\\$&');
  return `${ignoreCase ? '(?i)' : ''}^${below}${decodable.slice(1)}`;
}

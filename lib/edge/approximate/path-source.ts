import { ESCAPED_UNIT } from '../paths/path-pattern.js';
import type { Place } from '../tables.js';

const HEX = '[0-9A-Fa-f]';
const NEXT = `%[89ABab]${HEX}`;
/** RFC 3629, percent-encoded, in any case. */
const CHARACTERS = [
  `%[0-7]${HEX}`,
  `%(?:[Cc][2-9A-Fa-f]|[Dd]${HEX})${NEXT}`,
  `%(?:[Ee]0%[ABab]${HEX}|[Ee][1-9A-CEFa-cef]${NEXT}|[Ee][Dd]%[89]${HEX})${NEXT}`,
  `%(?:[Ff]0%[9ABab]${HEX}|[Ff][1-3]${NEXT}|[Ff]4%8${HEX})${NEXT}${NEXT}`,
].join('|');

/**
 * The paths of a place as one expression, anchored at both ends, whatever is escaped in them. What cannot
 * be decoded is not among them: routers serve it elsewhere, or not at all.
 */
export function pathSource({ path, escapedPath }: Place, basePath: string): string {
  const { source, ignoreCase } = escapedPath ?? path;
  const decodable = source
    .replaceAll(ESCAPED_UNIT, CHARACTERS)
    .replaceAll('[^/]', `(?:[^/%]|${CHARACTERS})`)
    .replace(/(?<!\\)\.([*+])/g, (_all, count: string) => `(?:[^%]|${CHARACTERS})${count}`);
  const below = basePath.replace(/[.~]/g, '\\$&');
  return `${ignoreCase ? '(?i)' : ''}^${below}${decodable.slice(1)}`;
}

import { DECODABLE } from '../paths/odd-paths.js';
import type { Place } from '../tables.js';

const CHARACTERS = DECODABLE.source.slice('^(?:[^%]|'.length, -')*$'.length);

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

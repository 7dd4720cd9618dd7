import type { Expression } from './expression.js';
import type { PathReading } from './tables.js';

/**
 * The source of an expression as a configuration can quote it: what the configuration would take for its
 * own is written by its number.
 *
 * @param forbidden characters that must not be in it
 */
export function quotable(source: string, forbidden: string): string {
  return source.replace(/\\[^]|[^\\]/g, (part) => {
    const character = part.at(-1) ?? '';
    if (!forbidden.includes(character)) return part;
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}

/** With its letter case in its source, as PCRE and RE2 read it. */
export function inlined({ source, ignoreCase }: Expression): string {
  return ignoreCase ? `(?i)${source}` : source;
}

/** The path of a request target behind the base path, as a group: what comes before and after is not in it. */
export function pathGroup({ delimiters }: PathReading, basePath: string): string {
  const ends = delimiters.replace(/[^]/g, hex);
  const base = basePath.replace(/[^\w/-]/g, hex);
  return `^${base}(/[^${ends}]*${basePath === '' ? '' : '|'})(?:[${ends}].*)?$`;
}

function hex(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

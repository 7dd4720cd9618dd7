import type { Expression } from '../expression.js';

/** A `map` of nginx. */
export interface NginxMap {
  /** What it is for, in lines. */
  readonly comment: string;
  /** What is looked up, as it is written: `$cors_path`, `"$cors_stage$cors_cell"`. */
  readonly source: string;
  /** With its dollar sign. */
  readonly name: string;
  /** As it is written. */
  readonly otherwise: string;
  /** Keys and values as they are written; a third text is a comment. */
  readonly rows: readonly MapRow[];
}

export type MapRow = readonly [key: string, value: string, comment?: string];

/**
 * A text in quotes. nginx takes a backslash for its own before a quote, a backslash and the letters of
 * three control characters, and leaves it alone before anything else.
 */
export function quoted(text: string): string {
  const escaped = text.replace(/\\(?=[\\"trn]|$)/g, '\\\\').replace(/"/g, '\\"');
  return `"${escaped}"`;
}

/** The key of a row that is a regular expression. */
export function regexpKey({ source, ignoreCase }: Expression): string {
  return quoted(`~${ignoreCase ? '*' : ''}${source}`);
}

/** The value of a row: variables in it are not replaced. */
export function plainValue(text: string): string {
  return quoted(text.replaceAll('$', '${cors_dollar}'));
}

export function mapText({ comment, source, name, otherwise, rows }: NginxMap): readonly string[] {
  const keys = ['default', ...rows.map(([key]) => key)];
  const short = keys.filter(({ length }) => length <= WIDEST);
  const width = largest(short.map(({ length }) => length));
  const line = (key: string, value: string, remark?: string) =>
    `    ${key.padEnd(width)} ${value};${remark === undefined ? '' : ` # ${remark}`}`;
  return [
    '',
    ...comment.split('\n').map((text) => `# ${text}`),
    `map ${source} ${name} {`,
    line('default', otherwise),
    ...rows.map(([key, value, remark]) => line(key, value, remark)),
    '}',
  ];
}

/** Longer keys do not move the values of the others. */
const WIDEST = 48;

/** Of 64 bytes, the cache line of most machines, what is not the key. */
const LONGEST_KEY = 46;
/** What nginx has room for without a setting. */
const MOST_ROWS = 1000;

/** Settings for more, or longer, keys than nginx expects. */
export function hashSettings(maps: readonly NginxMap[]): readonly string[] {
  const hashed = maps.map(({ rows }) => rows.filter(([key]) => !/^"?~/.test(key)));
  const longest = largest(hashed.flat().map(([key]) => key.length));
  const most = largest(hashed.map(({ length }) => length));
  const settings: string[] = [];
  if (longest > LONGEST_KEY) settings.push(`map_hash_bucket_size ${powerOfTwo(longest + 32)};`);
  if (most > MOST_ROWS) settings.push(`map_hash_max_size ${powerOfTwo(most * 4)};`);
  if (maps.length > 100) settings.push(`variables_hash_max_size ${powerOfTwo(maps.length * 16)};`);
  if (settings.length === 0) return [];
  return [
    '',
    '# Room for these maps. Remove what `http` says already, if it is not less.',
    ...settings,
  ];
}

/** Of any number of numbers: arguments are limited. */
function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, number) => Math.max(most, number), 0);
}

function powerOfTwo(least: number): number {
  return 2 ** Math.ceil(Math.log2(least));
}

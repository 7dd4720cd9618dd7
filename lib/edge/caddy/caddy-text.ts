import { quotable } from '../quoted-expression.js';

/** A row of a map: what is compared, and what it stands for, both as they are written. */
export type Row = readonly [input: string, output: string];

/** A map from one placeholder to another: the first row that holds counts, and Caddy refuses a second. */
export function map(
  source: string,
  destination: string,
  rows: readonly Row[],
  otherwise: string,
): readonly string[] {
  const byInput = new Map(rows.toReversed());
  const first = rows.filter(([input, output]) => byInput.get(input) === output);
  return [
    `map ${source} {${destination}} {`,
    ...new Set(first.map(([input, output]) => `\t${input} ${output}`)),
    `\tdefault ${otherwise}`,
    '}',
  ];
}

/** In quotes, so that it is one word whatever it stands for. */
export function placeholder(name: string): string {
  return `"{${name}}"`;
}

/** A text in quotes; backslashes stand for themselves there. */
export function quoted(text: string): string {
  return `"${text.replaceAll('"', '\\"')}"`;
}

/** An expression of a map: nothing stands for anything else between backticks. */
export function matching(source: string): string {
  return `\`~${quotable(source, '`')}\``;
}

/** What an expression matched stands for a group of it. */
export function group(number: number): string {
  return `\${${number}}`;
}

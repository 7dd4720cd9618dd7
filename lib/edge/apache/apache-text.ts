import { quotable } from '../quoted-expression.js';

/** Sets variables where a condition holds. Not to the empty text: Apache would set them to `1`. */
export function set(condition: string, ...variables: readonly string[]): string {
  const quoted = variables.map((variable) => `"${escaped(variable)}"`);
  return `SetEnvIfExpr "${escaped(condition)}" ${quoted.join(' ')}`;
}

export function unset(variable: string): string {
  return `SetEnvIfExpr "true" "!${variable}"`;
}

/** In double quotes, a backslash stands for itself only where it is doubled. */
function escaped(text: string): string {
  return text.replace(/[\\"]/g, '\\$&');
}

/** A variable with a fixed value, in which `$1` is not a group. What begins with `!` would be unset. */
export function assigned(variable: string, value: string): string {
  return `${variable}=${value.startsWith('!') ? ' ' : ''}${value.replace(/[$\\&]/g, '\\$&')}`;
}

/** The value of a variable, within a text of an expression. */
export function env(variable: string): string {
  return `%{reqenv:${variable}}`;
}

export function isSet(variable: string): string {
  return `-n reqenv('${variable}')`;
}

/** A regular expression of an expression. */
export function matches(source: string, ignoreCase = false): string {
  return `m#${quotable(source, '#"')}#${ignoreCase ? 'i' : ''}`;
}

/** As many in a line as can be read. */
const MOST_IN_LINE = 200;

/** Texts without a quote, for `-in`: one comparison takes much less than a line of its own. */
export function lists(texts: readonly string[]): readonly string[] {
  return Array.from({ length: Math.ceil(texts.length / MOST_IN_LINE) }, (_, index) => {
    const chunk = texts.slice(index * MOST_IN_LINE, (index + 1) * MOST_IN_LINE);
    return `{ ${chunk.map((text) => `'${text}'`).join(', ')} }`;
  });
}

import { templateParts } from './template-parts.js';

/**
 * Finds a message in a text and reads its values. Null when it is not there. A value ends where
 * the fixed text after it begins; at the end of the message, with the line.
 */
export function matchTemplate(
  template: string,
  text: string,
): Readonly<Record<string, string>> | null {
  const values: Record<string, string> = {};
  let position = 0;
  let open: string | null = null;
  let previous: string | null = null;
  for (const part of templateParts(template)) {
    if ('name' in part) {
      open = part.name;
      continue;
    }
    const found = text.indexOf(part.text, position);
    if (found === -1) return null;
    if (open !== null) values[open] = afterLast(text.slice(position, found), previous);
    position = found + part.text.length;
    previous = part.text;
    open = null;
  }
  if (open !== null) values[open] = restOfLine(text, position);
  return values;
}

/** Where the fixed text before a value stands there twice, the value begins at the second one. */
function afterLast(value: string, fixed: string | null): string {
  if (fixed === null) return '';
  const last = value.lastIndexOf(fixed);
  return last === -1 ? value : value.slice(last + fixed.length);
}

function restOfLine(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end === -1 ? undefined : end).trim();
}

import type { CorsCheckId, FailureDetails, Stage } from '../simulation.js';

/** A piece of a message: fixed text, or the name of a value. */
type TemplatePart = { readonly text: string } | { readonly name: string };

/** Takes a message apart at its `{name}`s. */
export function templateParts(template: string): readonly TemplatePart[] {
  return template
    .split(/(\{[A-Za-z]+\})/)
    .filter((part) => part !== '')
    .map((part) => (/^\{[A-Za-z]+\}$/.test(part) ? { name: part.slice(1, -1) } : { text: part }));
}

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
  const parts = templateParts(template);
  for (const part of parts) {
    if ('name' in part) {
      open = part.name;
      continue;
    }
    const found =
      part === parts.at(-1)
        ? endOfMessage(text, part.text, position)
        : text.indexOf(part.text, position);
    if (found === -1) return null;
    if (open !== null) values[open] = afterLast(text.slice(position, found), previous);
    position = found + part.text.length;
    previous = part.text;
    open = null;
  }
  if (open !== null) values[open] = restOfLine(text, position);
  return values;
}

/** The last words of a message may also occur in a value, as the full stop does in an origin. */
function endOfMessage(text: string, words: string, start: number): number {
  for (let at = text.indexOf(words, start); at !== -1; at = text.indexOf(words, at + 1)) {
    const next = text.charAt(at + words.length);
    if (next === '' || /\s/.test(next)) return at;
  }
  return text.indexOf(words, start);
}

/**
 * Where the fixed text before a value occurs twice, the value begins at the second one; where there is
 * none, it is the word before what follows.
 */
function afterLast(value: string, fixed: string | null): string {
  if (fixed === null) return value.trim().split(/\s/).at(-1) ?? '';
  const last = value.lastIndexOf(fixed);
  return last === -1 ? value : value.slice(last + fixed.length);
}

function restOfLine(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end === -1 ? undefined : end).trim();
}

/** A message of a browser's console, `{name}` for each value. */
export interface BrowserMessage {
  /** The checks that end in this message: several, where the browser does not tell them apart. */
  readonly checks: readonly CorsCheckId[];
  /** Where those checks are made. */
  readonly at: readonly Stage[];
  /** The part that stays the same over versions and kinds of request. */
  readonly reason: string;
  /** The whole message as current versions print it for `fetch()`. */
  readonly text: string;
  /** What else must hold where one check has several messages. */
  readonly when?: (details: FailureDetails) => boolean;
  /** No simulation ends in it: it is there to be recognised. */
  readonly recognisedOnly?: true;
}

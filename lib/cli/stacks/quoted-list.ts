import { quoted } from './quoted.js';

/** A list of strings as JavaScript and Python both write it. */
export function quotedList(texts: readonly string[]): string {
  return `[${texts.map(quoted).join(', ')}]`;
}

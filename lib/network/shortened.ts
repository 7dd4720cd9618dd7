/** A text that is no longer than a reader can bear. */
export function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}... (${text.length} characters)` : text;
}

/** A piece of a message: fixed text, or the name of a value. */
export type TemplatePart = { readonly text: string } | { readonly name: string };

/** Takes a message apart at its `{name}`s. */
export function templateParts(template: string): readonly TemplatePart[] {
  return template
    .split(/(\{[A-Za-z]+\})/)
    .filter((part) => part !== '')
    .map((part) => (/^\{[A-Za-z]+\}$/.test(part) ? { name: part.slice(1, -1) } : { text: part }));
}

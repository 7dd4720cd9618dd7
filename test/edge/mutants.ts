/** A fault in a configuration, which the requests must tell. */
export interface Mutant {
  readonly name: string;
  /** The text of a file with the fault; the same where the fault is not in it. */
  readonly change: (text: string, path: string) => string;
}

/** A fault in each place where an expression matches. */
export function mutant(name: string, search: RegExp, replacement: string): Mutant {
  return { name, change: (text) => text.replace(search, replacement) };
}

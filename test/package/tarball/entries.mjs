/** The entry points of the package, by the name of their files. */
export const ENTRIES = ['index', 'browser', 'testing', 'class-validator', 'inspector'];

/** What an application imports. */
export function specifierOf(entry) {
  return entry === 'index' ? 'nestjs-cors' : `nestjs-cors/${entry}`;
}

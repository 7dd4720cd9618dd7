/** The entry points of the package, as they are imported. */
export const ENTRIES = [
  'nestjs-cors',
  'nestjs-cors/browser',
  'nestjs-cors/testing',
  'nestjs-cors/class-validator',
];

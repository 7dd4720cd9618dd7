/** The applications that Nest's own generator makes, by Nest version and module system. */
export const STARTERS = [
  { name: 'nest-11-cjs', nest: 11, options: [], extension: '', tests: () => true },
  { name: 'nest-12-esm', nest: 12, options: ['--type=esm'], extension: '.js', tests: () => true },
  {
    name: 'nest-12-cjs',
    nest: 12,
    options: ['--type=cjs'],
    extension: '',
    // As generated, its Jest loads no ES module before Node 24.9, and Nest 12 consists of them.
    tests: (node) => node >= 24,
  },
];

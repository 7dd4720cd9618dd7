import { load } from './load.mjs';

const MAX_SCRIPTS = 5;

/** What is needed for some options, on some platforms or by the command; none of it by an import. */
const WHEN_NEEDED = [
  '@eslint-community/regexpp',
  'class-validator',
  'class-transformer',
  'commander',
  'find-my-way',
  'path-to-regexp',
  'tldts',
];

/** Loaded as an application starts. If one imported the module, Node would visit all of Nest's files once more. */
const PATH_TABLES = ['express', 'fastify'].map((name) => `./dist/cjs/shared/${name}-path-table.js`);

/** Every application pays for what the main entry loads: few scripts, and nothing before its time. */
export function checkWeight({ folder }) {
  return [...checkEntries(folder), ...checkPathTables(folder)];
}

function checkPathTables(folder) {
  return PATH_TABLES.filter((table) =>
    load(folder, table, 'require').own.some((file) => file.endsWith('/nestjs-cors.js')),
  ).map((table) => `${table} imports the module.`);
}

function checkEntries(folder) {
  return [
    ['nestjs-cors', 'import'],
    ['nestjs-cors', 'require'],
    // Where no ES module can be required, as in Jest.
    ['./dist/cjs/index.js', 'require'],
  ].flatMap(([specifier, way]) => {
    const { own, dependencies } = load(folder, specifier, way);
    const scripts = own.length + dependencies.length;
    const packages = new Set(dependencies.map(packageOf));
    const name = `${way} of ${specifier}`;
    console.log(`${name}: ${scripts} scripts, of ${['itself', ...packages].join(', ')}`);
    return [
      ...(scripts > MAX_SCRIPTS ? [`${name} loads ${scripts} scripts, over ${MAX_SCRIPTS}.`] : []),
      ...WHEN_NEEDED.filter((other) => packages.has(other)).map(
        (other) => `${name} loads ${other}.`,
      ),
    ];
  });
}

/** The name of the package that a file belongs to. */
function packageOf(file) {
  const [first, second] = file.split('node_modules/').at(-1).split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

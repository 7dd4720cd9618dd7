import { execFileSync } from 'node:child_process';
import { ENTRIES, specifierOf } from './entries.mjs';

/** Runs in the folder of the unpacked package, once for each format. */
const SCRIPT = `
  require('reflect-metadata');
  const faults = [];
  const check = (holds, fault) => void (holds || faults.push(fault));
  const main = (entries) => {
    const { CorsConfigError, CorsInterceptor, CorsModule, CorsService } = entries.index;
    // Nest's injection and its messages live on both.
    for (const [name, type] of Object.entries({ CorsInterceptor, CorsModule, CorsService })) {
      check(type.name === name, 'The class ' + name + ' is called ' + type.name + '.');
      const types = Reflect.getMetadata('design:paramtypes', type);
      check(types?.length > 0, name + ' has lost the types of its parameters.');
    }
    try {
      entries['class-validator'].CorsEnvironment.validate({});
      check(false, 'CorsEnvironment takes an environment without CORS_ORIGINS.');
    } catch (error) {
      check(error instanceof CorsConfigError, 'CorsConfigError exists twice.');
    }
    const names = Object.entries(entries).map(([entry, module]) => [
      entry,
      Object.keys(module).filter((name) => name !== 'default' && name !== '__esModule' && name !== 'module.exports').toSorted(),
    ]);
    console.log(JSON.stringify({ faults, names }));
  };
`;

/** Every entry loads in every way, with the same exports, and what they share exists once. */
export function checkEntries({ folder }) {
  const specifiers = ENTRIES.map((entry) => [entry, specifierOf(entry)]);
  const ways = {
    import: load(folder, specifiers, 'await import'),
    require: load(folder, specifiers, 'require'),
    'require of CommonJS': load(
      folder,
      ENTRIES.map((entry) => [entry, `./dist/cjs/${entry}.js`]),
      'require',
    ),
  };
  const expected = JSON.stringify(ways.import.names);
  console.log(`exports: ${ways.import.names.flatMap(([, names]) => names).join(', ')}`);
  return Object.entries(ways).flatMap(([way, { faults, names }]) => [
    ...faults.map((fault) => `${way}: ${fault}`),
    ...(JSON.stringify(names) === expected ? [] : [`${way}: other exports than by import.`]),
  ]);
}

function load(folder, specifiers, way) {
  const loads = specifiers.map(
    ([entry, specifier]) =>
      `entries[${JSON.stringify(entry)}] = ${way}(${JSON.stringify(specifier)});`,
  );
  const script = `${SCRIPT}(async () => { const entries = {}; ${loads.join('\n')} main(entries); })();`;
  const output = execFileSync(process.execPath, ['-e', script], { cwd: folder, encoding: 'utf8' });
  return JSON.parse(output);
}

/**
 * Whether a test fails for every small change that is made to the code: mutation testing of folders
 * and files, with the unit tests of the same folders.
 *
 * npm run mutation -- lib/policy/paths lib/policy/announced-methods.ts
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** How many of a hundred changes the tests have to notice at least. */
const LOWEST = 92;

const named = process.argv.slice(2).map((name) => name.replace(/\/$/, ''));
const places = named.length > 0 ? named : ['lib/policy', 'lib/options'];
const folders = places.map((place) => place.replace(/^lib\//, '').replace(/\/[^/]+\.ts$/, ''));
const foreign = places.find(
  (place, index) => !place.startsWith('lib/') || !existsSync(`test/unit/${folders[index]}`),
);
if (foreign !== undefined) {
  console.error(`Expected files or folders of lib/ with a folder of test/unit/, not ${foreign}.`);
  process.exit(2);
}

const patterns = places.map((place) => (place.endsWith('.ts') ? place : `${place}/**/*.ts`));
const options = ['--mutate', patterns.join(',')];
// What is evaluated once, when a file is loaded, needs all tests for each change: too many there.
if (folders.some((folder) => folder.startsWith('options'))) options.push('--ignoreStatic');
const { status } = spawnSync(
  'npx',
  ['stryker', 'run', 'test/mutation/stryker.config.json', ...options],
  { stdio: 'inherit', env: { ...process.env, CORS_MUTATED_FOLDERS: folders.join('|') } },
);
if (status !== 0) process.exit(status ?? 1);

const { files } = JSON.parse(readFileSync('reports/mutation.json', 'utf8'));
const scores = places.map((place) => {
  const statuses = Object.entries(files)
    .filter(([file]) => file === place || file.startsWith(`${place}/`))
    .flatMap(([, { mutants }]) => mutants.map((mutant) => mutant.status));
  const count = (...of) => statuses.filter((each) => of.includes(each)).length;
  const noticed = count('Killed', 'Timeout');
  return { place, score: (100 * noticed) / (noticed + count('Survived', 'NoCoverage')) };
});
for (const { place, score } of scores) console.log(`${place}: ${score.toFixed(1)} %`);
// Where there is nothing to change, the score is no number, and nothing is shown.
const low = scores.filter(({ score }) => !(score >= LOWEST));
if (low.length > 0) {
  console.error(`Below ${LOWEST} %: ${low.map(({ place }) => place).join(', ')}.`);
  process.exit(1);
}

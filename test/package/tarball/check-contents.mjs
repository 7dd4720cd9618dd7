import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const EXPECTED =
  /^(?:(?:package\.json|README\.md|LICENSE|llms(?:-full)?\.txt)|dist\/cjs\/package\.json|dist\/esm\/collection\.json|dist\/policy\.schema\.json|dist\/inspector\.html|dist\/(?:esm|cjs)\/(?:(?:shared|tools)\/)?[\w-]+\.(?:js|d\.ts))$/;

const MAX_FILES = 132;

/** The package holds the build and nothing else, and no trace of the machine that built it. */
export function checkContents({ folder, files }, root) {
  const stray = files.filter((file) => !EXPECTED.test(file));
  const missing = ['README.md', 'LICENSE', 'package.json', 'llms.txt', 'llms-full.txt'].filter(
    (file) => !files.includes(file),
  );
  const local = files.filter((file) => readFileSync(join(folder, file), 'utf8').includes(root));
  console.log(`${files.length} files of at most ${MAX_FILES}`);
  return [
    ...stray.map((file) => `${file} is packed, and should not be.`),
    ...missing.map((file) => `${file} is not packed.`),
    ...local.map((file) => `${file} names the directory it was built in.`),
    ...(files.length > MAX_FILES ? [`${files.length} files are packed, over ${MAX_FILES}.`] : []),
  ];
}

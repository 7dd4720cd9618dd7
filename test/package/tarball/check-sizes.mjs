import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ENTRIES } from './entries.mjs';
import { load } from './load.mjs';

/** In kilobytes of 1,000 bytes. Raise one knowingly, in the commit that needs it. */
const BUDGET = {
  // 20 kB of them are the command that reads a policy file as the application, in either bundle.
  // 85 kB of them are the inspector's page.
  // 65 kB of them, and 240 kB of what is unpacked, are the documentation as one text.
  // 40 kB of them are what writes the configuration of servers.
  packed: 820,
  // The tools have chunks of their own, so that an import stays whole: some code is there twice.
  // The automata of RegExps are 52 kB in either format, loaded only where a RegExp is written; the
  // codemod, with the library that edits text, is 190 kB in one, loaded by the command only.
  // The inspector: 250 kB are its page, and 90 kB in either format what answers it, loaded with its first request.
  unpacked: 3200,
  // 8 kB of them are remedies in the user's own values; they are put together only where options are refused.
  'index: own files': 290,
  'index: dependencies': 50,
  // 9 kB of them are what blocks a page besides CORS; the list of public suffixes is loaded where a
  // `same-site` policy needs it.
  // 6 kB more are small pieces that the inspector shares with it and with the module.
  'browser: own files': 125,
  'browser: dependencies': 0,
  // Of what it shares with the module, it loads more than it needs: a test has the module anyway.
  'testing: own files': 195,
  'testing: dependencies': 0,
  'class-validator: own files': 100,
  // As a server sends it: the readers, the model of browsers and the changes for all servers are in it.
  'inspector.html, gzip': 120,
  // 8 kB of its own, and the module, which the application has loaded anyway.
  'inspector: own files': 300,
  'inspector: dependencies': 50,
};

/** Prints each size beside its budget. What an entry loads is without what the peers bring. */
export function checkSizes({ folder, files, packedSize }) {
  const sizes = {
    packed: packedSize,
    unpacked: sizeOf(files.map((file) => join(folder, file))),
    'inspector.html, gzip': gzipSync(readFileSync(join(folder, 'dist/inspector.html')), {
      level: 9,
    }).length,
  };
  for (const entry of ENTRIES) {
    const { own, dependencies } = load(folder, `./dist/cjs/${entry}.js`, 'require');
    sizes[`${entry}: own files`] = sizeOf(own);
    sizes[`${entry}: dependencies`] = sizeOf(dependencies);
  }
  return Object.entries(BUDGET).flatMap(([name, budget]) => {
    const size = Math.ceil(sizes[name] / 1000);
    console.log(`${name.padEnd(30)}${String(size).padStart(6)} kB of ${budget} kB`);
    return size > budget ? [`${name}: ${size} kB, over its budget of ${budget} kB.`] : [];
  });
}

function sizeOf(files) {
  return files.reduce((sum, file) => sum + statSync(file).size, 0);
}

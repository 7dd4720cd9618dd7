import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** What an application has anyway. */
const PEERS = ['reflect-metadata', 'rxjs', '@nestjs/common', '@nestjs/core'];

/**
 * Loads a module in a process of its own, from the folder of the unpacked package.
 *
 * @param {string} folder
 * @param {string} specifier such as `nestjs-cors/testing`, or `./dist/cjs/testing.js`
 * @param {'import' | 'require'} way
 * @returns {{ own: string[], dependencies: string[] }} the scripts that this loads and the peers do
 * not: files of the package, and of others
 */
export function load(folder, specifier, way) {
  const script = `
    const { Session } = require('node:inspector');
    const { fileURLToPath } = require('node:url');
    const load = (name) => ${way}(name);
    const session = new Session();
    const files = new Set();
    session.connect();
    session.on('Debugger.scriptParsed', ({ params: { url } }) => {
      if (url.startsWith('file:')) files.add(fileURLToPath(url));
    });
    (async () => {
      for (const peer of ${JSON.stringify(PEERS)}) await load(peer);
      // It names what is loaded already, too.
      session.post('Debugger.enable');
      const before = new Set(files);
      await load(${JSON.stringify(specifier)});
      console.log(JSON.stringify([...files].filter((file) => !before.has(file))));
    })();`;
  const output = execFileSync(process.execPath, ['-e', script], { cwd: folder, encoding: 'utf8' });
  const files = JSON.parse(output);
  const isOwn = (file) => file.startsWith(join(folder, 'dist'));
  return { own: files.filter(isOwn), dependencies: files.filter((file) => !isOwn(file)) };
}

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** What an application has anyway. */
const PEERS = ['reflect-metadata', 'rxjs', '@nestjs/common', '@nestjs/core'];

/**
 * Loads an entry of the unpacked package in a process of its own, as an application that imports it
 * by its name, and returns the files that this loads beyond the peers.
 *
 * @param {string} folder of the unpacked package
 * @param {string} entry such as `nestjs-cors/testing`
 * @param {'import' | 'require'} way
 * @returns {{ own: string[], dependencies: string[] }} files of the package, and of others
 */
export function load(folder, entry, way) {
  // Both kinds of modules pass through these functions of Node, which the debugger shows.
  const script = `
    const { Session } = require('node:inspector');
    const { fileURLToPath } = require('node:url');
    const files = new Set();
    const session = new Session();
    session.connect();
    const load = async (names) => {
      for (const name of names) await (${JSON.stringify(way)} === 'import' ? import(name) : require(name));
    };
    const onScript = ({ params: { url } }) => {
      const path = url.startsWith('file:') ? fileURLToPath(url) : url;
      if (path.startsWith('/')) files.add(path);
    };
    load(${JSON.stringify(PEERS)}).then(async () => {
      session.on('Debugger.scriptParsed', onScript);
      // It names what is loaded already as well.
      session.post('Debugger.enable');
      const before = new Set(files);
      await load([${JSON.stringify(entry)}]);
      console.log(JSON.stringify([...files].filter((file) => !before.has(file))));
    });`;
  const output = execFileSync(process.execPath, ['-e', script], { cwd: folder, encoding: 'utf8' });
  const files = JSON.parse(output);
  const isOwn = (file) => file.startsWith(join(folder, 'dist/'));
  return { own: files.filter(isOwn), dependencies: files.filter((file) => !isOwn(file)) };
}

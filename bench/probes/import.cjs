/**
 * Loads a package once, beside what every application of Nest has loaded:
 * `node --expose-gc import.cjs <import | require> <package> [count]`. Sends the parent the CPU
 * time in microseconds, and the bytes that stay; with `count`, how many scripts it consists of.
 */
const { Session } = require('node:inspector');

const NEST = ['reflect-metadata', 'rxjs', '@nestjs/common', '@nestjs/core'];
const [way, name, count] = process.argv.slice(2);
const load = { import: (specifier) => import(specifier), require }[way];

void main();

async function main() {
  for (const peer of NEST) await load(peer);
  process.send(count === undefined ? await cost() : await scripts());
  process.disconnect();
}

async function cost() {
  const heapBefore = heapUsed();
  const before = process.cpuUsage();
  await load(name);
  const { user, system } = process.cpuUsage(before);
  return { time: user + system, bytes: heapUsed() - heapBefore };
}

/** Watched by the debugger, which takes time: apart from what is timed. */
async function scripts() {
  const urls = new Set();
  const session = new Session();
  session.connect();
  session.on('Debugger.scriptParsed', ({ params: { url } }) => {
    if (url.startsWith('file:')) urls.add(url);
  });
  // It names what is loaded already, too.
  session.post('Debugger.enable');
  const before = urls.size;
  await load(name);
  return { scripts: urls.size - before };
}

function heapUsed() {
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

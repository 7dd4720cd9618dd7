/**
 * Packs what is built, and uses the tarball with each Node, other runtimes, package managers, bundlers and
 * serverless adapters, on both platforms: the application is started as it would be there, and asked
 * for headers. What passed is recorded for docs/compatibility.md.
 *
 * node test/package/compatibility.mjs [part…] (all of them by default)
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { tryBundler } from './compatibility/bundlers.mjs';
import { tryManager } from './compatibility/managers.mjs';
import { record } from './compatibility/record.mjs';
import { tryNode, tryRuntime } from './compatibility/runtimes.mjs';
import { tryServerless } from './compatibility/serverless.mjs';
import { pack } from './pack.mjs';

const PARTS = {
  'node-20.19': tryNode,
  'node-22': tryNode,
  'node-24': tryNode,
  'node-26': tryNode,
  bun: tryRuntime,
  deno: tryRuntime,
  pnpm: tryManager,
  yarn: tryManager,
  esbuild: tryBundler,
  webpack: tryBundler,
  rspack: tryBundler,
  'serverless-express': tryServerless,
  'aws-lambda': tryServerless,
};

const root = resolve(import.meta.dirname, '../..');
const chosen = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), 'nestjs-cors-'));
let failed = false;
try {
  const tarball = pack(root, work);
  for (const name of chosen.length > 0 ? chosen : Object.keys(PARTS)) {
    const started = performance.now();
    try {
      const result = await PARTS[name](name, join(work, name), tarball);
      record(result);
      const seconds = Math.round((performance.now() - started) / 1000);
      console.log(`${result.subject} ${result.version}: passed (${seconds} s)`);
    } catch (error) {
      failed = true;
      console.error(`${name}: ${error.message}`);
    }
    rmSync(join(work, name), { recursive: true, force: true });
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
// A function's process may be kept alive by what an adapter opened.
process.exit(failed ? 1 : 0);

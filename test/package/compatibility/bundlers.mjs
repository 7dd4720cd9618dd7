import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../starters/run-application.mjs';
import {
  choosePlatform,
  createProject,
  npmInstall,
  PLATFORMS,
  run,
  versionOf,
} from './project.mjs';

/** What Nest and its platforms load only where it is installed. */
const OPTIONAL = [
  '@fastify/multipart',
  '@fastify/static',
  '@fastify/view',
  '@nestjs/microservices',
  '@nestjs/microservices/microservices-module',
  '@nestjs/microservices/microservices-module.js',
  '@nestjs/websockets',
  '@nestjs/websockets/socket-module',
  '@nestjs/websockets/socket-module.js',
  'class-transformer',
  'class-transformer/storage',
  'class-validator',
];

/** The whole application in files that need no node_modules. */
const BUNDLERS = {
  esbuild: { title: 'esbuild', packages: ['esbuild'], script: esbuild },
  webpack: { title: 'webpack', packages: ['webpack'], script: () => packed('webpack') },
  rspack: { title: 'Rspack', packages: ['@rspack/core'], script: () => packed('@rspack/core') },
};

export async function tryBundler(name, folder, tarball) {
  const { title, packages, script } = BUNDLERS[name];
  createProject(folder, tarball);
  npmInstall(folder, ...packages);
  writeFileSync(join(folder, 'bundle.mjs'), script());
  for (const platform of PLATFORMS) {
    choosePlatform(folder, platform);
    run(process.execPath, ['bundle.mjs'], folder);
    // Elsewhere, so that nothing is found that is not in the bundle.
    const alone = mkdtempSync(join(tmpdir(), 'nestjs-cors-bundle-'));
    try {
      mkdirSync(alone, { recursive: true });
      cpSync(join(folder, 'out'), alone, { recursive: true });
      writeFileSync(join(alone, 'package.json'), '{ "type": "module" }\n');
      await runCommand(process.execPath, ['main.js'], alone, process.env);
    } finally {
      rmSync(alone, { recursive: true });
      rmSync(join(folder, 'out'), { recursive: true });
    }
  }
  return { group: 'Bundler', subject: title, version: versionOf(folder, packages[0]) };
}

function esbuild() {
  return `import { build } from 'esbuild';
await build({
  entryPoints: ['main.mjs'],
  outdir: 'out',
  bundle: true,
  splitting: true,
  // It is CommonJS: without this, it would run after the decorators that need it.
  inject: ['node_modules/reflect-metadata/Reflect.js'],
  platform: 'node',
  format: 'esm',
  target: 'node20',
  external: ${JSON.stringify(OPTIONAL)},
  // Dependencies that are CommonJS call require().
  banner: { js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);" },
});
`;
}

function packed(bundler) {
  return `import bundler from '${bundler}';
const rspack = bundler.rspack ?? bundler;
const stats = await new Promise((resolve, reject) => {
  rspack(
    {
      mode: 'production',
      target: 'node20',
      entry: { main: './main.mjs' },
      output: { path: process.cwd() + '/out', filename: '[name].js', module: true, chunkFormat: 'module', library: { type: 'module' } },
      experiments: { outputModule: true },
      externalsType: 'module-import',
      externals: Object.fromEntries(${JSON.stringify(OPTIONAL)}.map((name) => [name, 'commonjs ' + name])),
      optimization: { minimize: false },
    },
    (error, result) => (error ? reject(error) : resolve(result)),
  );
});
if (stats.hasErrors()) {
  console.error(stats.toString({ all: false, errors: true }));
  process.exitCode = 1;
}
`;
}

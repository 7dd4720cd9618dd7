import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const ROOT = resolve('.');
const CONFIGURATION = '.dependency-cruiser.mjs';
const PACKAGES = [
  '@nestjs/common',
  '@nestjs/core',
  '@nestjs/platform-express',
  '@nestjs/platform-fastify',
  'class-validator',
  'commander',
  'find-my-way',
  'lru-cache',
  'path-to-regexp',
  'rxjs',
  'tldts',
  'node:http',
  'node:diagnostics_channel',
  'node:process',
];

interface Violation {
  readonly rule: { readonly name: string };
  readonly from: string;
  readonly to: string;
}

/** A copy of lib/, cruised as `npm run layers` does. */
async function cruise(change: (folder: string) => Promise<void>): Promise<readonly Violation[]> {
  const folder = await mkdtemp(join(tmpdir(), 'layers-'));
  try {
    await cp(join(ROOT, 'lib'), join(folder, 'lib'), { recursive: true });
    for (const file of [CONFIGURATION, 'package.json', 'tsconfig.json', 'tsconfig.build.json']) {
      await cp(join(ROOT, file), join(folder, file));
    }
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    await change(folder);
    return (await cruised(folder)).summary.violations;
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Cruised {
  readonly modules: readonly {
    readonly source: string;
    readonly dependencies: readonly { readonly resolved: string }[];
  }[];
  readonly summary: { readonly violations: readonly Violation[] };
}

async function cruised(folder: string): Promise<Cruised> {
  const cruiser = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const options = ['--config', CONFIGURATION, '--output-type', 'json', 'lib'];
  const run = promisify(execFile)(process.execPath, [cruiser, ...options], {
    cwd: folder,
    maxBuffer: 64 * 1024 * 1024,
  });
  // It exits with the number of violations.
  const { stdout } = await run.catch((error: unknown) => error as { stdout: string });
  return JSON.parse(stdout);
}

/** What each layer may import, as `npm run layers` draws it. */
let graph: Readonly<Record<string, readonly string[]>> = {};
let layers: readonly string[] = [];

// A process of its own: where tests run as CommonJS, they import no ES module.
beforeAll(async () => {
  const print = `import { LAYERS } from './${CONFIGURATION}'; console.log(JSON.stringify(LAYERS));`;
  const run = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', print]);
  graph = JSON.parse((await run).stdout);
  layers = Object.keys(graph);
});

function drawn(from: string): readonly string[] {
  return graph[from] ?? [];
}

/** A file of each layer, to be imported. */
async function fileOf(layer: string): Promise<string> {
  if (layer === 'module') return 'lib/index.js';
  if (layer === 'constants') return 'lib/cors.constants.js';
  const files = await readdir(join(ROOT, 'lib', layer));
  const file = files.toSorted().find((name) => name.endsWith('.ts')) ?? '';
  return `lib/${layer}/${file.replace(/ts$/, 'js')}`;
}

/** Every layer and package that a layer may not import, from a file of that layer. */
async function forbiddenOf(layer: string): Promise<readonly string[]> {
  const heads = drawn(layer);
  const isDrawn = (name: string) =>
    heads.includes(name) || (name.startsWith('node:') && heads.includes('node:*'));
  const others = layers.filter((other) => other !== layer && !isDrawn(other));
  const packages = PACKAGES.filter((name) => !isDrawn(name));
  return [...(await Promise.all(others.map(fileOf))), ...packages];
}

function probeOf(layer: string): string {
  if (layer === 'module') return 'lib/probe.ts';
  return `lib/${layer}/probe.ts`;
}

describe('the layers of lib/', () => {
  it('import what the graph draws, and nothing else', async () => {
    expect(await cruise(async () => {})).toEqual([]);
  });

  it('are drawn in CONTRIBUTING.md as in the graph', async () => {
    const page = await readFile(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
    const rows = page.matchAll(/^\| `([a-z-]+)\/?`(?: → ([a-z, -]+?))? +\|/gm);
    const rowOf = new Map([...rows].map(([, layer = '', heads = '']) => [layer, heads]));
    const expected = layers
      .filter((layer) => !layer.includes('/'))
      .map((layer) => [layer, drawn(layer).filter((head) => layers.includes(head))] as const);
    const listed = (heads: string) => heads.split(', ').filter((head) => head !== '');
    for (const [layer, heads] of expected) {
      const rooms = heads.filter((head) => !head.includes('/'));
      expect([layer, listed(rowOf.get(layer) ?? 'no row').toSorted()]).toEqual([
        layer,
        rooms.toSorted(),
      ]);
    }
  });

  it('draw no arrow that nothing uses', async () => {
    const { modules } = await cruised(ROOT);
    const used = new Set(
      modules.flatMap(({ source, dependencies }) =>
        dependencies.map(({ resolved }) => `${layerOf(source)} → ${layerOf(resolved)}`),
      ),
    );
    const arrows = layers.flatMap((layer) =>
      drawn(layer).map((head) => `${layer} → ${head.replace('node:', '')}`),
    );
    expect(arrows.filter((arrow) => !arrow.endsWith('*') && !used.has(arrow))).toEqual([]);
  });

  it('are drawn without a circle', () => {
    const reaches = (from: string, wanted: string, seen = new Set<string>()): boolean =>
      drawn(from).some((head) => {
        if (head === wanted) return true;
        if (seen.has(head)) return false;
        seen.add(head);
        return reaches(head, wanted, seen);
      });
    // A folder and its subfolders are one: platforms.ts names the rooms of the platforms.
    const circles = layers.filter(
      (layer) => !layer.startsWith('platform') && reaches(layer, layer),
    );
    expect(circles).toEqual([]);
  });

  it('refuse every import that is not drawn, from each of them', async () => {
    const expected: string[] = [];
    // The constants are one file: nothing is added to it here.
    const probed = layers.filter((layer) => layer !== 'constants');
    const violations = await cruise(async (folder) => {
      for (const layer of probed) {
        const forbidden = await forbiddenOf(layer);
        const up = '../'.repeat(probeOf(layer).split('/').length - 1);
        const lines = forbidden.map((name) =>
          name.startsWith('lib/') ? `import type {} from '${up}${name}';` : `import '${name}';`,
        );
        await writeFile(join(folder, probeOf(layer)), lines.join('\n'));
        expected.push(...forbidden.map((name) => `${layer}: ${seenAs(name)}`));
      }
    });
    const refused = new Set(
      violations.map(({ rule, from, to }) => {
        const layer = probed.find(
          (name) => rule.name === `layer ${name}` && from === probeOf(name),
        );
        return `${layer}: ${seenAs(to)}`;
      }),
    );
    expect(expected.length).toBeGreaterThan(200);
    expect(expected.filter((arrow) => !refused.has(arrow))).toEqual([]);
  });

  it('refuse a folder that the graph does not have', async () => {
    const violations = await cruise(async (folder) => {
      await cp(join(folder, 'lib/fetch'), join(folder, 'lib/attic'), { recursive: true });
      await writeFile(join(folder, 'lib/attic/probe.ts'), "import '../fetch/tokens.js';");
    });
    expect(new Set(violations.map(({ rule }) => rule.name))).toEqual(new Set(['no layer']));
  });

  it('refuse a tool that serving requests would load, however indirectly', async () => {
    const violations = await cruise(async (folder) => {
      await writeFile(join(folder, 'lib/text/escape.ts'), "export * from '../cli/terminal.js';");
    });
    expect(violations.map(({ rule }) => rule.name)).toContain('no tools where requests are served');
  });

  it('refuse two files that import each other, even for types only', async () => {
    const violations = await cruise(async (folder) => {
      await writeFile(join(folder, 'lib/text/one.ts'), "import type {} from './two.js';");
      await writeFile(join(folder, 'lib/text/two.ts'), "import type {} from './one.js';");
    });
    expect(new Set(violations.map(({ rule }) => rule.name))).toEqual(new Set(['no circles']));
  });
});

/** A module as the cruiser names it, without where in its package the file is. */
function seenAs(name: string): string {
  return name
    .replace(/^.*node_modules\/((?:@[^/]+\/)?[^/]+)\/.*$/, '$1')
    .replace(/^node:/, '')
    .replace(/[.][jt]s$/, '');
}

/** The layer of a file of lib/, or the name of the package that a file is of. */
function layerOf(file: string): string {
  if (!file.startsWith('lib/')) return seenAs(file);
  const folders = file.split('/').slice(1, -1);
  if (folders.length === 0) return file === 'lib/cors.constants.ts' ? 'constants' : 'module';
  while (!layers.includes(folders.join('/'))) folders.pop();
  return folders.join('/');
}

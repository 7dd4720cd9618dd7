/**
 * The layers of lib/ as one graph: a folder, and what it may import. Every arrow that is not drawn
 * here is refused, type imports included. `npm run layers` checks it.
 *
 * The root of lib/ is the Nest module (`module`); `cors.constants.ts` is a layer of its own.
 */
export const LAYERS = {
  fetch: [],
  text: [],
  constants: [],
  policy: ['fetch'],
  options: [
    'policy',
    'fetch',
    'text',
    'tldts',
    '@eslint-community/regexpp',
    'node:util',
    'node:timers/promises',
  ],
  routing: ['options', 'policy', 'constants', '@nestjs/common', '@nestjs/core', 'path-to-regexp'],
  resolver: ['routing', 'options', 'policy', 'lru-cache', '@nestjs/common', '@nestjs/core'],
  platform: [
    'routing',
    'options',
    'policy',
    'fetch',
    'platform/express',
    'platform/fastify',
    'node:http',
    '@nestjs/common',
    '@nestjs/core',
  ],
  'platform/express': ['platform', 'routing', 'policy', '@nestjs/core', 'node:*', 'path-to-regexp'],
  'platform/fastify': [
    'platform',
    'routing',
    'policy',
    '@nestjs/core',
    'node:*',
    'node:diagnostics_channel',
    'find-my-way',
  ],
  observation: [
    'platform',
    'resolver',
    'routing',
    'options',
    'policy',
    'fetch',
    'text',
    'constants',
    'lru-cache',
    'node:diagnostics_channel',
    '@nestjs/common',
    '@nestjs/core',
  ],
  explanation: [
    'observation',
    'platform',
    'routing',
    'options',
    'policy',
    'browser',
    'text',
    'node:http',
  ],
  'policy-file': ['platform', 'routing', 'options', 'policy', 'fetch'],
  neighbours: ['platform', 'options', 'policy', 'text', 'node:*'],
  'neighbours/class-validator': ['options', 'class-validator'],
  module: [
    'constants',
    'explanation',
    'neighbours',
    'observation',
    'platform',
    'policy-file',
    'routing',
    'resolver',
    'options',
    'policy',
    '@nestjs/common',
    '@nestjs/core',
    'rxjs',
    'node:util',
  ],
  browser: ['fetch', 'text', 'tldts'],
  network: ['browser', 'node:*', 'node:dns/promises'],
  testing: [
    'constants',
    'policy-file',
    'review',
    'network',
    'browser',
    'text',
    'node:*',
    'node:fs/promises',
  ],
  diagnosis: ['browser', 'fetch', 'text'],
  inspector: ['diagnosis', 'explanation', 'policy', 'policy-file'],
  'inspector/application': [
    'inspector',
    'inspector/serving',
    'module',
    'constants',
    'options',
    'observation',
    'routing',
    'policy-file',
    'policy',
    'diagnosis',
    'network',
    'browser',
    'text',
    'node:*',
    '@nestjs/common',
    '@nestjs/core',
  ],
  'inspector/serving': [
    'inspector',
    'explanation',
    'diagnosis',
    'browser',
    'fetch',
    'text',
    'node:*',
    'node:fs/promises',
  ],
  'inspector/page': [
    'inspector',
    'diagnosis',
    'policy-file',
    'explanation',
    'browser',
    'fetch',
    'text',
    'preact',
  ],
  migration: [
    'options',
    'text',
    'magic-string',
    'typescript',
    'node:buffer',
    'node:child_process',
    'node:fs',
    'node:module',
    'node:path',
  ],
  review: ['policy-file', 'options', 'policy', 'fetch'],
  'review/verify': ['review', 'policy-file', 'browser', 'options', 'policy', 'fetch'],
  edge: [
    'policy-file',
    'options',
    'policy',
    'fetch',
    'text',
    '@eslint-community/regexpp',
    'path-to-regexp',
  ],
  schematics: ['migration', 'node:path'],
  cli: [
    'constants',
    'inspector',
    'inspector/serving',
    'platform',
    'review',
    'review/verify',
    'edge',
    'policy-file',
    'migration',
    'diagnosis',
    'network',
    'browser',
    'fetch',
    'text',
    'node:*',
    'node:child_process',
    'node:fs',
    'node:crypto',
    'node:fs/promises',
    'node:path',
    'node:readline/promises',
    'node:stream',
    'commander',
  ],
};

/** Never loaded by what serves requests, however long the way. */
const TOOLS = [
  'testing',
  'network',
  'diagnosis',
  'review',
  'review/verify',
  'edge',
  'migration',
  'schematics',
  'inspector',
  'inspector/application',
  'inspector/serving',
  'cli',
  'commander',
  'magic-string',
  'typescript',
];

const FOLDERS = {
  module: '^lib/(?!cors[.]constants)[^/]+[.]ts$',
  constants: '^lib/cors[.]constants[.]ts$',
};

/** The files of a layer. A folder's subfolders belong to it unless they are layers of their own. */
function filesOf(layer) {
  const hasRooms = Object.keys(LAYERS).some((other) => other.startsWith(`${layer}/`));
  return FOLDERS[layer] ?? (hasRooms ? `^lib/${layer}/[^/]+$` : `^lib/${layer}/`);
}

/** What an arrow's head stands for, as dependency-cruiser names its files. */
function pathOf(head) {
  if (head in LAYERS) return filesOf(head);
  if (head === 'node:*') return '^(?:node:)?(?:buffer|http|https|module|net|process|tls|url|util)$';
  if (head.startsWith('node:')) return `^(?:node:)?${head.slice(5)}$`;
  return `(?:^|/)node_modules/${head}/`;
}

const layers = Object.entries(LAYERS).map(([layer, heads]) => ({
  name: `layer ${layer}`,
  comment: `${layer} may import ${heads.join(', ') || 'nothing'}`,
  severity: 'error',
  from: { path: filesOf(layer) },
  to: { pathNot: [layer, ...heads].map(pathOf) },
}));

const ROOMS_OF_PLATFORMS = Object.keys(LAYERS)
  .filter((layer) => layer.startsWith('platform/'))
  .map(filesOf);

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...layers,
    {
      name: 'no layer',
      comment: 'Give a new folder of lib/ its arrows here.',
      severity: 'error',
      from: { path: '^lib/', pathNot: Object.keys(LAYERS).map(filesOf) },
      to: {},
    },
    {
      name: 'platforms by their rows',
      comment: 'Only the table of platforms names them.',
      severity: 'error',
      from: { pathNot: ['^lib/platform/platforms[.]ts$', ...ROOMS_OF_PLATFORMS] },
      to: { path: ROOMS_OF_PLATFORMS },
    },
    {
      name: 'no tools where requests are served',
      severity: 'error',
      from: { path: '^lib/index[.]ts$' },
      to: { path: TOOLS.map(pathOf), reachable: true },
    },
    {
      name: 'no circles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'what is not there',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Builds the inspector's page, and is no part of it.
    exclude: { path: 'vite\\.config\\.mjs$' },
    // Imports of types are arrows, too.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.build.json' },
    enhancedResolveOptions: {
      conditionNames: ['types', 'import', 'default'],
      exportsFields: ['exports'],
    },
  },
};

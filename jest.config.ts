/**
 * Node 20 has no native TypeScript: ts-node (transpile only) loads this file there.
 * Node >= 22.18 loads it natively and ignores these two lines.
 *
 * @jest-config-loader ts-node
 * @jest-config-loader-options {"transpileOnly":true,"compilerOptions":{"module":"CommonJS","moduleResolution":"bundler"}}
 */
import * as vm from 'node:vm';
import type { Config } from 'jest';

// With `node --experimental-vm-modules` the tests run as native ES modules.
// Without it, everything (ESM-only dependencies too) is compiled to CommonJS.
const esm = 'SourceTextModule' in vm;

/** The command is packed as an ES module alone; layers and types are asked of tools of their own. */
const ES_MODULES_ONLY = [
  '/test/(?:layers|types|migration)/',
  '/test/unit/(?:cli|edge|migration)/',
  '/test/property/edge-',
  '/test/e2e/(?:cli-|verify)',
];

const config: Config = {
  testEnvironment: 'node',
  // `lib` has no tests, but is to count as uncovered where no test loads it.
  roots: ['<rootDir>/lib', '<rootDir>/test', '<rootDir>/sample'],
  testRegex: '\\.(spec|e2e-spec)\\.ts$',
  testPathIgnorePatterns: ['/node_modules/', '/dist/', ...(esm ? [] : ES_MODULES_ONLY)],
  moduleFileExtensions: ['ts', 'js', 'json'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^nestjs-cors$': '<rootDir>/lib/index.ts',
    '^nestjs-cors/(browser|testing)$': '<rootDir>/lib/$1/index.ts',
    '^nestjs-cors/inspector$': '<rootDir>/lib/inspector/application/index.ts',
    '^nestjs-cors/class-validator$': '<rootDir>/lib/neighbours/class-validator/index.ts',
  },
  extensionsToTreatAsEsm: esm ? ['.ts'] : [],
  transform: {
    [esm ? '^.+\\.ts$' : '^.+\\.[cm]?[jt]s$']: [
      '@swc/jest',
      {
        swcrc: false,
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: esm ? 'es6' : 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  transformIgnorePatterns: esm ? ['/node_modules/'] : [],
  collectCoverageFrom: ['lib/**/*.ts'],
  coverageDirectory: 'coverage',
  // The pure core decides who may read what: every line and branch of it is tested.
  coverageThreshold: {
    global: {},
    'lib/policy/': { statements: 100, branches: 100, functions: 100, lines: 100 },
    'lib/fetch/': { statements: 100, branches: 100, functions: 100, lines: 100 },
  },
  // Only for what hangs: a busy machine is slow.
  testTimeout: 30_000,
  // One worker per core: jest would leave one of two idle.
  maxWorkers: '100%',
};

export default config;

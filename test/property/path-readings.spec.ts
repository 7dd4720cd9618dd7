import { createRequire } from 'node:module';
import { posix, win32 } from 'node:path';
import { parse } from 'node:url';
import { normalizePath } from '../../lib/policy/paths/normalize-path.js';
import { findPath } from '../../lib/policy/paths/path-readings.js';
import { PathTree } from '../../lib/policy/paths/path-tree.js';
import { fc } from '../support/fast-check.js';
import { spellingOf } from '../support/path-spellings.js';
import { runs } from './runs.js';

const RUNS = runs(20_000);

const KEYS = [
  '/public/*',
  '/private/*',
  '/private/shared/*',
  '/graphql',
  '/@team/*',
  '/my files/*',
];
const tree = new PathTree(KEYS.map(normalizePath), 0, -1);

const PATHS = [
  ['public', 'a.txt'],
  ['private', 'a.txt'],
  ['private', 'shared', 'b.txt'],
  ['public', 'private', 'c'],
  ['graphql'],
  ['@team', 'a'],
  ['my files', 'a'],
  ['public', '..', 'private', 'a'],
  ['private', '..', '..', 'public', 'a'],
  ['x', 'y', '..', '..', 'graphql'],
  ['other', 'private'],
];

/** What servers do with a path, one step at a time. A step that throws answers 400. */
const STEPS: Readonly<Record<string, (path: string) => string>> = {
  decodeURI,
  decodeURIComponent,
  decodeLeniently: (path) => {
    const decode: unknown = fromFastify('fast-decode-uri-component');
    const decoded = (decode as (path: string) => string | null)(path);
    if (decoded === null) throw new URIError();
    return decoded;
  },
  unescape: (path) => unescape(path),
  findMyWay: (path) => {
    const { safeDecodeURI } = fromFastify('find-my-way/lib/url-sanitizer') as {
      safeDecodeURI: (path: string, semicolon: boolean) => { path: string };
    };
    return safeDecodeURI(path, true).path;
  },
  'new URL': (path) => new URL(path, 'http://api.example.com').pathname,
  'url.parse': (path) => parse(path).pathname ?? '',
  normalize: (path) => posix.normalize(path),
  'normalize on Windows': (path) => win32.normalize(path).replaceAll('\\', '/'),
  'dots and spaces on Windows': (path) => path.replace(/([^/. ])[. ]+(?=\/|$)/g, '$1'),
  'single slashes': (path) => path.replace(/\/{2,}/g, '/'),
  'no parameters': (path) => path.replace(/;[^/]*/g, ''),
  'up to a semicolon': (path) => path.split(';', 1)[0] ?? '',
  'up to a query': (path) => path.split(/[?#]/, 1)[0] ?? '',
  'up to NUL': (path) => path.split('\0', 1)[0] ?? '',
};

function fromFastify(name: string): unknown {
  return createRequire(createRequire(`${process.cwd()}/`).resolve('fastify'))(name);
}

/** The key of a path that is read literally from here on, as browsers spell it. */
function keyOf(path: string): number {
  const segments = path
    .replaceAll('%20', ' ')
    .toLowerCase()
    .split('/')
    .filter((segment) => segment !== '');
  return tree.walk(`/${segments.join('/')}`);
}

it(
  'whatever a server makes of a path, the key of that is among the readings',
  () => {
    const decoders = [
      'decodeURI',
      'decodeURIComponent',
      'decodeLeniently',
      'unescape',
      'findMyWay',
    ];
    const others = Object.keys(STEPS).filter((name) => !decoders.includes(name));
    const server = fc
      .array(fc.constantFrom(...others, ...decoders), { maxLength: 6 })
      // More than two decoders in a row are no server.
      .filter((names) => names.filter((name) => decoders.includes(name)).length <= 2);
    const request = fc
      .constantFrom(...PATHS)
      .chain((path) => fc.record({ target: spellingOf(path), server }));
    let read = 0;
    let several = 0;
    let one = 0;
    fc.assert(
      fc.property(request, ({ target, server: names }) => {
        let path = target.split('?', 1)[0] ?? '';
        try {
          for (const name of names) path = STEPS[name]?.(path) ?? path;
        } catch {
          return;
        }
        const key = keyOf(path);
        const found = findPath(target, tree);
        if (key !== -1) read++;
        if (typeof found === 'number') one++;
        else several++;
        if (found === undefined || found === key) return;
        expect({
          target,
          names,
          path,
          found: [found].flatMap((f) => (typeof f === 'number' ? [f] : [...f])),
        }).toEqual({
          target,
          names,
          path,
          found: expect.arrayContaining([key]),
        });
      }),
      { numRuns: RUNS },
    );
    expect(Math.min(read, one, several)).toBeGreaterThan(RUNS / 20);
  },
  60_000 + RUNS * 10,
);

import { normalizePath } from '../../../../lib/policy/paths/normalize-path.js';
import { findPath } from '../../../../lib/policy/paths/path-readings.js';
import { PathTree } from '../../../../lib/policy/paths/path-tree.js';

const KEYS = [
  '/public/*',
  '/private/*',
  '/private/shared/*',
  '/graphql',
  '/@team/*',
  '/my files/*',
  '/café/*',
];
const tree = new PathTree(KEYS.map(normalizePath), 0, -1);

/** The keys that a target may stand for; `-` for none. */
function readings(target: string, of: PathTree = tree): string[] | 'too many' {
  const found = findPath(target, of);
  if (found === undefined) return 'too many';
  const indexes = typeof found === 'number' ? [found] : [...found];
  return indexes.map((index) => KEYS[index] ?? '-').toSorted();
}

it.each<[target: string, keys: string[]]>([
  // One reading
  ['/public/a.txt', ['/public/*']],
  ['/public', ['/public/*']],
  ['/private/shared/a', ['/private/shared/*']],
  ['/graphql', ['/graphql']],
  ['/graphql/', ['/graphql']],
  ['/graphql/x', ['-']],
  ['/elsewhere', ['-']],
  ['/', ['-']],
  ['', ['-']],
  ['*', ['-']],
  // No difference, as documented
  ['/PUBLIC//a', ['/public/*']],
  ['/GraphQL//', ['/graphql']],
  // Browsers cannot send these in another way
  ['/my%20files/a', ['/my files/*']],
  ['/caf%C3%A9/a', ['/café/*']],
  ['/CAF%c3%89/a', ['/café/*']],
  ['/cafe%CC%81/a', ['/café/*']],
  // Whatever is below a key is below it in every reading
  ['/public/a%2Fb', ['/public/*']],
  ['/public/%40team/a', ['/public/*']],
  ['/public/a;b/c', ['/public/*']],
  ['/public/%2525', ['/public/*']],
  ['/public/x%2F..%2Fy', ['/public/*']],
  ['/public/./a', ['/public/*']],
  ['/public/%ff', ['/public/*']],
  ['/public/.well-known/a', ['/public/*']],
  ['/public/a..b/c...', ['/public/*']],
  // Neither does it matter where no key is near
  ['/npm/%40team%2Fpackage', ['-']],
  ['/map;v=1/tiles', ['-']],
  ['/proxy/https%3A%2F%2Fexample.com%2Fprivate', ['-']],
  ['/.well-known/a', ['-']],
  ['/.public/a', ['-']],
  ['/a/../b', ['-']],
  [`/elsewhere${'%2Fx'.repeat(600)}`, ['-']],
  [`/public/${'%2F'.repeat(3000)}`, ['/public/*']],
  [`/${'%61'.repeat(3000)}/x`, ['-']],
])('%j is %j', (target, keys) => {
  expect(readings(target)).toEqual(keys);
});

it.each<[why: string, target: string, keys: string[]]>([
  ['an encoded slash', '/private%2Fa', ['-', '/private/*']],
  ['an encoded slash, deeper', '/private/shared%2Fa', ['/private/*', '/private/shared/*']],
  ['a letter, encoded', '/priv%61te/a', ['-', '/private/*']],
  ['an encoded character that need not be', '/%40team/a', ['-', '/@team/*']],
  ['an escape that cannot be decoded, elsewhere', '/priv%61te/%ff', ['-', '/private/*']],
  ['an escape read byte by byte', '/caf%E9/a', ['-', '/café/*']],
  ['a twice-encoded slash', '/private%252Fa', ['-', '/private/*']],
  ['a twice-encoded letter', '/priv%2561te/a', ['-', '/private/*']],
  ['dot segments', '/public/../private/a', ['/private/*', '/public/*']],
  ['dot segments up to an exact key', '/public/../graphql', ['/graphql', '/public/*']],
  ['dot segments that lead out', '/public/..', ['-', '/public/*']],
  ['a single dot', '/./private/a', ['-', '/private/*']],
  ['a single dot at the end', '/graphql/.', ['-', '/graphql']],
  ['an encoded dot segment', '/public/%2e%2E/private/a', ['/private/*', '/public/*']],
  ['a twice-encoded dot segment', '/public/%252e./private/a', ['/private/*', '/public/*']],
  ['an encoded slash behind dots', '/public/..%2Fprivate/a', ['/private/*', '/public/*']],
  ['an encoded slash before dots', '/public%2F..%2Fprivate/a', ['-', '/private/*', '/public/*']],
  ['dots behind an empty segment', '/public/x//../../private', ['/private/*', '/public/*']],
  ['a backslash', '/private\\a', ['-', '/private/*']],
  ['an encoded backslash', '/public/..%5Cprivate%5Ca', ['-', '/private/*', '/public/*']],
  ['a semicolon', '/graphql;', ['-', '/graphql']],
  ['parameters', '/graphql;a=b', ['-', '/graphql']],
  ['parameters of a segment', '/private;a=b/shared/x', ['-', '/private/*', '/private/shared/*']],
  [
    'parameters with an encoded slash',
    '/private;a%2Fb/shared/x',
    ['-', '/private/*', '/private/shared/*'],
  ],
  ['parameters behind dots', '/public/..;/private/a', ['-', '/private/*', '/public/*']],
  ['an encoded semicolon', '/graphql%3Ba', ['-', '/graphql']],
  ['an encoded question mark', '/graphql%3Fa', ['-', '/graphql']],
  ['an encoded number sign', '/graphql%23', ['-', '/graphql']],
  ['an encoded NUL', '/graphql%00.js', ['-', '/graphql']],
  ['a stream of a file on Windows', '/graphql::$DATA', ['-', '/graphql']],
  ['a dot at the end, which Windows leaves out', '/private./a', ['-', '/private/*']],
  ['a space at the end, which Windows leaves out', '/private%20/a', ['-', '/private/*']],
  [
    'dots and a space, which Windows reads as dots',
    '/public/..%20/private/a',
    ['/private/*', '/public/*'],
  ],
  ['an escape of unescape()', '/%u0070rivate%u002Fa', ['-', '/private/*']],
  ['an escape of unescape() beyond Latin-1', '/p%u4E2D', ['-']],
  ['such an escape below a key', '/public/%u4E2D', ['/public/*']],
  [
    'what may be a host name behind dots',
    '/x%2F..//public/graphql',
    ['-', '/graphql', '/public/*'],
  ],
  ['what may be a host name', '//public/private/a', ['/private/*', '/public/*']],
  [
    'what may be a host name, with backslashes',
    '/\\public/graphql',
    ['-', '/graphql', '/public/*'],
  ],
])('%s: %s', (_, target, keys) => {
  expect(readings(target)).toEqual(keys);
});

it.each([
  ['dots', '%2e'],
  ['dots, encoded twice', '%252e'],
  ['dots of unescape()', '%u002e'],
  ['spaces', '%20'],
])('no reading is lost where a path of a few hundred characters ends in %s', (_, dot) => {
  for (let count = 30; count < 130; count++) {
    expect([count, readings(`/graphql${dot.repeat(count)}`)]).toEqual([count, ['-', '/graphql']]);
  }
});

it.each([
  ['places in a path', `/${'x%2F'.repeat(40)}..%2Fprivate`],
  ['readings of a path', '/x%2F..%2Fpublic;%5C..'.repeat(2)],
  ['characters of a path', `/private${'%20'.repeat(700)}x/a`],
  ['dots at the end, cut within an escape', `/private${'%2e'.repeat(700)}`],
  ['dots at the end, cut within an escape of two', `/private${'%252e'.repeat(500)}`],
  ['dots at the end, cut within an escape of unescape()', `/private${'%u002e'.repeat(400)}`],
  ['characters of a path that may lead up', `/public/${'a'.repeat(3000)}/..%2F..%2Fprivate`],
])('there is a limit to the number of %s', (_, target) => {
  expect(readings(target)).toBe('too many');
});

it('a key for everything covers every reading', () => {
  const all = new PathTree(['/*'], 0, -1);
  for (const target of ['', '*', '/', '//a/b', '/a%2F..%2Fb', '/..;/x']) {
    expect([target, findPath(target, all)]).toEqual([target, 0]);
  }
});

it.each([
  ['/a/b/c', ['/a/b', '/a/*'], 1],
  ['/a/b', ['/a/b', '/a/*'], 0],
  ['/a/b', ['/a', '/*'], 1],
  ['/ab/c/d', ['/ab/c', '/*', '/ab/*'], 2],
])(
  '%s is below the key of everything above it, whichever of %j comes first',
  (path, keys, found) => {
    expect(findPath(path, new PathTree(keys, 0, -1))).toBe(found);
    const last = keys.length - 1;
    expect(findPath(path, new PathTree(keys.toReversed(), 0, -1))).toBe(last - found);
  },
);

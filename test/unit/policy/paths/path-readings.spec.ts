import { normalizePath } from '../../../../lib/policy/paths/normalize-path.js';
import { findPath, isReadOneWay } from '../../../../lib/policy/paths/path-readings.js';
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
  ['xgraphql', ['-']],
  ['xgraphql;', ['-']],
  ['/graphql%u6100', ['-']],
  ['/x//h/../graphql', ['-']],
  ['/x/private/.', ['-']],
  ['/graphql/x/.', ['-']],
  ['/graphql/..', ['-']],
  ['/public/x/../y', ['/public/*']],
  ['/graphql%', ['-']],
  ['/graphql%2', ['-']],
  ['/graphql%2Fx', ['-']],
  ['/graphql\\x', ['-']],
  ['/graphql%5cx', ['-']],
  [`/graphql${'/'.repeat(300)}`, ['/graphql']],
  [`/graphql${'/'.repeat(300)}x`, ['-']],
  [`/public/${'a'.repeat(300)}${'%u4E2D'.repeat(9)}`, ['/public/*']],
  [`/public/${'%u4E2D'.repeat(8)}`, ['/public/*']],
  [`/public/${'a'.repeat(600)}x%20/b%2Fc`, ['/public/*']],
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
  [`/elsewhere${'%2Fx'.repeat(500)}`, ['-']],
  [`/public/${'%2F'.repeat(600)}`, ['/public/*']],
  [`/${'%61'.repeat(600)}/x`, ['-']],
  // Of a longer path, what is written plainly
  [`/public/${'a'.repeat(3000)}`, ['/public/*']],
  [`/public/${'a/'.repeat(3000)}report.pdf`, ['/public/*']],
  [`/public/x${'.a'.repeat(64)}${'a'.repeat(3000)}`, ['/public/*']],
  [`/elsewhere/${'a'.repeat(15_000)}`, ['-']],
  [`/public${'/'.repeat(400)}a`, ['/public/*']],
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
  ['an encoded slash at the end', '/graphql%2F', ['-', '/graphql']],
  ['a space alone, which Windows leaves out', '/graphql/%20', ['-', '/graphql']],
  ['an encoded slash that dots take back', '/a%2Fb/../graphql', ['-', '/graphql']],
  ['several slashes before a host name', '////h/graphql', ['-', '/graphql']],
  ['parameters between slashes before a host name', '/;/h/graphql', ['-', '/graphql']],
  ['a host name with an encoded slash', '//a%2Fb/graphql', ['-', '/graphql']],
  ['an encoded question mark before a slash', '/graphql%3Fa/b', ['-', '/graphql']],
  ['an empty segment of an exact key', '/graphql//..', ['-', '/graphql']],
  ['a host name with parameters', '//a;b/graphql', ['-', '/graphql']],
  ['a long host name', `//${'h'.repeat(260)}/graphql;x`, ['-', '/graphql']],
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
  ['a dot at the end of the path', '/graphql.', ['-', '/graphql']],
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
  ['spaces', '%20'],
])('no reading is lost where a path of a few hundred characters ends in %s', (_, dot) => {
  for (let count = 30; count < 130; count++) {
    const target = `/graphql${dot.repeat(count)}`;
    const read = target.length > 512 ? 'too many' : ['-', '/graphql'];
    expect([count, readings(target)]).toEqual([count, read]);
  }
});

/** Printable characters that browsers send as they are, but for what divides a path and for dots. */
const SENT_AS_THEY_ARE =
  "!$&'()*+,-:=@[]_|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

it.each(
  Array.from({ length: 0x7f - 0x21 }, (_, index) => String.fromCharCode(0x21 + index)).filter(
    (character) => !'./\\;?#%'.includes(character),
  ),
)('an escape of %j is read in two ways where browsers send the character itself', (character) => {
  const escape = `%${character.charCodeAt(0).toString(16)}`;
  const isNeedless = SENT_AS_THEY_ARE.includes(character);
  const key = `/a${character.toLowerCase()}b/*`;
  for (const each of [escape, escape.toUpperCase()]) {
    expect([each, ...find([key], `/a${each}b/c`)]).toEqual([each, isNeedless ? [-1, 5] : 5]);
  }
});

it.each([
  ['places in a path', `/${'x%2F'.repeat(40)}..%2Fprivate`],
  ['readings of a path', '/x%2F..%2Fpublic;%5C..'.repeat(2)],
  ['characters of a path', `/private${'%20'.repeat(700)}x/a`],
  ['dots at the end, cut within an escape', `/private${'%2e'.repeat(700)}`],
  ['dots at the end, cut within an escape of two', `/private${'%252e'.repeat(500)}`],
  ['dots at the end, cut within an escape of unescape()', `/private${'%u002e'.repeat(400)}`],
  ['characters of a path that leads up', `/public/${'a'.repeat(500)}/..%2F..%2Fprivate`],
  ['characters of a path that may lead up', `/public/${'a'.repeat(1020)}x%20;a`],
  ['characters of a path with escapes', `/public/${'a'.repeat(2040)}%61`],
  ['characters of a path that has a dot behind a slash', `/public/${'a'.repeat(2040)}/.a`],
  ['characters of a path that has a dot behind a backslash', `/public/${'a'.repeat(2040)}\\.`],
  ['characters of a path that has a dot behind a semicolon', `/public/${'a'.repeat(2040)};.`],
  ['characters of a path that has a dot behind a colon', `/public/${'a'.repeat(2040)}::.`],
  ['characters of a path that begins with a dot', `.${'a'.repeat(2048)}`],
  ['dots of a long path', `/public/x${'.a'.repeat(65)}${'a'.repeat(3000)}`],
  ['slashes in a row', `/public${'/'.repeat(600)}a`],
  ['escapes of unescape()', `/public/${'%u4E2D'.repeat(9)}`],
])('there is a limit to the number of %s', (_, target) => {
  expect(readings(target)).toBe('too many');
});

it('a key that is longer than what is read of other paths is read whole', () => {
  const key = `/${'long/'.repeat(300)}end`;
  const deep = new PathTree([key], 0, -1);
  expect([key, `${key}/x`, `${key}x`].map((path) => findPath(path, deep))).toEqual([0, -1, -1]);
});

it('a key for everything covers every reading', () => {
  const all = new PathTree(['/*'], 0, -1);
  for (const target of ['', '*', '/', '//a/b', '/a%2F..%2Fb', '/..;/x']) {
    expect([target, findPath(target, all)]).toEqual([target, 0]);
  }
});

/** What the paths stand for in a tree of their own. */
function find(keys: readonly string[], ...paths: string[]): unknown[] {
  const own = new PathTree(keys, 5, -1);
  return paths.map((path) => {
    const found = findPath(path, own);
    return found instanceof Set ? Array.from(found).toSorted((a, b) => a - b) : found;
  });
}

it('the most specific key covers a path, in whatever order they are written', () => {
  const keys = ['/a/b', '/a/b/c/*', '/a/*', '/a/b/c/d'];
  const paths = ['/a', '/a/b', '/a/b/x', '/a/b/c', '/a/b/c/d', '/a/b/c/d/e', '/b'];
  expect(find(keys, ...paths)).toEqual([7, 5, 7, 6, 8, 6, -1]);
});

it('`..` takes back an empty segment only where there is one', () => {
  const paths = ['/a/x/../../b/c', '/a/x//../../b/c', '/a//h/b/c'];
  expect(find(['/a/b/*'], ...paths)).toEqual([-1, [-1, 5], -1]);
});

it('a host name is only where the path begins', () => {
  const paths = ['//h/a/b;c', '/a//h/b;c', '/a/b;c'];
  expect(find(['/a/b/*'], ...paths)).toEqual([[-1, 5], -1, [-1, 5]]);
});

it('a key that the first characters of a path do not reach is read further', () => {
  const long = `/${'k'.repeat(250)}`;
  const paths = [`${long}/graphql/`, `${long}/graphql%3B${'a'.repeat(50)}`];
  expect(find([`${long}/graphql`], ...paths)).toEqual([5, [-1, 5]]);
});

it('of a path that does not, 512 characters are read as well, or as many as keys have', () => {
  const path = (length: number) => `/graphql;${'a'.repeat(length - '/graphql;'.length)}`;
  const long = `/${'long/'.repeat(120)}end`;
  const beyond = ['/', '/x', '/xxxxxx/'].map((end) => `${long}${end}${'x'.repeat(5000)}`);
  expect(find(['/graphql'], path(256), path(257), path(512), path(513))).toEqual([
    [-1, 5],
    [-1, 5],
    [-1, 5],
    undefined,
  ]);
  expect(find([`${long}/*`], `${long}/`, ...beyond)).toEqual([5, 5, 5, 5]);
});

it('a key that is cut is not taken for what its first characters are', () => {
  const long = 'k'.repeat(249);
  const paths = [`/%6b${long}/graphql`, `/k${long}/graphql`, `/%6b${long}/graphqx`];
  expect(find([`/k${long}/graphql`], ...paths)).toEqual([[-1, 5], 5, -1]);
});

it('a plain segment that is longer than those of all keys needs no more than its first part', () => {
  const key = `/${'k'.repeat(20)}`;
  const paths = ['a', 'a.', 'A:'].map((start) => `/${start}${'a'.repeat(1000)}`);
  expect(find([key], key, ...paths)).toEqual([5, -1, -1, -1]);
});

it('a key that begins with a dot is decoded as any other', () => {
  const paths = ['/.well-known/a', '/.well%2Dknown/a', '/..well-known/a'];
  expect(find(['/.well-known/*'], ...paths)).toEqual([5, [-1, 5], -1]);
});

it('of a path that leads up, 512 characters are read', () => {
  const path = (length: number) => `/${'a'.repeat(length - '//../graphql'.length)}/../graphql`;
  expect(find(['/graphql'], path(512), path(513))).toEqual([[-1, 5], undefined]);
});

describe('keys with equal policies', () => {
  const keys = ['/public/*', '/private/*', '/other/*'];
  const meanings = ['global', 'one', 'one', 'two'];
  const ask = (path: string) => findPath(path, new PathTree(keys, 1, 0), meanings);

  it('readings that mean the same are one', () => {
    expect([ask('/public/../private/a'), ask('/private/../public/a')]).toEqual([2, 1]);
  });

  it('readings that differ are told apart', () => {
    expect(ask('/public/../other/a')).toEqual(new Set([1, 3]));
    expect(ask('/public%2f../private/a')).toEqual(new Set([0, 1, 2]));
  });

  it('no more is read once two differ', () => {
    const rest = `;${'/a'.repeat(30)}/..`;
    expect(ask(`/public;/../other${rest}`)).toEqual(new Set([0, 1, 3]));
    expect(ask(`/public;/../private${rest}`)).toEqual(new Set([0, 1, 2]));
    expect(ask(`/private/a${rest}`)).toBeUndefined();
  });
});

it.each([
  ['/a', true],
  ['/a/*', true],
  ['/my files/*', true],
  ['/a%2Fb', false],
  ['/a/../b', false],
  ['/a;b/*', false],
  ['/a/./*', false],
])('whether the key %j is read in one way: %s', (key, isOne) => {
  expect(isReadOneWay(key)).toBe(isOne);
});

import { normalizePath, pathOf } from './normalize-path.js';
import { Found, PathReader } from './path-reader.js';
import { leadsUp, spellingsOf } from './path-spellings.js';
import { PathTree } from './path-tree.js';

/**
 * What a request target stands for: the key that covers it, the most specific one. Where its path can
 * be read as several of them, what it stands for in each; undefined where there are more ways than are
 * worth following.
 *
 * Servers disagree on what a path says: one decodes `%2F` into a slash, another keeps it; one resolves
 * `..` before it decodes, another afterwards or never; some cut at `;`. Which of them will serve is
 * not known, and several may take part: a router reads the path as it came, and the file server behind
 * it decodes what is left. So no server is imitated. Every place that can be read in two ways is read
 * in both, independently of all others; what any server makes of the path is among the results.
 *
 * Nearly always the first characters lead to where no other key is, and only what leads up again could
 * matter of the rest.
 *
 * @param meanings what the numbers of the tree mean: readings that mean the same count as one, the
 *   first, and no more are looked for once two differ
 */
export function findPath(
  target: string,
  tree: PathTree,
  meanings?: readonly unknown[],
): number | ReadonlySet<number> | undefined {
  const path = pathOf(target);
  if (path.length <= FIRST_CHARACTERS && isPlain(path)) return tree.walk(path);
  const found = new Found(meanings);
  if (leadsUp(path)) {
    // Where something may lead up, all of it matters.
    return path.length > MOST_CHARACTERS ? undefined : readPath(path, true, true, tree, found);
  }
  for (const length of [FIRST_CHARACTERS, Math.max(MOST_CHARACTERS, tree.reach)]) {
    const isWhole = path.length <= length;
    const read = path.slice(0, length);
    const value = isPlain(read)
      ? tree.walk(read, isWhole)
      : readPath(read, isWhole, false, tree, found);
    if (value !== undefined || isWhole) return value;
  }
  return undefined;
}

/** Whether a key of `paths`, as it is written, is read as itself and nothing else. */
export function isReadOneWay(key: string): boolean {
  // A key for all that is below a path is such a path itself.
  return findPath(key, new PathTree([normalizePath(key)], 1, 0)) === 1;
}

/** How many characters of a path are read at first, and at most. */
const FIRST_CHARACTERS = 256;
const MOST_CHARACTERS = 512;

/** Whether a path, or the first part of one, can be read in one way only. */
function isPlain(path: string): boolean {
  // Behind two slashes a host name could be meant.
  return path.startsWith('/') && !path.startsWith('//') && !ODD.test(path);
}

/**
 * What may give a path a second reading: percent-encoding, backslashes, parameters and the like;
 * segments that begin or end with a dot.
 */
const ODD = /[^!$&'()*+,./:=@\w~|[\]-]|::|\/\.|\.(?:\/|$)/;

function readPath(
  path: string,
  isWhole: boolean,
  climbs: boolean,
  tree: PathTree,
  found: Found,
): ReturnType<typeof findPath> {
  const isOver = spellingsOf(path)?.every(
    (spelling) => found.differ || new PathReader(spelling, isWhole, climbs, tree, found).read(),
  );
  return isOver === true ? (found.agreed ?? found.values) : undefined;
}

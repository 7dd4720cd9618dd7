/**
 * The keys of `paths` as a tree of segments. A look-up takes at most as many steps as the deepest key
 * has segments, however long the path is.
 */
export class PathTree {
  readonly root: PathNode;
  /** The length of the longest segment of a key. */
  longest = 0;

  /**
   * @param keys those of `paths`, as `normalizePath` spells them
   * @param first what the first key stands for; the next one stands for the next number
   * @param none what a path without a key stands for
   */
  constructor(keys: readonly string[], first: number, none: number) {
    this.root = { parent: undefined, children: new Map(), exact: undefined, below: none };
    const sorted = keys.map((key, index) => ({ key, value: first + index }));
    // The shorter paths first, whether what is below them is meant or not: it is inherited.
    sorted.sort((a, b) => lengthOf(a.key) - lengthOf(b.key));
    for (const { key, value } of sorted) this.add(key, value);
  }

  private add(key: string, value: number): void {
    const coversBelow = key.endsWith('/*');
    let node = this.root;
    for (const segment of (coversBelow ? key.slice(0, -2) : key).split('/')) {
      if (segment !== '') node = node.children.get(segment) ?? this.grow(node, segment);
    }
    if (coversBelow) node.below = value;
    else node.exact = value;
  }

  private grow(parent: PathNode, segment: string): PathNode {
    const node: PathNode = { parent, children: new Map(), exact: undefined, below: parent.below };
    parent.children.set(segment, node);
    this.longest = Math.max(this.longest, segment.length);
    return node;
  }

  /**
   * What a path stands for that can be read in one way only: the most specific key that covers it.
   * Letter case and slashes that are repeated or at the end make no difference.
   *
   * @param isWhole whether the path ends here: if not, undefined where more of it has to be read
   */
  walk(path: string): number;
  walk(path: string, isWhole: boolean): number | undefined;
  walk(path: string, isWhole = true): number | undefined {
    let node = this.root;
    for (let start = 1; start < path.length;) {
      if (path.charCodeAt(start) === SLASH) {
        start++;
        continue;
      }
      const slash = path.indexOf('/', start);
      if (slash === -1 && !isWhole) return undefined;
      const end = slash === -1 ? path.length : slash;
      if (end - start > this.longest) return node.below;
      const child = node.children.get(path.slice(start, end).toLowerCase());
      if (child === undefined) return node.below;
      node = child;
      start = end + 1;
    }
    return isWhole ? standsFor(node) : undefined;
  }
}

/** The length of the path that a key is about. */
function lengthOf(key: string): number {
  return key.endsWith('/*') ? key.length - 2 : key.length;
}

const SLASH = 0x2f;

/** What the path of a node itself stands for. What is below a path includes the path itself. */
export function standsFor(node: PathNode): number {
  return node.exact ?? node.below;
}

/** One segment of a key, below those before it. */
export interface PathNode {
  readonly parent: PathNode | undefined;
  readonly children: Map<string, PathNode>;
  /** What exactly this path stands for, where that is a key. */
  exact: number | undefined;
  /** What everything below stands for: its own key, or that of the nearest one above. */
  below: number;
}

/**
 * The keys of `paths` as a tree of segments. A look-up takes at most as many steps as the deepest key
 * has segments, however long the path is.
 */
export class PathTree {
  readonly root: PathNode;
  /** The length of the longest segment of a key. */
  longest = 0;
  /** How many characters of a plain path lead beyond all keys, unless most of them are slashes. */
  readonly reach: number;

  /**
   * @param keys those of `paths`, as `normalizePath` spells them
   * @param first what the first key stands for; the next one stands for the next number
   * @param none what a path without a key stands for
   */
  constructor(keys: readonly string[], first: number, none: number) {
    this.root = { parent: undefined, children: new Map(), exact: undefined, below: none };
    const sorted = keys.map((key, index) => {
      const coversBelow = key.endsWith('/*');
      return { path: coversBelow ? key.slice(0, -2) : key, coversBelow, value: first + index };
    });
    // The shorter ones first: what is below them is inherited.
    sorted.sort((a, b) => a.path.length - b.path.length);
    for (const { path, coversBelow, value } of sorted) this.add(path, coversBelow, value);
    const longestKey = sorted.at(-1)?.path.length ?? 0;
    this.reach = longestKey + this.longest + '//'.length;
  }

  private add(path: string, coversBelow: boolean, value: number): void {
    let node = this.root;
    for (const segment of path.split('/')) {
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
      const end = slash === -1 ? path.length : slash;
      if (end - start > this.longest) return node.below;
      if (slash === -1 && !isWhole) return undefined;
      const child = node.children.get(path.slice(start, end).toLowerCase());
      if (child === undefined) return node.below;
      node = child;
      start = end + 1;
    }
    return isWhole ? standsFor(node) : undefined;
  }
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

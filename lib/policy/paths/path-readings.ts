import { decodeText, DIVIDER, normalizePath, pathOf } from './normalize-path.js';
import { endOf, HALF_ESCAPE, leadsUp, spellingsOf } from './path-spellings.js';
import { type PathNode, PathTree, standsFor } from './path-tree.js';

/**
 * What a request target stands for: the key that covers it, the most specific one. Where its path can
 * be read as several of them, what it stands for in each; undefined where there are more ways than are
 * worth following.
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
  const isLong = path.length > FIRST_CHARACTERS;
  const first = isLong ? path.slice(0, FIRST_CHARACTERS) : path;
  const isPlain = startsPlain(path) && !ODD.test(first);
  const found = isPlain ? tree.walk(first, !isLong) : undefined;
  if (found !== undefined && !isLong) return found;
  if (isPlain && found === undefined) {
    const whole = path.replace(MANY_SLASHES, '/');
    if (!ODD.test(whole)) return tree.walk(whole);
  }
  // Where the first part of a long path leads beyond all keys, only what leads up again matters.
  const mayClimb = leadsUp(path);
  return mayClimb || found === undefined ? readPath(path, mayClimb, tree, meanings) : found;
}

/** Whether a key of `paths`, as it is written, is read as itself and nothing else. */
export function isReadOneWay(key: string): boolean {
  const path = key.endsWith('/*') ? key.slice(0, -1) : key;
  return findPath(path, new PathTree([normalizePath(key)], 1, 0)) === 1;
}

/**
 * What may give a path a second reading: percent-encoding, backslashes, parameters and the like;
 * segments that begin or end with a dot.
 */
const ODD = /[^!$&'()*+,./:=@\w~|[\]-]|::|\/\.|\.(?:\/|$)/;

/** Whether a path begins with a slash, and not with two, behind which a host name could be meant. */
function startsPlain(path: string): boolean {
  return path.startsWith('/') && !path.startsWith('//');
}

/** They are one slash, and would be read one by one. */
const MANY_SLASHES = /\/{8,}/g;

/**
 * Servers disagree on what a path says: one decodes `%2F` into a slash, another keeps it; one resolves
 * `..` before it decodes, another afterwards or never; some cut at `;`. Which of them will serve is
 * not known, and several may take part: a router reads the path as it came, and the file server behind
 * it decodes what is left. So no server is imitated. Every place that can be read in two ways is read
 * in both, independently of all others; what any server makes of the path is among the results.
 */
function readPath(
  path: string,
  mayClimb: boolean,
  tree: PathTree,
  meanings: readonly unknown[] | undefined,
): ReturnType<typeof findPath> {
  // Where something may lead up, all of it matters.
  if (mayClimb && path.length > MOST_CHARACTERS) return undefined;
  for (const length of mayClimb ? [MOST_CHARACTERS] : [FIRST_CHARACTERS, MOST_CHARACTERS]) {
    const isWhole = path.length <= length;
    const read = isWhole ? path : path.slice(0, length);
    const found = new Found(meanings);
    const isOver = spellingsOf(read).every(
      (spelling) => found.differ || new PathReader(spelling, isWhole, mayClimb, tree, found).read(),
    );
    if (isOver) return found.agreed ?? found.values;
    if (isWhole) break;
  }
  return undefined;
}

/** What the readings of a path stand for. */
class Found {
  readonly values = new Set<number>();
  private first: number | undefined;
  differ = false;

  constructor(private readonly meanings: readonly unknown[] | undefined) {}

  add(value: number): void {
    if (this.values.has(value)) return;
    this.values.add(value);
    const { first, meanings } = this;
    if (first === undefined) this.first = value;
    else if (meanings !== undefined && meanings[first] !== meanings[value]) this.differ = true;
  }

  /** The value that stands for all, if there is one. */
  get agreed(): number | undefined {
    const isOne = this.meanings === undefined ? this.values.size === 1 : !this.differ;
    return isOne ? this.first : undefined;
  }
}

/**
 * How much of a path is read that is read in several ways, how many of its divided parts, and how many
 * readings at a time. Nearly always the first few parts lead to where no other key is: so they are read
 * first, alone.
 */
const MOST_CHARACTERS = 2048;
const FIRST_CHARACTERS = 256;
const MOST_PARTS = 32;
const MOST_READINGS = 16;

/** How far a path has been read, in one way of reading it. */
interface Reading {
  /** The deepest node of the tree on its way. */
  readonly node: PathNode;
  /** How many segments it is below that node. Up to here no key has them, whatever they are. */
  readonly beyond: number;
  /**
   * What it makes of the part that comes next: a segment; more of a segment that no key has, since
   * keys have no dividers; parameters of the segment before, to be skipped; a host name.
   */
  readonly next: 'segment' | 'rest' | 'parameters' | 'host';
}

/** A segment that no key has. */
const UNKNOWN = Symbol('unknown segment');
type Segment = string | typeof UNKNOWN;

/** How a part ends: with the path, at a slash, at what may be one, at what may cut it or the path. */
type Divider = 'end' | 'slash' | 'perhaps a slash' | 'perhaps a cut';

class PathReader {
  private readonly parts: readonly string[];
  /** How long a part may be that is worth decoding. */
  private readonly longest: number;
  /** Whether an empty segment was read, which `..` takes back in URL parsers. */
  private hasEmpty = false;
  private readings: Reading[] = [];
  private divider: Divider = 'end';

  constructor(
    path: string,
    /** Whether the path ends where it is read to. */
    private readonly isWhole: boolean,
    /** Whether a segment `..` is read by anyone; if not, nothing leads back from where no key is. */
    private readonly climbs: boolean,
    tree: PathTree,
    private readonly found: Found,
  ) {
    this.longest = LONGEST_ESCAPE * tree.longest;
    const isRooted = path.startsWith('/');
    this.parts = (isRooted ? path.slice(1) : path).split(DIVIDER, 2 * MOST_PARTS);
    this.follow(tree.root, 0, 'segment');
  }

  /** Adds what the path stands for to what was found; false: there are too many readings. */
  read(): boolean {
    const { parts, found } = this;
    if (this.climbs && parts.length === 2 * MOST_PARTS) return false;
    for (const [index, part] of parts.entries()) {
      // Every second part is what divides.
      if (index % 2 === 1) continue;
      if (this.readings.length === 0) break;
      const earlier = this.readings;
      this.divider = dividerOf(parts[index + 1]);
      const isCut = this.divider === 'end' && !this.isWhole;
      const segments = this.segmentsOf(isCut ? part.replace(HALF_ESCAPE, '') : part);
      if (isCut) {
        if (segments[0] !== UNKNOWN) return false;
        // Whatever follows, no key has this segment.
        this.divider = 'slash';
      }
      this.readings = [];
      for (const reading of earlier) this.readPart(reading, segments);
      if (found.differ) return true;
      if (this.readings.length > MOST_READINGS) return false;
    }
    return this.readings.length === 0;
  }

  private readPart({ node, beyond, next }: Reading, segments: readonly Segment[]): void {
    switch (next) {
      case 'segment':
        for (const segment of segments) this.readSegment(node, beyond, segment);
        break;
      case 'rest':
        this.pass(node, beyond + 1);
        break;
      case 'parameters':
        this.pass(node, beyond);
        break;
      case 'host':
        this.pass(node, beyond, segments[0] === '' ? 'host' : 'segment');
        break;
    }
    // What divides for some is text for others.
    const { divider } = this;
    if (divider === 'perhaps a slash' || divider === 'perhaps a cut') {
      const isKnown = next === 'parameters' || next === 'host';
      this.follow(node, beyond, isKnown ? 'parameters' : 'rest');
    }
  }

  private readSegment(node: PathNode, beyond: number, segment: Segment): void {
    switch (segment) {
      case '':
        this.pass(node, beyond);
        if (this.divider === 'end') return;
        this.hasEmpty = true;
        // `//host/path` is a URL without its scheme to `new URL(path, base)`.
        if (node.parent === undefined && beyond === 0) this.pass(node, beyond, 'host');
        return;
      case '.':
        this.pass(node, beyond);
        break;
      case '..':
        if (beyond > 0) this.pass(node, beyond - 1);
        else this.pass(node.parent ?? node, 0);
        if (this.hasEmpty) this.pass(node, beyond);
        break;
    }
    const child = beyond > 0 || segment === UNKNOWN ? undefined : node.children.get(segment);
    if (child === undefined) this.pass(node, beyond + 1);
    else this.pass(child, 0);
  }

  /** A reading is here when a part and the segment that it belongs to are over. */
  private pass(node: PathNode, beyond: number, next: 'segment' | 'host' = 'segment'): void {
    const { divider } = this;
    if (divider === 'end' || divider === 'perhaps a cut') {
      this.found.add(beyond > 0 ? node.below : standsFor(node));
    }
    if (divider === 'end') return;
    const isCut = divider === 'perhaps a cut' && next === 'segment';
    this.follow(node, beyond, isCut ? 'parameters' : next);
  }

  private follow(node: PathNode, beyond: number, next: Reading['next']): void {
    if (!this.climbs && isSettled(node, beyond, next)) {
      this.found.add(node.below);
      return;
    }
    for (const each of this.readings) {
      if (each.node === node && each.beyond === beyond && each.next === next) return;
    }
    this.readings.push({ node, beyond, next });
  }

  /** What servers make of a part that is a whole segment. */
  private segmentsOf(part: string): readonly Segment[] {
    const dots = DOTS.exec(part);
    if (dots !== null) return dots[0].includes('%') ? [decodeText(part).text, UNKNOWN] : [part];
    const end = endOf(part);
    // Dots and spaces alone: Windows has taken them for `..` as well.
    if (end === 0 && part !== '') return ['', '..', UNKNOWN];
    if (end > this.longest) return [UNKNOWN];
    const { text, latin1 } = decodeText(part.slice(0, end));
    const segments: Segment[] = [text];
    if (latin1 !== undefined) segments.push(latin1);
    // As it came, another segment. What browsers encode by themselves cannot come in another way.
    if (end < part.length || NEEDLESS.test(part)) segments.push(UNKNOWN);
    return segments;
  }
}

/** Whether nothing that comes can lead to another key, where nothing leads up. */
function isSettled(node: PathNode, beyond: number, next: Reading['next']): boolean {
  if (beyond > 0 || next === 'rest') return true;
  return node.children.size === 0 && node.exact === undefined;
}

function dividerOf(text: string | undefined): Divider {
  switch (text?.toLowerCase()) {
    case undefined:
      return 'end';
    case '/':
      return 'slash';
    case '%2f':
    case '\\':
    case '%5c':
      return 'perhaps a slash';
    default:
      return 'perhaps a cut';
  }
}

const DOTS = /^(?:\.|%2e){1,2}$/i;

/** Escapes of characters that browsers send as they are. */
const NEEDLESS = /%(?:2[146-9a-e]|3[\dad]|4[\da-f]|5[\dabdf]|6[1-9a-f]|7[\dace])/i;

/** How many characters may stand for one of a key: three bytes each, of three that compose one. */
const LONGEST_ESCAPE = 36;

import { decodeText, DIVIDER, isDecodable } from './normalize-path.js';
import { endOf, HALF_ESCAPE } from './path-spellings.js';
import { type PathNode, type PathTree, standsFor } from './path-tree.js';

/** What the readings of a path stand for. */
export class Found {
  readonly values = new Set<number>();
  private first: number | undefined;
  differ = false;
  /** How much has been read, in all spellings. */
  steps = 0;

  constructor(private readonly meanings: readonly unknown[] | undefined) {}

  add(value: number): void {
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
 * How many steps are worth taking, in all spellings of a path: about half of what the cheapest request
 * costs. One is what a reading makes of a segment; others count as many as take as long.
 */
const MOST_STEPS = 100;
const STEPS_OF_PART = 8;
const STEPS_TO_DECODE = 8;
/** Escapes that are not of characters are decoded one by one. */
const STEPS_OF_BYTE = 6;
/** How many divided parts that leaves time for: at the last of them it is over. */
const MOST_PARTS = Math.ceil(MOST_STEPS / STEPS_OF_PART);

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

/** Reads one spelling of a path in all ways. */
export class PathReader {
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
    for (const [index, part] of parts.entries()) {
      // Every second part is what divides.
      if (index % 2 === 1) continue;
      if (this.readings.length === 0) break;
      const earlier = this.readings;
      this.divider = dividerOf(parts[index + 1]);
      const isCut = this.divider === 'end' && !this.isWhole;
      const text = isCut ? part.replace(HALF_ESCAPE, '') : part;
      const segments = this.segmentsOf(text, earlier.some(hasKeysBelow));
      found.steps += STEPS_OF_PART + earlier.length * segments.length;
      if (found.steps > MOST_STEPS) return false;
      if (isCut) {
        if (segments[0] !== UNKNOWN) return false;
        // Whatever follows, no key has this segment.
        this.divider = 'slash';
      }
      this.readings = [];
      for (const reading of earlier) this.readPart(reading, segments);
      if (found.differ) return true;
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
    if (divider !== 'end' && divider !== 'slash') {
      const isKnown = next === 'parameters' || next === 'host';
      this.follow(node, beyond, isKnown ? 'parameters' : 'rest');
    }
  }

  private readSegment(node: PathNode, beyond: number, segment: Segment): void {
    switch (segment) {
      case '':
        this.pass(node, beyond);
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
  private segmentsOf(part: string, isLookedUp: boolean): readonly Segment[] {
    if (part === '') return [part];
    // Read as a name as well: no key has it.
    if (DOTS.test(part)) return [part.replace(/%2e/gi, '.')];
    const end = endOf(part);
    // Dots and spaces alone: Windows has taken them for `..` as well.
    if (end === 0) return ['', '..'];
    if (!isLookedUp || end > this.longest) return [UNKNOWN];
    const decoded = part.slice(0, end);
    this.found.steps += stepsToDecode(decoded);
    // Given up before it is decoded, since one part alone may take that long.
    if (this.found.steps > MOST_STEPS) return [UNKNOWN];
    const { text, latin1 } = decodeText(decoded);
    const segments: Segment[] = [text];
    if (latin1 !== undefined) segments.push(latin1);
    // As it came, another segment. What browsers encode by themselves cannot come in another way.
    if (end < part.length || NEEDLESS.test(part)) segments.push(UNKNOWN);
    return segments;
  }
}

/** Whether the next part may be a segment of a key. */
function hasKeysBelow({ node, beyond, next }: Reading): boolean {
  return next === 'segment' && beyond === 0 && node.children.size > 0;
}

/** Whether nothing that comes can lead to another key, where nothing leads up. */
function isSettled(node: PathNode, beyond: number, next: Reading['next']): boolean {
  if (beyond > 0 || next === 'rest') return true;
  return node.children.size === 0 && node.exact === undefined;
}

function stepsToDecode(part: string): number {
  if (!part.includes('%')) return 0;
  return isDecodable(part) ? STEPS_TO_DECODE : STEPS_OF_BYTE * part.split('%').length;
}

function dividerOf(text: string | undefined): Divider {
  if (text === undefined) return 'end';
  if (text === '/') return 'slash';
  switch (text.toLowerCase()) {
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

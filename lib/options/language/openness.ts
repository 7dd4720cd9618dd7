import { type Automaton, DEAD, START } from '../../policy/origins/automaton.js';
import type { SuffixKind, SuffixList } from '../origin/public-suffix.js';
import { HostLabels, MAX_NAMES, type Suffix, WILDCARD } from './host-labels.js';
import { type OpenName, pickStranger } from './languages.js';
import { WorkLimit } from './limits.js';
import type { OriginLanguages } from './origin-language.js';

/** Whom a language lets in whom its author does not know. */
export interface Openness {
  /** The origin of a stranger. */
  readonly stranger?: string;
  /** An origin below a public suffix, where each name belongs to somebody else. */
  readonly belowSuffix?: { readonly suffix: string; readonly witness: string };
}

const MAX_WORK = 100_000;

/**
 * Whether all pages that a language allows are known. Domains are, if they are literal and not too
 * many: what lies below them is theirs. So are addresses in the same network, and others if they are
 * literal, as application shells must be.
 *
 * @throws Unsupported where the answer takes too much work
 */
export function findOpenness(
  language: Automaton,
  suffixes: SuffixList,
  origins: OriginLanguages,
): Openness {
  const named = origins.namedIn(language);
  const { strangers, below } = new DomainWalk(named, suffixes);
  const others = [origins.publicAddressesIn(language), origins.shellsIn(language)];
  const open = others.find((part) => part !== undefined && !isLiteral(part));
  const [unknown] = strangers;
  const stranger =
    unknown === undefined ? open && pickStranger(open) : pickStranger(named, unknown);
  const [covered] = below;
  const belowSuffix = covered && witnessBelow(named, covered);
  return {
    ...(stranger !== undefined && { stranger }),
    ...(belowSuffix !== undefined && { belowSuffix }),
  };
}

function witnessBelow(named: Automaton, name: OpenName): Openness['belowSuffix'] | undefined {
  const witness = pickStranger(named, name);
  return witness === undefined ? undefined : { suffix: name.suffix, witness };
}

/** Reads hosts from the right, as far as their labels are literal. */
class DomainWalk {
  /** Names that anybody can register. */
  readonly strangers: OpenName[] = [];
  /** Names below public suffixes. */
  readonly below: OpenName[] = [];
  private readonly labels: HostLabels;
  private domains = MAX_NAMES;
  private subdomains = MAX_NAMES;

  constructor(
    named: Automaton,
    private readonly suffixes: SuffixList,
  ) {
    this.labels = new HostLabels(named, new WorkLimit(MAX_WORK));
    this.read(this.labels.end, '');
  }

  private read(states: Suffix, suffix: string): void {
    const kind = suffix === '' ? 'root' : this.suffixes.kindOf(suffix);
    const labels = this.labels.labelsBefore(states);
    if (typeof labels === 'string') {
      this.note({ suffix, labelEnd: labels }, kind, states);
      return;
    }
    for (const [label, before] of labels) {
      // Below a domain may lie a public suffix again: `s3.amazonaws.com`.
      const left = kind === undefined ? (this.subdomains -= 1) : (this.domains -= 1);
      if (left < 0) {
        this.note({ suffix, labelEnd: label }, kind, states);
        return;
      }
      if (before.length > 0) this.read(before, suffix === '' ? label : `${label}.${suffix}`);
    }
  }

  /** @param states that end in the suffix of the name */
  private note(name: OpenName, kind: SuffixKind | 'root' | undefined, states: Suffix): void {
    if (kind === undefined) {
      this.readBelow(name.suffix, states);
      return;
    }
    // Some names of a registry: rather a dot that is missing than a decision.
    const isSome = kind === 'registry' && !this.labels.hasAllNames(states);
    if (kind === 'root' || isSome) this.strangers.push(name);
    else this.below.push(name);
  }

  /** A domain whose names are open may have public suffixes among them: one that is open will do. */
  private readBelow(domain: string, states: Suffix): void {
    const known = new Map([[domain, states]]);
    /** Where labels end before a name: suffixes have long ends in common. */
    const statesBefore = (name: string): Suffix => {
      const dot = name.indexOf('.');
      const found =
        known.get(name) ??
        this.labels.statesBefore(statesBefore(name.slice(dot + 1)), `.${name.slice(0, dot)}`);
      known.set(name, found);
      return found;
    };
    const count = this.below.length + this.strangers.length;
    for (const suffix of this.suffixes.below(domain)) {
      const before = statesBefore(suffix);
      if (before.length > 0) this.read(before, suffix);
      if (this.below.length + this.strangers.length > count) return;
    }
  }
}

const ASCII = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));

/**
 * Whether the schemes and hosts of a language are literal: finitely many, not too many, and no
 * wildcard in them. Its ports may be any.
 */
function isLiteral({ classes, width, next, accepting }: Automaton): boolean {
  const path = new Set<number>();
  let count = 0;

  /** @param place what has been read of `scheme://[address]` */
  const read = (state: number, place: string): boolean => {
    if (accepting[state] === 1) count += 1;
    if (path.has(state) || count > MAX_NAMES) return false;
    path.add(state);
    const counts = new Map<number, number>();
    for (const character of ASCII) {
      const after = next[state * width + (classes[character.charCodeAt(0)] ?? 0)] ?? DEAD;
      if (after === DEAD) continue;
      if (character === ':' && (place === '://' || place.endsWith(']'))) {
        // One that has no port as well is counted already.
        if (accepting[state] === 0) count += 1;
        continue;
      }
      counts.set(after, (counts.get(after) ?? 0) + 1);
      if (counts.get(after) === WILDCARD) return false;
      if (!read(after, ':/[]'.includes(character) ? place + character : place)) return false;
    }
    path.delete(state);
    return true;
  };
  return read(START, '') && count <= MAX_NAMES;
}

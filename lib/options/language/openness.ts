import type { Automaton } from '../../policy/origins/automaton.js';
import type { SuffixKind } from '../origin/public-suffix.js';
import { HostLabels, MAX_NAMES, type Suffix } from './host-labels.js';
import { intersect } from './languages.js';
import { WorkLimit } from './limits.js';
import { isLiteral } from './literal.js';
import { NAMED_ORIGINS, PUBLIC_ADDRESSES, SHELL_ORIGINS } from './sendable-origins.js';
import { hasHost, type OpenName, pickStranger } from './witness.js';

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
 * @param kindOf asks the list of public suffixes
 * @throws Unsupported where the answer takes too much work
 */
export function findOpenness(
  language: Automaton,
  kindOf: (host: string) => SuffixKind | undefined,
): Openness {
  const named = intersect(language, NAMED_ORIGINS);
  const { strangers, below } = new DomainWalk(named, kindOf);
  const others = [PUBLIC_ADDRESSES, SHELL_ORIGINS].map((part) => intersect(language, part));
  const open = others.find((part) => !isLiteral(part));
  const [unknown] = strangers;
  const stranger =
    unknown === undefined ? open && pickStranger(open) : pickStranger(named, unknown);
  const [covered] = below;
  const witness = covered && pickStranger(named, covered);
  return {
    ...(stranger !== undefined && { stranger }),
    ...(witness !== undefined && { belowSuffix: { suffix: covered?.suffix ?? '', witness } }),
  };
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
    private readonly named: Automaton,
    private readonly kindOf: (host: string) => SuffixKind | undefined,
  ) {
    this.labels = new HostLabels(named, new WorkLimit(MAX_WORK));
    this.read(this.labels.end, '');
  }

  private read(states: Suffix, suffix: string): void {
    const kind = suffix === '' ? 'root' : this.kindOf(suffix);
    const labels = this.labels.labelsBefore(states);
    if (typeof labels === 'string') {
      this.note({ suffix, labelEnd: labels }, kind);
      return;
    }
    for (const [label, before] of labels) {
      // Below a domain may lie a public suffix again: `s3.amazonaws.com`.
      const left = kind === undefined ? (this.subdomains -= 1) : (this.domains -= 1);
      if (left < 0) {
        if (kind !== undefined) this.note({ suffix, labelEnd: label }, kind);
        return;
      }
      if (before.length > 0) this.read(before, suffix === '' ? label : `${label}.${suffix}`);
    }
  }

  private note(name: OpenName, kind: SuffixKind | 'root' | undefined): void {
    const { suffix } = name;
    // Some names of a registry: rather a dot that is missing than a decision.
    const isSome = kind === 'registry' && !hasHost(this.named, `evil.${suffix}`);
    if (kind === 'root' || isSome) this.strangers.push(name);
    else if (kind !== undefined) this.below.push(name);
  }
}

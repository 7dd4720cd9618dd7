import { checkOrigin } from '../../options/origin/check-origin.js';
import { ORIGIN_RULES } from '../../options/origin/origin-rules.js';
import { findSuffixDanger } from '../../options/origin/pattern-dangers.js';
import { PUBLIC_SUFFIXES } from '../../options/origin/public-suffix.js';
import { OriginReader, type ReadOrigins } from '../../options/origin/read-origins.js';
import {
  type BrokenRule,
  type CorsConfigIssue,
  issueOf,
  type OptionIssue,
} from '../../options/refusal/cors-config-error.js';

/** Where an origin comes from, since what helps depends on who can change it. */
export interface OriginSource {
  /** Whether its patterns may cover all names below a public suffix. */
  readonly allowPublicSuffixes: boolean;
  /** What to do about a reason, where the module's own remedy is about code. */
  readonly remedies: Partial<Record<CorsConfigIssue['reason'], string>>;
}

const A_STRING: BrokenRule = {
  reason: 'origin-wrong-type',
  rule: 'to be a string',
  remedy: "Write an origin such as `'https://app.example.com'`.",
};
const ALONE: BrokenRule = {
  reason: 'origin-wildcard-among-others',
  ...ORIGIN_RULES['origin-wildcard-among-others'],
};

/** What is wrong with values that should be origins or patterns, as `forRoot({ origin })` reads them. */
export class OriginIssues {
  private readonly reader: OriginReader;

  constructor(private readonly source: OriginSource) {
    // Strings need no automata.
    this.reader = new OriginReader({
      tools: { suffixes: PUBLIC_SUFFIXES, regexps: undefined },
      reasonAgainst: () => undefined,
    });
  }

  /** The issues of one value. */
  of(name: string, value: unknown): CorsConfigIssue[] {
    if (typeof value !== 'string') return [issueOf(name, name, value, A_STRING)];
    const read = this.reader.read(value);
    return [...checkOrigin(read), ...this.suffixDangers(value, read)].map((rule) => {
      const remedy = this.source.remedies[rule.reason] ?? rule.remedy;
      return issueOf(name, name, value, { ...rule, remedy });
    });
  }

  /** How many there are of one value: faster, since nothing is put into words. */
  count(value: unknown): number {
    if (typeof value !== 'string') return 1;
    const read = this.reader.read(value);
    return read.issues.length + this.suffixDangers(value, read).length;
  }

  /** Whether there will be credentials is not known here. */
  private suffixDangers(value: string, { origins }: ReadOrigins): readonly OptionIssue[] {
    if (this.source.allowPublicSuffixes) return [];
    const rules = origins.flatMap((origin) => findSuffixDanger(origin.value, PUBLIC_SUFFIXES));
    return rules.map((rule) => ({ option: 'origin', value, ...rule }));
  }

  /** The issues of a member of a list. In one, `'*'` stands alone. */
  ofMember(name: string, index: number, members: readonly unknown[]): CorsConfigIssue[] {
    const path = `${name}[${index}]`;
    const member = members[index];
    if (!isWildcardAmongOthers(member, members.length)) return this.of(path, member);
    return [issueOf(path, path, member, ALONE)];
  }
}

/** Whether a member makes the other members of its list pointless. */
export function isWildcardAmongOthers(member: unknown, members: number): boolean {
  return member === '*' && members > 1;
}

import { checkOrigin, ORIGIN_RULES } from '../../options/origin/origin-rules.js';
import { isPublicSuffix } from '../../options/origin/public-suffix.js';
import { OriginReader } from '../../options/origin/read-origins.js';
import {
  type BrokenRule,
  type CorsConfigIssue,
  issueOf,
} from '../../options/refusal/cors-config-error.js';

const A_STRING: BrokenRule = {
  reason: 'origin-wrong-type',
  rule: 'to be a string',
  remedy: "Write an origin such as `'https://app.example.com'`.",
};
const ALONE: BrokenRule = {
  reason: 'origin-wildcard-among-others',
  ...ORIGIN_RULES['origin-wildcard-among-others'],
};

/** What is wrong with a value that should be an origin or a pattern, as `forRoot({ origin })` reads it. */
export function originIssues(name: string, value: unknown): CorsConfigIssue[] {
  if (typeof value !== 'string') return [issueOf(name, name, value, A_STRING)];
  const reader = new OriginReader({
    // What comes from outside cannot vouch for a public suffix.
    allowPublicSuffixes: false,
    tools: { isPublicSuffix },
    reasonAgainst: () => undefined,
  });
  return checkOrigin(reader.read(value)).map((rule) => issueOf(name, name, value, rule));
}

/** The same of the members of a list. In one, `'*'` stands alone. */
export function originListIssues(name: string, members: readonly unknown[]): CorsConfigIssue[] {
  return members.flatMap((member, index) => {
    const path = `${name}[${index}]`;
    if (!isWildcardAmongOthers(member, members.length)) return originIssues(path, member);
    return [issueOf(path, path, member, ALONE)];
  });
}

/** Whether a member makes the other members of its list pointless. */
export function isWildcardAmongOthers(member: unknown, members: number): boolean {
  return member === '*' && members > 1;
}

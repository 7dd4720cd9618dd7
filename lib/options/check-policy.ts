import type { DeclaredOption, DeclaredOptions } from './declared-options.js';
import type { DangerContext } from './origin/danger-rules.js';
import type { OriginTools } from './origin/origin-tools.js';
import { findPatternDangers, suffixesOf } from './origin/pattern-dangers.js';
import type { ReadOrigins } from './origin/read-origins.js';
import type { BrokenRule, CorsConfigIssue, OptionIssue } from './refusal/cors-config-error.js';
import { optionPath, printValue, storeValue } from './refusal/print-value.js';
import { finish, mapInSteps, type Steps } from './steps.js';

/** The other half of a combination with credentials. */
interface Companion extends BrokenRule {
  readonly part: DeclaredOption<unknown>;
  /** Where in the part: `origin[2]`. */
  readonly option: string;
  readonly value: unknown;
}

const ANY_ORIGIN: BrokenRule = {
  reason: 'wildcard-origin-with-credentials',
  rule: 'to be a list of origins',
  remedy:
    'Any page could read data that is private to its visitor. List the origins, or write `credentials: false`.',
};
const ANY_AMONG_ORIGINS: BrokenRule = {
  ...ANY_ORIGIN,
  remedy:
    "Any page could read data that is private to its visitor. Remove `'*'`, and keep the others.",
};
const ANY_EXPOSED_HEADER: BrokenRule = {
  reason: 'wildcard-exposed-headers-with-credentials',
  rule: 'to be a list',
  remedy:
    'With credentials, browsers read `*` as a header of that name. List the headers, or write `credentials: false`.',
};

/**
 * The issues of an effective policy: options that are valid by themselves and dangerous together.
 * All of them concern credentials.
 */
export function checkPolicy(
  { origin, credentials, exposedHeaders }: DeclaredOptions,
  readOrigins: (raw: unknown) => ReadOrigins,
  dangers: OriginDangers,
): CorsConfigIssue[] {
  if (credentials?.value !== true) return [];
  const companions: Companion[] = [];
  if (origin !== undefined) {
    // Next to a member that is wrong by itself, the others may be wrong in combination.
    const origins = readOrigins(origin.raw);
    if (origins.any) {
      const rule = hasMembers(origins) ? ANY_AMONG_ORIGINS : ANY_ORIGIN;
      companions.push({ part: origin, option: 'origin', value: '*', ...rule });
    }
    companions.push(...dangers.of(origins).map((danger) => ({ part: origin, ...danger })));
  }
  if (exposedHeaders?.value === '*') {
    companions.push({
      part: exposedHeaders,
      option: 'exposedHeaders',
      value: '*',
      ...ANY_EXPOSED_HEADER,
    });
  }
  return companions.map((companion) => describe(companion, credentials));
}

/** Whether something besides `'*'` is in a list. */
function hasMembers({ listed, origins, regexps }: ReadOrigins): boolean {
  return listed.exact.size + origins.length + regexps.length > 0;
}

/** The issue is at the option of higher precedence: that is where somebody changed the policy. */
function describe(
  { reason, part, option, value, rule, remedy }: Companion,
  credentials: DeclaredOption<boolean>,
): CorsConfigIssue {
  const isAtCredentials = credentials.precedence > part.precedence;
  const got = `\`${option}: ${printValue(value)}\` from ${printPlace(part.declaredAt)}`;
  const beside = `\`credentials: true\` from ${printPlace(credentials.declaredAt)}`;
  return {
    path: isAtCredentials
      ? optionPath(credentials.declaredAt, 'credentials')
      : optionPath(part.declaredAt, option),
    value: isAtCredentials ? true : storeValue(value),
    reason,
    message: `Expected \`${option}\` ${rule} where \`credentials\` is \`true\`, got ${got} and ${beside}. ${remedy}`,
  };
}

/** `@Cors() on X.feed` in two pieces of code. */
function printPlace(declaredAt: string): string {
  return declaredAt
    .split(' on ')
    .map((piece) => `\`${piece}\``)
    .join(' on ');
}

/** The dangers of what has been read. They stay the same, as do the options that they depend on. */
export type KnownDangers = WeakMap<ReadOrigins, readonly OptionIssue[]>;

/**
 * Asks which members of `origin` are dangerous with credentials: each value once, however many
 * policies share it. Only RegExps are asked by their automata.
 */
export class OriginDangers {
  private readonly context: DangerContext;

  /** @param known those that were found with the same switches and tools */
  constructor(
    switches: Omit<DangerContext, 'suffixes'>,
    private readonly tools: OriginTools,
    private readonly known: KnownDangers = new WeakMap(),
  ) {
    this.context = { ...switches, suffixes: suffixesOf(tools) };
  }

  of(origins: ReadOrigins): readonly OptionIssue[] {
    const known = this.known.get(origins);
    return known ?? finish(this.find(origins));
  }

  has(origins: ReadOrigins): boolean {
    return this.known.has(origins);
  }

  /** Those of refused members, too, as they would be written instead. From then on they are known. */
  *find(read: ReadOrigins): Steps<readonly OptionIssue[]> {
    const { origins, regexps, languages, repaired } = read;
    const strings = [...origins, ...repaired.origins];
    const ofStrings = yield* mapInSteps(strings, ({ option, value }) =>
      findPatternDangers(value, this.context).map((rule) => ({
        option,
        value: value.text,
        ...rule,
      })),
    );
    const found: OptionIssue[] = ofStrings.flat();
    const { tools, context } = this;
    if (tools.regexps !== undefined) {
      const { findDangers } = tools.regexps;
      found.push(...(yield* findDangers(regexps, languages, context)));
      for (const member of repaired.regexps) {
        found.push(...(yield* findDangers([member], [member.language], context)));
      }
    }
    this.known.set(read, found);
    return found;
  }
}

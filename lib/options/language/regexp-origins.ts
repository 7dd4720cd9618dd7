import type { Automaton } from '../../policy/origins/automaton.js';
import {
  type DangerContext,
  insecureRule,
  strangerRule,
  suffixRule,
  TOO_COMPLEX,
} from '../origin/danger-rules.js';
import type { SuffixList } from '../origin/public-suffix.js';
import type { BrokenRule, OptionIssue } from '../refusal/cors-config-error.js';
import type { RegExpReason } from '../refusal/cors-config-reason.js';
import { printValue } from '../refusal/print-value.js';
import type { Steps } from '../steps.js';
import { buildAutomaton } from './build-automaton.js';
import { HostLabels } from './host-labels.js';
import { includes, intersect, uniteInSteps } from './languages.js';
import { Unsupported, WorkLimit } from './limits.js';
import { findOpenness, type Openness } from './openness.js';
import { type Dead, findDead, findInsecure, NAMED_ORIGINS } from './origin-language.js';
import { type OriginRegExp, readOriginRegExp } from './read-origin-regexp.js';

// What reading options needs of this folder. It is one file, so that it becomes one script, and it is
// loaded only where a RegExp is written.

/** Reads a RegExp, with what is wrong with it by itself. */
export function readRegExp(value: RegExp): OriginRegExp & { readonly dead?: Dead } {
  const read = readOriginRegExp(value);
  const { language, faults } = read;
  if (language === undefined || faults.length > 0) return read;
  const dead = withinLimits(() => findDead(language));
  if (dead === undefined) return read;
  if (dead === 'too-complex') return { faults: ['origin-regexp-too-complex'] };
  return { faults: ['origin-regexp-dead'], dead };
}

/**
 * What a refused RegExp most likely stands for: itself without its flags, or where it has no anchors, one
 * for the domain that it ends in or the host that it names, over https, or for this very machine. It is
 * never wider than what was written.
 */
export function repairRegExp(
  { source, flags }: RegExp,
  faults: readonly RegExpReason[],
  suffixes: SuffixList,
): { readonly regexp: RegExp; readonly language: Automaton } | undefined {
  const kept = flags.replace(/[gmy]/g, '');
  const guessed = faults.includes('origin-regexp-unanchored')
    ? withinLimits(() => {
        const matched = buildAutomaton({ source: `^(?:[^]*(?:${source})[^]*)$`, flags: kept });
        return guess(source, matched, suffixes);
      })
    : undefined;
  if (guessed === 'too-complex') return undefined;
  const regexp = guessed === undefined ? new RegExp(source, kept) : new RegExp(guessed);
  const read = readRegExp(regexp);
  if (read.language === undefined || read.faults.length > 0) return undefined;
  return { regexp, language: read.language };
}

/** The first of what people mean that allows nothing which was not allowed. */
function guess(written: string, matched: Automaton, suffixes: SuffixList): string | undefined {
  const isLocal = /localhost|127/.test(written);
  const candidates = isLocal ? THIS_MACHINE : domainsIn(matched, suffixes);
  return candidates.find((source) => includes(matched, buildAutomaton({ source, flags: '' })));
}

/** The names below what all hosts end in, or the host that all begin with; a suffix will do. */
function domainsIn(matched: Automaton, suffixes: SuffixList): readonly string[] {
  const { commonStart, commonEnd } = hostsOf(matched);
  const end = commonEnd.replace(/^[-_.]+/, '');
  const host = commonStart.replace(/[-_.]+$/, '');
  const below = [ANY_BELOW, BELOW].map((labels) => `^https:\\/\\/${labels}${escape(end)}$`);
  if (suffixes.kindOf(end) === 'company') return below.slice(1);
  if (isDomain(end, suffixes)) return below;
  return isDomain(host, suffixes) ? [`^https:\\/\\/${escape(host)}(?::\\d+)?$`] : [];
}

const THIS_MACHINE = ['https?', 'http'].flatMap((scheme) =>
  ['(?:localhost|127\\.0\\.0\\.1)', 'localhost', '127\\.0\\.0\\.1'].flatMap((host) =>
    ['(?::\\d+)?', ':\\d+'].map((port) => `^${scheme}:\\/\\/${host}${port}$`),
  ),
);

/** A RegExp as a member of `origin`, and its language. */
export interface RegExpMember {
  readonly option: string;
  readonly value: RegExp;
  readonly language: Automaton;
}

/**
 * What is dangerous about each, with credentials.
 *
 * @param united the languages of all of them: if nothing is dangerous about these, one look at 1,000
 *   RegExps is enough
 */
export function* findDangers(
  members: readonly RegExpMember[],
  united: readonly Automaton[],
  context: DangerContext,
): Steps<OptionIssue[]> {
  if (united.length < members.length) {
    let isFine = true;
    for (const language of united) {
      isFine &&= dangersOf(language, NOTHING, context).length === 0;
      yield;
    }
    if (isFine) return [];
  }
  const found: OptionIssue[] = [];
  for (const { option, value, language } of members) {
    const rules = dangersOf(language, value, context);
    found.push(...rules.map((rule) => ({ option, value, ...rule })));
    yield;
  }
  return found;
}

/** Where no single expression is asked about. */
const NOTHING = /(?!)/;

/** The same expression for https alone, as source code, if it then allows nothing dangerous. */
function overHttps({ source, flags }: RegExp, context: DangerContext): string | undefined {
  const changed = new RegExp(source.replace(/^\^https?\??(?=:)/, '^https'), flags);
  const { language, faults } = readRegExp(changed);
  const isFine =
    changed.source !== source &&
    language !== undefined &&
    faults.length === 0 &&
    findInsecure(language) === undefined &&
    dangersOf(language, NOTHING, context).length === 0;
  return isFine ? printValue(changed) : undefined;
}

function dangersOf(
  language: Automaton,
  written: RegExp,
  context: DangerContext,
): readonly BrokenRule[] {
  const { allowInsecureOrigins, allowPublicSuffixes, suffixes } = context;
  const rules = withinLimits(() => {
    const { stranger, belowSuffix } = findOpenness(language, suffixes);
    const insecure = allowInsecureOrigins ? undefined : findInsecure(language);
    const found: BrokenRule[] = [];
    if (stranger !== undefined) found.push(strangerRuleFor(language, stranger, suffixes));
    if (belowSuffix !== undefined && !allowPublicSuffixes) {
      found.push(suffixRuleFor(language, belowSuffix, suffixes));
    }
    if (insecure !== undefined) {
      const https = found.length === 0 ? overHttps(written, context) : undefined;
      found.push(insecureRule({ witness: insecure, https }));
    }
    return found;
  });
  return rules === 'too-complex' ? [TOO_COMPLEX] : rules;
}

/** Every question about a language has its limits, as building it has. */
function withinLimits<T>(ask: () => T): T | 'too-complex' {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Unsupported) return 'too-complex';
    throw error;
  }
}

/** So many states one table may have: about a megabyte. */
const MAX_UNITED_STATES = 16_384;

/** Beginnings and ends that two share make fewer states than both have; this is for tiny ones. */
const SLACK = 64;

/**
 * Makes few automata of many: 1,000 expressions of the usual kind then cost one walk. Two stay apart
 * that together would have more states than on their own, so that the work is bounded.
 */
export function* uniteAll(automata: readonly Automaton[]): Steps<readonly Automaton[]> {
  const finished: Automaton[] = [];
  let round = automata;
  // In pairs, like a tournament: each state is copied but a logarithm of times.
  while (round.length > 1) {
    const winners: Automaton[] = [];
    for (let index = 0; index < round.length; index += 2) {
      const [one, other] = round.slice(index, index + 2);
      if (one === undefined) continue;
      if (other === undefined) {
        winners.push(one);
        continue;
      }
      const united = yield* uniteIfSmall(one, other);
      if (united === undefined) finished.push(one, other);
      else winners.push(united);
    }
    round = winners;
  }
  return [...finished, ...round];
}

function* uniteIfSmall(one: Automaton, other: Automaton): Steps<Automaton | undefined> {
  const sum = one.accepting.length + other.accepting.length + SLACK;
  try {
    const united = yield* uniteInSteps(one, other);
    return united.accepting.length <= Math.min(sum, MAX_UNITED_STATES) ? united : undefined;
  } catch (error) {
    if (error instanceof Unsupported) return undefined;
    throw error;
  }
}

const MAX_WORK = 100_000;
const ANY_BELOW = '(?:[a-z0-9-]+\\.)*';
const BELOW = '(?:[a-z0-9-]+\\.)+';

/** For a language that lets strangers in: with the witness, and what to write in its own words. */
export function strangerRuleFor(
  language: Automaton,
  stranger: string,
  suffixes: SuffixList,
): BrokenRule {
  const isWeb = /^https?:/.test(stranger);
  const remedy = isWeb
    ? remedyForDomain(language, suffixes)
    : 'Write out scheme and host, as in `capacitor://localhost`: every other application has its own.';
  return strangerRule(stranger, remedy);
}

function remedyForDomain(language: Automaton, suffixes: SuffixList): string {
  const source = suggest(language, suffixes);
  return source === undefined
    ? `Write out the domain that is yours, as in \`/^https:\\/\\/${ANY_BELOW}example\\.com$/\`.`
    : `Write \`/${source}/\`.`;
}

/** For a language below a public suffix. */
export function suffixRuleFor(
  language: Automaton,
  { suffix, witness }: NonNullable<Openness['belowSuffix']>,
  { kindOf }: SuffixList,
): BrokenRule {
  const { commonStart: start, commonEnd: end } = hostsOf(language);
  const previewsOf = (app: string, team: string) =>
    `/^https:\\/\\/${escape(app)}-[a-z0-9-]+-${escape(team)}\\.${escape(suffix)}$/`;
  return suffixRule({ suffix, kind: kindOf(suffix), witness, start, end, previewsOf });
}

/** An expression for the domain that was meant, if one can be seen. */
function suggest(language: Automaton, suffixes: SuffixList): string | undefined {
  const { commonStart, commonEnd } = hostsOf(language);
  const domain = commonEnd.replace(/^[-_.]+/, '');
  const host = commonStart.replace(/[-_.]+$/, '');
  const candidates = [
    isDomain(domain, suffixes) ? `^https:\\/\\/${ANY_BELOW}${escape(domain)}$` : undefined,
    isDomain(host, suffixes) ? `^https:\\/\\/${escape(host)}(?::\\d+)?$` : undefined,
  ];
  return candidates.find(
    (source) =>
      source !== undefined &&
      Object.keys(findOpenness(buildAutomaton({ source, flags: '' }), suffixes)).length === 0,
  );
}

function hostsOf(language: Automaton): HostLabels {
  return new HostLabels(intersect(language, NAMED_ORIGINS), new WorkLimit(MAX_WORK));
}

function isDomain(host: string, { kindOf }: SuffixList): boolean {
  return host.includes('.') && kindOf(host) === undefined;
}

function escape(text: string): string {
  return text.replaceAll('.', '\\.');
}

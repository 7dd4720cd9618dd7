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
import { printCode } from '../refusal/own-values.js';
import type { Steps } from '../steps.js';
import { buildAutomaton } from './build-automaton.js';
import { HostLabels } from './host-labels.js';
import { includes } from './languages.js';
import { Unsupported, WorkLimit } from './limits.js';
import { findOpenness, type Openness } from './openness.js';
import { uniteAll } from './unite-all.js';
import { type Dead, findDead, findInsecure, OriginLanguages } from './origin-language.js';
import { type OriginRegExp, readOriginRegExp } from './read-origin-regexp.js';

// What reading options needs of this folder. It is one file, so that it becomes one script, and it is
// loaded only where a RegExp is written.

/** The questions, with what the answer to one leaves for the next. */
export class RegExpTools {
  private readonly origins = new OriginLanguages();

  readRegExp(value: RegExp): ReturnType<typeof readRegExp> {
    return readRegExp(value, this.origins);
  }

  repairRegExp(
    value: RegExp,
    faults: readonly RegExpReason[],
    suffixes: SuffixList,
  ): ReturnType<typeof repairRegExp> {
    return repairRegExp(value, faults, suffixes, this.origins);
  }

  findDangers(
    members: readonly RegExpMember[],
    united: readonly Automaton[],
    context: DangerContext,
  ): Steps<OptionIssue[]> {
    return findDangers(members, united, context, this.origins);
  }

  uniteAll(automata: readonly Automaton[]): Steps<readonly Automaton[]> {
    return uniteAll(automata);
  }
}

/** Reads a RegExp, with what is wrong with it by itself. */
export function readRegExp(
  value: RegExp,
  origins: OriginLanguages,
): OriginRegExp & { readonly dead?: Dead } {
  const read = readOriginRegExp(value);
  const { language, faults } = read;
  if (language === undefined || faults.length > 0) return read;
  const dead = withinLimits(() => findDead(language, origins));
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
  origins: OriginLanguages,
): { readonly regexp: RegExp; readonly language: Automaton } | undefined {
  const kept = flags.replace(/[gmy]/g, '');
  const regexp = faults.includes('origin-regexp-unanchored')
    ? withinLimits(() => {
        const matched = buildAutomaton({ source: `^(?:[^]*(?:${source})[^]*)$`, flags: kept });
        return guess(source, matched, suffixes, origins);
      })
    : new RegExp(source, kept);
  if (typeof regexp !== 'object') return undefined;
  const read = readRegExp(regexp, origins);
  if (read.language === undefined || read.faults.length > 0) return undefined;
  return { regexp, language: read.language };
}

/** The first of what people mean that allows nothing which was not allowed. */
function guess(
  written: string,
  matched: Automaton,
  suffixes: SuffixList,
  origins: OriginLanguages,
): RegExp | undefined {
  const isLocal = /localhost|127/.test(written);
  const candidates = [
    ...(isLocal ? thisMachine(written) : []),
    ...domainsIn(matched, suffixes, origins),
  ];
  return candidates
    .map((source) => new RegExp(source))
    .find((regexp) => includes(matched, buildAutomaton(regexp)));
}

/** The names below what all hosts end in, or the host that all begin with; a suffix will do. */
function domainsIn(
  matched: Automaton,
  suffixes: SuffixList,
  origins: OriginLanguages,
): readonly string[] {
  const { end, host } = writtenIn(matched, origins);
  const below = [ANY_BELOW, BELOW].map((labels) => `^https:\\/\\/${labels}${escape(end)}$`);
  if (suffixes.kindOf(end) === 'company') return below.slice(1);
  if (isDomain(end, suffixes)) return below;
  return isDomain(host, suffixes) ? [`^https:\\/\\/${escape(host)}(?::\\d+)?$`] : [];
}

/** On any port, or on the one that is written. */
function thisMachine(written: string): readonly string[] {
  const [port = ':\\d+'] = /:\d{2,5}\b/.exec(written) ?? [];
  return ['https?', 'http'].flatMap((scheme) =>
    ['(?:localhost|127\\.0\\.0\\.1)', 'localhost', '127\\.0\\.0\\.1'].flatMap((host) =>
      ['(?::\\d+)?', port].map((end) => `^${scheme}:\\/\\/${host}${end}$`),
    ),
  );
}

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
  origins: OriginLanguages,
): Steps<OptionIssue[]> {
  if (united.length < members.length) {
    let isFine = true;
    for (const language of united) {
      isFine &&= dangersOf(language, NOTHING, context, origins).length === 0;
      yield;
    }
    if (isFine) return [];
  }
  const found: OptionIssue[] = [];
  for (const { option, value, language } of members) {
    const rules = dangersOf(language, value, context, origins);
    found.push(...rules.map((rule) => ({ option, value, ...rule })));
    yield;
  }
  return found;
}

/** Where no single expression is asked about. */
const NOTHING = /(?!)/;

/** The same expression for https alone, as source code, if it then allows nothing dangerous. */
function overHttps(
  { source, flags }: RegExp,
  context: DangerContext,
  origins: OriginLanguages,
): string | undefined {
  const changed = new RegExp(source.replace(/\^https?\??(?=:)/g, '^https'), flags);
  const { language } = readRegExp(changed, origins);
  const isFine =
    language !== undefined && dangersOf(language, NOTHING, context, origins).length === 0;
  return isFine ? printCode(changed) : undefined;
}

function dangersOf(
  language: Automaton,
  written: RegExp,
  context: DangerContext,
  origins: OriginLanguages,
): readonly BrokenRule[] {
  const { allowInsecureOrigins, allowPublicSuffixes, suffixes } = context;
  const rules = withinLimits(() => {
    const { stranger, belowSuffix } = findOpenness(language, suffixes, origins);
    const insecure = allowInsecureOrigins ? undefined : findInsecure(language, origins);
    const found: BrokenRule[] = [];
    if (stranger !== undefined) found.push(strangerRuleFor(language, stranger, suffixes, origins));
    if (belowSuffix !== undefined && !allowPublicSuffixes) {
      found.push(suffixRuleFor(language, belowSuffix, suffixes, origins));
    }
    if (insecure !== undefined) {
      found.push(insecureRule({ witness: insecure, https: overHttps(written, context, origins) }));
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

const MAX_WORK = 100_000;
const ANY_BELOW = '(?:[a-z0-9-]+\\.)*';
const BELOW = '(?:[a-z0-9-]+\\.)+';

/** For a language that lets strangers in: with the witness, and what to write in its own words. */
export function strangerRuleFor(
  language: Automaton,
  stranger: string,
  suffixes: SuffixList,
  origins: OriginLanguages,
): BrokenRule {
  const isWeb = /^https?:/.test(stranger);
  const remedy = isWeb
    ? remedyForDomain(language, suffixes, origins)
    : 'Write out scheme and host, as in `capacitor://localhost`: every other application has its own.';
  return strangerRule(stranger, remedy);
}

function remedyForDomain(
  language: Automaton,
  suffixes: SuffixList,
  origins: OriginLanguages,
): string {
  const source = suggest(language, suffixes, origins);
  return source === undefined
    ? `Write out the domain that is yours, as in \`/^https:\\/\\/${ANY_BELOW}example\\.com$/\`.`
    : `Write \`/${source}/\`.`;
}

/** For a language below a public suffix. */
export function suffixRuleFor(
  language: Automaton,
  { suffix, witness }: NonNullable<Openness['belowSuffix']>,
  { kindOf }: SuffixList,
  origins: OriginLanguages,
): BrokenRule {
  const { commonStart: start, commonEnd: end } = hostsOf(language, origins);
  const previewsOf = (app: string, team: string) =>
    `/^https:\\/\\/${escape(app)}-[a-z0-9-]+-${escape(team)}\\.${escape(suffix)}$/`;
  return suffixRule({ suffix, kind: kindOf(suffix), witness, start, end, previewsOf });
}

/** An expression for the domain that was meant, if one can be seen. */
function suggest(
  language: Automaton,
  suffixes: SuffixList,
  origins: OriginLanguages,
): string | undefined {
  const { end, host } = writtenIn(language, origins);
  const candidates = [
    isDomain(end, suffixes) ? `^https:\\/\\/${ANY_BELOW}${escape(end)}$` : undefined,
    isDomain(host, suffixes) ? `^https:\\/\\/${escape(host)}(?::\\d+)?$` : undefined,
  ];
  return candidates.find(
    (source) =>
      source !== undefined &&
      Object.keys(findOpenness(buildAutomaton({ source, flags: '' }), suffixes, origins)).length ===
        0,
  );
}

function hostsOf(language: Automaton, origins: OriginLanguages): HostLabels {
  return new HostLabels(origins.namedIn(language), new WorkLimit(MAX_WORK));
}

/** What all hosts end in, and what they begin with, as far as these are names. */
function writtenIn(language: Automaton, origins: OriginLanguages): { end: string; host: string } {
  const { commonStart, commonEnd } = hostsOf(language, origins);
  return { end: commonEnd.replace(/^[-_.]+/, ''), host: commonStart.replace(/[-_.]+$/, '') };
}

/** A single label is a public suffix. */
function isDomain(host: string, { kindOf }: SuffixList): boolean {
  return kindOf(host) === undefined;
}

function escape(text: string): string {
  return text.replaceAll('.', '\\.');
}

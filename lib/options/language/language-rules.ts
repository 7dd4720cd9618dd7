import type { Automaton } from '../../policy/origins/automaton.js';
import { buildAutomaton } from './determinize.js';
import { HostLabels } from './host-labels.js';
import { intersect } from './languages.js';
import { WorkLimit } from './limits.js';
import { findOpenness, type Openness, type SuffixKind } from './openness.js';
import { NAMED_ORIGINS } from './sendable-origins.js';

/** What a finding says of itself: "Expected `origin` …, got …" and the sentences after it. */
export interface LanguageRule {
  readonly rule: string;
  readonly remedy: string;
}

type KindOf = (host: string) => SuffixKind | undefined;

const MAX_WORK = 100_000;
const ANY_BELOW = '(?:[a-z0-9-]+\\.)*';

/** For a language that lets strangers in: with the witness, and what to write in its own words. */
export function strangerRule(language: Automaton, stranger: string, kindOf: KindOf): LanguageRule {
  const isWeb = /^https?:/.test(stranger);
  const remedy = isWeb
    ? remedyForDomain(language, kindOf)
    : 'Write out scheme and host, as in `capacitor://localhost`: every other application has its own.';
  return {
    rule: 'not to allow origins of strangers',
    remedy: `It also allows \`${stranger}\`. ${remedy}`,
  };
}

function remedyForDomain(language: Automaton, kindOf: KindOf): string {
  const source = suggest(language, kindOf);
  return source === undefined
    ? `Write out the domain that is yours, as in \`/^https:\\/\\/${ANY_BELOW}example\\.com$/\`.`
    : `Write \`/${source}/\`.`;
}

/** For a language below a public suffix. */
export function suffixRule(
  language: Automaton,
  { suffix, witness }: NonNullable<Openness['belowSuffix']>,
  kindOf: KindOf,
): LanguageRule {
  const remedy =
    kindOf(suffix) === 'registry'
      ? 'Write your own domain, or `dangerouslyAllowPublicSuffixes: true` if the suffix is yours.'
      : remedyForPreviews(language, suffix);
  return {
    rule: `not to cover names below the public suffix \`${suffix}\``,
    remedy: `Anyone can own a name there: it also allows \`${witness}\`. ${remedy}`,
  };
}

/** What remains open with the switch is said, too. */
function remedyForPreviews(language: Automaton, suffix: string): string {
  const { commonStart, commonEnd } = hostsOf(language);
  const app = commonStart.replace(/[-.]+$/, '') || 'my-app';
  const written = commonEnd.slice(0, -suffix.length - 1).replace(/^[-.]+/, '');
  const team = written || 'my-team';
  const source = `^https:\\/\\/${escape(app)}-[a-z0-9-]+-${escape(team)}\\.${escape(suffix)}$`;
  const keep =
    commonStart !== '' && written !== ''
      ? 'or keep it'
      : `or \`/${source}/\`, for the previews of one team,`;
  return `Write the names that are yours, such as \`https://${app}-main-${team}.${suffix}\`, ${keep} with \`dangerouslyAllowPublicSuffixes: true\`: whoever registers a name of that form is then allowed, too.`;
}

/** For a language with origins over http that are not loopback. */
export function insecureRule(witness: string): LanguageRule {
  return {
    rule: 'to be https',
    remedy: `It also allows \`${witness}\`. Whoever controls the network between that page and its visitor then controls the session here. Begin with \`^https:\\/\\/\`, or write \`credentials: false\` or \`dangerouslyAllowInsecureOrigins: true\`.`,
  };
}

/** An expression for the domain that was meant, if one can be seen. */
function suggest(language: Automaton, kindOf: KindOf): string | undefined {
  const { commonStart, commonEnd } = hostsOf(language);
  const domain = commonEnd.replace(/^[-_.]+/, '');
  const host = commonStart.replace(/[-_.]+$/, '');
  const candidates = [
    isDomain(domain, kindOf) ? `^https:\\/\\/${ANY_BELOW}${escape(domain)}$` : undefined,
    isDomain(host, kindOf) ? `^https:\\/\\/${escape(host)}(?::\\d+)?$` : undefined,
  ];
  return candidates.find(
    (source) =>
      source !== undefined &&
      Object.keys(findOpenness(buildAutomaton({ source, flags: '' }), kindOf)).length === 0,
  );
}

function hostsOf(language: Automaton): HostLabels {
  return new HostLabels(intersect(language, NAMED_ORIGINS), new WorkLimit(MAX_WORK));
}

function isDomain(host: string, kindOf: KindOf): boolean {
  return host.includes('.') && kindOf(host) === undefined;
}

function escape(text: string): string {
  return text.replaceAll('.', '\\.');
}

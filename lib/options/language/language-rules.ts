import type { Automaton } from '../../policy/origins/automaton.js';
import { strangerRule, suffixRule } from '../origin/danger-rules.js';
import type { SuffixKind } from '../origin/public-suffix.js';
import type { BrokenRule } from '../refusal/cors-config-error.js';
import { buildAutomaton } from './determinize.js';
import { HostLabels } from './host-labels.js';
import { intersect } from './languages.js';
import { WorkLimit } from './limits.js';
import { findOpenness, type Openness } from './openness.js';
import { NAMED_ORIGINS } from './sendable-origins.js';

type KindOf = (host: string) => SuffixKind | undefined;

const MAX_WORK = 100_000;
const ANY_BELOW = '(?:[a-z0-9-]+\\.)*';

/** For a language that lets strangers in: with the witness, and what to write in its own words. */
export function strangerRuleFor(language: Automaton, stranger: string, kindOf: KindOf): BrokenRule {
  const isWeb = /^https?:/.test(stranger);
  const remedy = isWeb
    ? remedyForDomain(language, kindOf)
    : 'Write out scheme and host, as in `capacitor://localhost`: every other application has its own.';
  return strangerRule(stranger, remedy);
}

function remedyForDomain(language: Automaton, kindOf: KindOf): string {
  const source = suggest(language, kindOf);
  return source === undefined
    ? `Write out the domain that is yours, as in \`/^https:\\/\\/${ANY_BELOW}example\\.com$/\`.`
    : `Write \`/${source}/\`.`;
}

/** For a language below a public suffix. */
export function suffixRuleFor(
  language: Automaton,
  { suffix, witness }: NonNullable<Openness['belowSuffix']>,
  kindOf: KindOf,
): BrokenRule {
  const { commonStart: start, commonEnd: end } = hostsOf(language);
  const previewsOf = (app: string, team: string) =>
    `/^https:\\/\\/${escape(app)}-[a-z0-9-]+-${escape(team)}\\.${escape(suffix)}$/`;
  return suffixRule({ suffix, kind: kindOf(suffix), witness, start, end, previewsOf });
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

import type { Automaton } from '../../policy/origins/automaton.js';
import { type DangerContext, insecureRule, TOO_COMPLEX } from '../origin/danger-rules.js';
import type { BrokenRule, OptionIssue } from '../refusal/cors-config-error.js';
import { strangerRuleFor, suffixRuleFor } from './language-rules.js';
import { Unsupported } from './limits.js';
import { findOpenness } from './openness.js';
import { type Dead, findDead, findInsecure } from './origin-language.js';
import { type OriginRegExp, readOriginRegExp } from './read-origin-regexp.js';
import { uniteAll } from './unite-all.js';

// What reading options needs of this folder. It is one file, so that it becomes one script, and it is
// loaded only where a RegExp is written.

export { uniteAll };

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
export function findDangers(
  members: readonly RegExpMember[],
  united: readonly Automaton[],
  context: DangerContext,
): OptionIssue[] {
  const isFine = (language: Automaton) => dangersOf(language, context).length === 0;
  if (united.length < members.length && united.every(isFine)) return [];
  return members.flatMap(({ option, value, language }) =>
    dangersOf(language, context).map((rule) => ({ option, value, ...rule })),
  );
}

function dangersOf(
  language: Automaton,
  { allowInsecureOrigins, allowPublicSuffixes, kindOf }: DangerContext,
): readonly BrokenRule[] {
  const rules = withinLimits(() => {
    const { stranger, belowSuffix } = findOpenness(language, kindOf);
    const insecure = allowInsecureOrigins ? undefined : findInsecure(language);
    const found: BrokenRule[] = [];
    if (stranger !== undefined) found.push(strangerRuleFor(language, stranger, kindOf));
    if (belowSuffix !== undefined && !allowPublicSuffixes) {
      found.push(suffixRuleFor(language, belowSuffix, kindOf));
    }
    if (insecure !== undefined) found.push(insecureRule(insecure));
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

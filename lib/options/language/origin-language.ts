import type { Automaton } from '../../policy/origins/automaton.js';
import type { OriginPattern } from '../../policy/origins/parse-origin.js';
import { buildAutomaton } from './determinize.js';
import { findShortest, intersect, isEmpty, subtract } from './languages.js';
import { INSECURE_ORIGINS, SENDABLE_ORIGINS } from './sendable-origins.js';
import { pickInsecure } from './witness.js';

/** No browser sends a longer one that is read. */
const MAX_LENGTH = 512;

/** What a language matches although no browser sends any of it; `undefined` if browsers do. */
export function findDead(
  language: Automaton,
): { readonly matches: string | undefined } | undefined {
  const sendable = findShortest(intersect(language, SENDABLE_ORIGINS));
  const isDead = sendable === undefined || sendable.length > MAX_LENGTH;
  return isDead ? { matches: findShortest(language) } : undefined;
}

/** An origin of a language whose pages come over a network in the clear, if it has one. */
export function findInsecure(language: Automaton): string | undefined {
  return pickInsecure(intersect(language, INSECURE_ORIGINS));
}

/** An origin that the one language has and the other has not, if there is one. */
export function findNewlyAllowed(before: Automaton, after: Automaton): string | undefined {
  const added = subtract(intersect(after, SENDABLE_ORIGINS), before);
  return isEmpty(added) ? undefined : findShortest(added);
}

/** The language of an exact origin or a pattern. */
export function languageOfPattern({ scheme, host, subdomains, port }: OriginPattern): Automaton {
  const labels = subdomains ? '(?:[a-z0-9_-]+\\.)+' : '';
  // Within the first label, `*` stands for at least one character.
  const name = escape(host).replaceAll('*', '[a-z0-9-]+');
  const ports = port === '*' ? '(?::\\d+)?' : port && `:${port}`;
  return buildAutomaton({ source: `^${escape(scheme)}://${labels}${name}${ports}$`, flags: '' });
}

function escape(text: string): string {
  return text.replace(/[.+[\]/]/g, '\\$&');
}

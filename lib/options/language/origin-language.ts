import type { Automaton } from '../../policy/origins/automaton.js';
import {
  type OriginReason,
  type OriginPattern,
  parseOrigin,
} from '../../policy/origins/parse-origin.js';
import { buildAutomaton } from './determinize.js';
import { findShortest, intersect, isEmpty, subtract } from './languages.js';
import { INSECURE_ORIGINS, SENDABLE_ORIGINS } from './sendable-origins.js';
import { pickInsecure } from './witness.js';

/** No browser sends a longer one that is read. */
const MAX_LENGTH = 512;

/** A language of which no browser sends anything. */
export interface Dead {
  /** What it matches instead; nothing, perhaps. */
  readonly matches?: string;
  /** Why that is not an origin, if it has a name. */
  readonly fault?: OriginReason;
}

/** What a language matches if no browser sends any of it. */
export function findDead(language: Automaton): Dead | undefined {
  const sendable = findShortest(intersect(language, SENDABLE_ORIGINS));
  if (sendable !== undefined && sendable.length <= MAX_LENGTH) return undefined;
  const matches = findShortest(language);
  if (matches === undefined) return {};
  const parsed = parseOrigin(matches);
  return { matches, ...(typeof parsed === 'string' && { fault: parsed }) };
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

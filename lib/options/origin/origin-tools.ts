import { types } from 'node:util';
import type { RegExpTools } from '../language/regexp-origins.js';
import { inSlices, MEMBERS_A_STEP, type Steps } from '../steps.js';
import type { SuffixList } from './public-suffix.js';

/**
 * What reading origins needs and most applications do not: each tool is loaded only where an origin
 * is written that needs it.
 */
export interface OriginTools {
  readonly suffixes: SuffixList | undefined;
  /** Makes automata of RegExps, and asks them whom they let in. */
  readonly regexps: RegExpTools | undefined;
}

export const NO_ORIGIN_TOOLS: OriginTools = Object.freeze({
  suffixes: undefined,
  regexps: undefined,
});

/**
 * Loads what the origins in some configuration need.
 *
 * @param written whatever holds origins: options, overrides, updates
 * @param loaded what earlier configuration needed
 */
export async function loadOriginTools(
  written: unknown,
  loaded: OriginTools = NO_ORIGIN_TOOLS,
): Promise<OriginTools> {
  let { suffixes, regexps } = loaded;
  if (regexps === undefined && (await inSlices(mentions(written, isRegExp)))) {
    regexps = new (await import('../language/regexp-origins.js')).RegExpTools();
  }
  // Whom a RegExp lets in is asked with the list, too.
  const needsSuffixes = async () =>
    regexps !== undefined || (await inSlices(mentions(written, isPattern)));
  if (suffixes === undefined && (await needsSuffixes())) {
    suffixes = (await import('./public-suffix.js')).PUBLIC_SUFFIXES;
  }
  const isNew = suffixes !== loaded.suffixes || regexps !== loaded.regexps;
  return isNew ? { suffixes, regexps } : loaded;
}

function isRegExp(value: unknown): boolean {
  return typeof value === 'object' && types.isRegExp(value);
}

/** A pattern for names. One for ports needs no tool. */
function isPattern(value: unknown): boolean {
  return typeof value === 'string' && value.includes('*') && /^[a-z]+:\/\/[^:]*\*/.test(value);
}

/** A list of configurations, options, `policies`, a policy, its `reportOnly`, a list of origins. */
const MAX_DEPTH = 6;

/**
 * Whether a value that needs a tool may be written anywhere inside. Options are read once, so getters
 * are not called: what they return is taken for one.
 */
function* mentions(
  value: unknown,
  needsIt: (value: unknown) => boolean,
  depth = 0,
): Steps<boolean> {
  if (needsIt(value)) return true;
  if (typeof value !== 'object' || value === null || depth === MAX_DEPTH) return false;
  // It will be refused; a revoked one throws whatever it is asked.
  if (types.isProxy(value)) return false;
  if (Array.isArray(value)) {
    // Lists may have a million members.
    for (let index = 0; index < value.length; index += 1) {
      const member: unknown = value[index];
      if (index % MEMBERS_A_STEP === 0) yield;
      const isMentioned =
        typeof member === 'object' ? yield* mentions(member, needsIt, depth + 1) : needsIt(member);
      if (isMentioned) return true;
    }
    return false;
  }
  for (const property of Object.values(Object.getOwnPropertyDescriptors(value))) {
    if (property.get !== undefined) return true;
    if (yield* mentions(property.value, needsIt, depth + 1)) return true;
  }
  return false;
}

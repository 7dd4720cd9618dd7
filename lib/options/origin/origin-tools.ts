import { types } from 'node:util';
import type * as RegExpOrigins from '../language/regexp-origins.js';
import type { SuffixList } from './public-suffix.js';

/**
 * What reading origins needs and most applications do not: each tool is loaded only where an origin
 * is written that needs it.
 */
export interface OriginTools {
  readonly suffixes: SuffixList | undefined;
  /** Makes automata of RegExps, and asks them whom they let in. */
  readonly regexps: typeof RegExpOrigins | undefined;
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
  if (regexps === undefined && mentions(written, types.isRegExp)) {
    regexps = await import('../language/regexp-origins.js');
  }
  // Whom a RegExp lets in is asked with the list, too.
  if (suffixes === undefined && (regexps !== undefined || mentions(written, isPattern))) {
    suffixes = (await import('./public-suffix.js')).PUBLIC_SUFFIXES;
  }
  const isNew = suffixes !== loaded.suffixes || regexps !== loaded.regexps;
  return isNew ? { suffixes, regexps } : loaded;
}

/** A pattern for names. One for ports needs no tool. */
function isPattern(value: unknown): boolean {
  return typeof value === 'string' && /^[a-z]+:\/\/[^:]*\*/.test(value);
}

/** A list of configurations, options, `policies`, a policy, its `reportOnly`, a list of origins. */
const MAX_DEPTH = 6;

/**
 * Whether a value that needs a tool may be written anywhere inside. Options are read once, so getters
 * are not called: what they return is taken for one.
 */
function mentions(value: unknown, needsIt: (value: unknown) => boolean, depth = 0): boolean {
  if (needsIt(value)) return true;
  if (typeof value !== 'object' || value === null || depth === MAX_DEPTH) return false;
  // Lists may have 100,000 members.
  if (Array.isArray(value)) return value.some((member) => mentions(member, needsIt, depth + 1));
  return Reflect.ownKeys(value).some((key) => {
    const property = Reflect.getOwnPropertyDescriptor(value, key);
    return property?.get !== undefined || mentions(property?.value, needsIt, depth + 1);
  });
}

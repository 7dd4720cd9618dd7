import type { AST } from '@eslint-community/regexpp';
import { accepts, type Automaton } from '../../policy/origins/automaton.js';
import type { RegExpReason } from '../refusal/cors-config-reason.js';
import { buildAutomaton } from './build-automaton.js';
import { Unsupported, type UnsupportedFeature } from './limits.js';
import { parsePattern, type WrittenRegExp } from './program.js';

/** A RegExp as a member of `origin`: what is wrong with it by itself, and the automaton if it has one. */
export interface OriginRegExp {
  readonly faults: readonly RegExpReason[];
  /** There is none where anchors are missing, or flags change what it means. */
  readonly language?: Automaton;
}

/** Whose source and flags are its own; see `isPlainRegExp`. */
export function readOriginRegExp({ source, flags }: RegExp): OriginRegExp {
  try {
    return readWritten({ source, flags });
  } catch (error) {
    // Groups in groups, deeper than the stack.
    if (error instanceof RangeError) return TOO_COMPLEX;
    throw error;
  }
}

const TOO_COMPLEX: OriginRegExp = { faults: ['origin-regexp-too-complex'] };

function readWritten(written: WrittenRegExp): OriginRegExp {
  const pattern = parse(written);
  if (pattern === undefined) return TOO_COMPLEX;
  const { alternatives } = pattern;
  const faults: RegExpReason[] = [];
  if (/[gy]/.test(written.flags)) faults.push('origin-regexp-stateful');
  if (written.flags.includes('m')) faults.push('origin-regexp-multiline');
  if (!isAnchored(alternatives, 'start') || !isAnchored(alternatives, 'end')) {
    faults.push('origin-regexp-unanchored');
  }
  const built = faults.length === 0 ? build(written) : undefined;
  if (typeof built === 'string') faults.push(`origin-regexp-${built}`);
  const language = typeof built === 'string' ? undefined : built;
  if (language === undefined ? matchesNull(written) : accepts(language, 'null')) {
    faults.push('origin-regexp-matches-null');
  }
  if (hasBareDot(alternatives)) faults.push('origin-regexp-unescaped-dot');
  return { faults, ...(language !== undefined && { language }) };
}

/** @returns `undefined` for what V8 accepts and the parser does not know yet */
function parse(written: WrittenRegExp): AST.Pattern | undefined {
  try {
    return parsePattern(written);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function build(written: WrittenRegExp): Automaton | UnsupportedFeature {
  try {
    return buildAutomaton(written);
  } catch (error) {
    if (error instanceof Unsupported) return error.feature;
    throw error;
  }
}

/** Whether every alternative begins, or ends, with an anchor: `^a|b$` does neither. */
function isAnchored(alternatives: readonly AST.Alternative[], edge: 'start' | 'end'): boolean {
  return alternatives.every(({ elements }) => {
    const last = elements.at(edge === 'start' ? 0 : -1);
    // `(?:^a$)?` matches everywhere.
    const element = last?.type === 'Quantifier' && last.min > 0 ? last.element : last;
    if (element?.type === 'Assertion') return element.kind === edge;
    const isGroup = element?.type === 'Group' || element?.type === 'CapturingGroup';
    return isGroup && isAnchored(element.alternatives, edge);
  });
}

/** Asked of an automaton as well: V8 takes minutes to compile some of what is refused. */
function matchesNull({ source, flags }: WrittenRegExp): boolean {
  const kept = flags.replace(/[gmy]/g, '');
  const matched = build({ source: `^(?:[^]*(?:${source})[^]*)$`, flags: kept });
  return typeof matched !== 'string' && accepts(matched, 'null');
}

/** `.+` and `.{3}` are meant; `app.example.com` is not. */
function hasBareDot(alternatives: readonly AST.Alternative[]): boolean {
  return alternatives.some(({ elements }) => elements.some(isBareDot));
}

function isBareDot(element: AST.Element): boolean {
  if (element.type === 'CharacterSet') return element.kind === 'any';
  if (element.type === 'Quantifier') {
    const isOnce = element.min === 1 && element.max === 1;
    return (isOnce || element.element.type !== 'CharacterSet') && isBareDot(element.element);
  }
  return 'alternatives' in element && hasBareDot(element.alternatives);
}

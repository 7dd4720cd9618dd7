import type { Automaton } from '../../policy/origins/automaton.js';
import {
  type OriginPattern,
  type OriginReason,
  parseOrigin,
} from '../../policy/origins/parse-origin.js';
import type { CorsOrigin, OriginResolverClass } from '../cors-origin.js';
import type { Dead } from '../language/origin-language.js';
import type { RegExpMember } from '../language/regexp-origins.js';
import { isPlainList, isPlainRegExp } from '../read/snapshot.js';
import type {
  OriginOptionReason,
  RegExpReason,
  ResolverReason,
} from '../refusal/cors-config-reason.js';
import type { OriginTools } from './origin-tools.js';
import { splitList } from '../refusal/own-values.js';
import { suggestOrigin } from '../refusal/suggestions.js';
import { callbackOf } from './callback-style.js';
import { reachesIntoDomain, suffixesOf } from './pattern-dangers.js';

/** A function as `origin`. */
export type OriginFunction = Extract<CorsOrigin, (...args: never[]) => unknown>;

/** A member of `origin`; `option` says which, for messages: `origin` or `origin[2]`. */
interface Member<T> {
  readonly option: string;
  readonly value: T;
}

/** What is wrong with a member of `origin`. */
export interface OriginIssue extends Member<unknown> {
  readonly reason: OriginReason | OriginOptionReason | RegExpReason | ResolverReason;
  /** What a RegExp matches that no browser sends. */
  readonly dead?: Dead;
  /** What to write instead: several where it is a list in one string. */
  readonly repaired?: readonly (string | RegExp)[];
}

/**
 * What template strings make of variables that are not set: `http://localhost:NaN`, `https://undefined`.
 * `undefined.dev` is a domain, and `null.example.com` may be a host.
 */
const UNSET =
  /^(?:[a-z]+:\/\/)?(?:[^/:]+\.)?(?:undefined|null|NaN)(?::|$)|:(?:undefined|null|NaN)$|^undefined:\/\//;

/** The value of `origin`, read once: sorted by kind, with what is wrong about it. */
export interface ReadOrigins {
  readonly any: boolean;
  readonly origins: readonly Member<OriginPattern>[];
  readonly regexps: readonly RegExpMember[];
  /** What `regexps` match, in few automata: each costs a walk. */
  readonly languages: readonly Automaton[];
  readonly decide: OriginFunction | undefined;
  readonly resolver: OriginResolverClass | undefined;
  readonly issues: readonly OriginIssue[];
  /**
   * What the refused members stand for. It may be dangerous as well, and one round of corrections has to
   * be enough.
   */
  readonly repaired: Repaired;
}

type Repaired = Pick<ReadOrigins, 'origins' | 'regexps'>;

/** What holds for all origins of the application. */
interface OriginContext {
  readonly tools: OriginTools;
  readonly reasonAgainst: (resolver: OriginResolverClass) => ResolverReason | undefined;
}

/** Reads the value of `origin`. */
function readOrigins(raw: unknown, context: OriginContext): ReadOrigins {
  const origins: Member<OriginPattern>[] = [];
  const regexps: RegExpMember[] = [];
  const issues: OriginIssue[] = [];
  const repairedOrigins: Member<OriginPattern>[] = [];
  const repairedRegExps: RegExpMember[] = [];
  let any = false;

  const readMember = (value: unknown, option: string): void => {
    const refuse = (reason: OriginIssue['reason']) => void issues.push({ option, value, reason });
    if (isPlainRegExp(value)) {
      const { language, faults, dead } = regexpTools(context).readRegExp(value);
      const repaired =
        faults.length > 0
          ? regexpTools(context).repairRegExp(value, faults, suffixesOf(context.tools))
          : undefined;
      for (const reason of faults) {
        const instead = repaired && { repaired: [repaired.regexp] };
        issues.push({ option, value, reason, ...(dead !== undefined && { dead }), ...instead });
      }
      if (repaired !== undefined) {
        repairedRegExps.push({ option, value, language: repaired.language });
      }
      // What is wrong by itself is not one thing more with credentials.
      if (language !== undefined && faults.length === 0) regexps.push({ option, value, language });
    } else if (typeof value !== 'string') {
      refuse(reasonAgainstOther(value));
    } else if (value === '*') {
      any = true;
      if (isPlainList(raw) && raw.length > 1) refuse('origin-wildcard-among-others');
    } else if (value !== 'null' && UNSET.test(value)) {
      refuse('origin-undefined');
    } else {
      const parsed = parseOrigin(value);
      if (typeof parsed === 'string') {
        const repaired = repairOrigin(value);
        issues.push({ option, value, reason: parsed, ...(repaired.length > 0 && { repaired }) });
        for (const origin of repaired) {
          const pattern = parseOrigin(origin);
          if (typeof pattern === 'object') repairedOrigins.push({ option, value: pattern });
        }
        return;
      }
      if (reachesIntoDomain(parsed, context.tools)) return refuse('origin-wildcard-in-domain');
      origins.push({ option, value: parsed });
    }
  };

  const resolver = isResolverClass(raw) ? raw : undefined;
  const decide = isOriginFunction(raw) ? raw : undefined;
  if (isPlainList(raw)) {
    if (raw.length === 0)
      issues.push({ option: 'origin', value: raw, reason: 'origin-empty-list' });
    // Not `forEach`, which would skip holes.
    for (const [index, value] of raw.entries()) readMember(value, `origin[${index}]`);
  } else if (resolver !== undefined) {
    const reason = context.reasonAgainst(resolver);
    if (reason !== undefined) issues.push({ option: 'origin', value: raw, reason });
  } else if (decide !== undefined) {
    if (callbackOf(decide) !== undefined) {
      issues.push({ option: 'origin', value: raw, reason: 'origin-callback' });
    }
  } else if (raw !== false) {
    readMember(raw, 'origin');
  }
  const languages = regexps.map(({ language }) => language);
  const united = languages.length > 1 ? regexpTools(context).uniteAll(languages) : languages;
  const repaired = { origins: repairedOrigins, regexps: repairedRegExps };
  return { any, origins, regexps, languages: united, decide, resolver, issues, repaired };
}

/** The origins that a refused string stands for: itself in the right spelling, or a list. */
function repairOrigin(text: string): readonly string[] {
  // It would make the name of a host.
  if (text === 'null') return [];
  const whole = suggestOrigin(text);
  if (whole !== undefined) return [whole];
  const pieces = splitList(text.replace(/[[\]"']/g, ' '));
  const repaired = pieces.map((piece) => {
    const isFine = piece === '*' || typeof parseOrigin(piece) === 'object';
    // Not any word is a host.
    return isFine ? piece : /[.:]|^localhost$/.test(piece) ? suggestOrigin(piece) : undefined;
  });
  const origins = repaired.filter((origin) => origin !== undefined);
  return origins.length === repaired.length ? [...new Set(origins)] : [];
}

/** They are loaded wherever a RegExp is written; see `loadOriginTools`. */
function regexpTools({ tools }: OriginContext): NonNullable<OriginTools['regexps']> {
  if (tools.regexps === undefined) throw new Error('No tools have been loaded for this RegExp.');
  return tools.regexps;
}

function reasonAgainstOther(value: unknown): OriginOptionReason {
  if (value === undefined) return 'origin-undefined';
  if (value === true) return 'origin-true';
  if (value === false) return 'origin-false';
  return isResolverClass(value) ? 'origin-class-in-list' : 'origin-wrong-type';
}

function isOriginFunction(value: unknown): value is OriginFunction {
  return typeof value === 'function' && !isResolverClass(value);
}

/**
 * A class cannot be called, and only its source tells it from a function. One that was compiled to a
 * function still has its methods.
 */
export function isResolverClass(value: unknown): value is OriginResolverClass {
  if (typeof value !== 'function') return false;
  if (/^class\b/.test(Function.prototype.toString.call(value))) return true;
  const prototype: unknown = value.prototype;
  return typeof prototype === 'object' && prototype !== null && 'isAllowed' in prototype;
}

/** Reads each value of `origin` once, however many policies share it. */
export class OriginReader {
  private readonly known = new Map<unknown, ReadOrigins>();

  constructor(private readonly context: OriginContext) {}

  read(raw: unknown): ReadOrigins {
    const origins = this.known.get(raw) ?? readOrigins(raw, this.context);
    this.known.set(raw, origins);
    return origins;
  }
}

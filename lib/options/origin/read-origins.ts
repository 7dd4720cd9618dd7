import type { Automaton } from '../../policy/origins/automaton.js';
import { type ListedOrigins, OriginListBuilder } from '../../policy/origins/origin-list.js';
import {
  isPattern,
  isPlainOrigin,
  type OriginPattern,
  type OriginReason,
  parseOrigin,
} from '../../policy/origins/parse-origin.js';
import type { CorsOrigin, OriginResolverClass } from '../cors-origin.js';
import type { Dead } from '../language/origin-language.js';
import type { RegExpMember } from '../language/regexp-origins.js';
import {
  isGeneratorFunction,
  isPlainList,
  isPlainObject,
  isPlainRegExp,
  isProxy,
} from '../read/snapshot.js';
import type {
  OriginOptionReason,
  RegExpReason,
  ResolverReason,
} from '../refusal/cors-config-reason.js';
import { finish, MEMBERS_A_STEP, type Steps } from '../steps.js';
import type { OriginTools } from './origin-tools.js';
import { splitList } from '../refusal/own-values.js';
import { suggestOrigin } from '../refusal/suggestions.js';
import { callbackOf } from './callback-style.js';
import { isInsecure, reachesIntoDomain, suffixesOf } from './pattern-dangers.js';

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
  /** The rule for all strings and RegExps that are valid. */
  readonly listed: ListedOrigins;
  /** The origins and patterns that may be dangerous with credentials: of long lists, few or none. */
  readonly origins: readonly Member<OriginPattern>[];
  readonly regexps: readonly RegExpMember[];
  /** What `regexps` match, in one automaton or a few: each costs a walk. */
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
function* readOrigins(raw: unknown, context: OriginContext): Steps<ReadOrigins> {
  const list = new OriginListBuilder();
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
      list.add(parsed);
      if (isPattern(parsed) || isInsecure(parsed)) origins.push({ option, value: parsed });
    }
  };

  const resolver = isResolverClass(raw) ? raw : undefined;
  const decide = isOriginFunction(raw) ? raw : undefined;
  if (isPlainList(raw)) {
    if (raw.length === 0)
      issues.push({ option: 'origin', value: raw, reason: 'origin-empty-list' });
    // Not `forEach`, which would skip holes.
    for (let index = 0; index < raw.length; index += 1) {
      const value = raw[index];
      const isPlain = typeof value === 'string' && isPlainOrigin(value) && !UNSET.test(value);
      if (isPlain) list.addExact(value);
      else readMember(value, `origin[${index}]`);
      // A RegExp is a step of its own.
      if (index % MEMBERS_A_STEP === 0 || typeof value === 'object') yield;
    }
  } else if (resolver !== undefined) {
    const reason = context.reasonAgainst(resolver);
    if (reason !== undefined) issues.push({ option: 'origin', value: raw, reason });
  } else if (decide !== undefined) {
    if (isGeneratorFunction(decide)) {
      issues.push({ option: 'origin', value: raw, reason: 'origin-generator' });
    } else if (callbackOf(decide) !== undefined) {
      issues.push({ option: 'origin', value: raw, reason: 'origin-callback' });
    }
  } else if (raw !== false) {
    readMember(raw, 'origin');
  }
  const languages = regexps.map(({ language }) => language);
  const united = languages.length > 1 ? yield* regexpTools(context).uniteAll(languages) : languages;
  const listed = list.build(united);
  const repaired = { origins: repairedOrigins, regexps: repairedRegExps };
  return { any, listed, origins, regexps, languages: united, decide, resolver, issues, repaired };
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
  return typeof value === 'function' && !isProxy(value) && !isResolverClass(value);
}

/**
 * A class cannot be called, and only its source tells it from a function. One that was compiled to a
 * function still has its methods.
 */
export function isResolverClass(value: unknown): value is OriginResolverClass {
  if (typeof value !== 'function' || isProxy(value)) return false;
  if (/^class\b/.test(Function.prototype.toString.call(value))) return true;
  const prototype: unknown = value.prototype;
  return typeof prototype === 'object' && prototype !== null && 'isAllowed' in prototype;
}

/**
 * What has been read: lists, RegExps and functions, by identity. An update reads of these only what
 * it brings.
 */
export type ReadLists = WeakMap<object, ReadOrigins>;

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** Reads each value of `origin` once, however many policies share it. */
export class OriginReader {
  private readonly strings = new Map<unknown, ReadOrigins>();

  /** @param lists those that were read with the same tools */
  constructor(
    private readonly context: OriginContext,
    private readonly lists: ReadLists = new WeakMap(),
  ) {}

  read(raw: unknown): ReadOrigins {
    const known = isObject(raw) ? this.lists.get(raw) : this.strings.get(raw);
    if (known !== undefined) return known;
    const origins = finish(readOrigins(raw, this.context));
    if (isObject(raw)) this.lists.set(raw, origins);
    else this.strings.set(raw, origins);
    return origins;
  }

  /** Reads the lists among some options, so that `read` knows them: they may have a million members. */
  *readLists(written: Iterable<unknown>): Steps<undefined> {
    let count = 0;
    for (const options of written) {
      count += 1;
      if (count % MEMBERS_A_STEP === 0) yield;
      if (!isPlainObject(options)) continue;
      // Getters are not called: they are read once, and not here.
      const list: unknown = Reflect.getOwnPropertyDescriptor(options, 'origin')?.value;
      if (!isPlainList(list) || this.lists.has(list)) continue;
      this.lists.set(list, yield* readOrigins(list, this.context));
    }
    return undefined;
  }
}

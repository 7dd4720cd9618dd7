import { isLoopbackHost } from '../../fetch/origins.js';
import {
  type OriginReason,
  type OriginPattern,
  parseOrigin,
} from '../../policy/origins/parse-origin.js';
import type { CorsOrigin, OriginResolverClass } from '../cors-origin.js';
import type {
  OriginOptionReason,
  RegExpReason,
  ResolverReason,
} from '../refusal/cors-config-reason.js';
import { isPlainList, isPlainRegExp } from '../read/snapshot.js';
import { callbackOf } from './callback-style.js';
import type { OriginTools } from './origin-tools.js';
import { findRegExpReasons } from './regexp-lint.js';

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
}

/** What a template string makes of a variable that is not set. */
const UNDEFINED = /^(?:[a-z]+:\/\/)?undefined(?::\d+)?$/;

/** No application lists it, and nobody can own it: RFC 2606. */
const NOBODYS_ORIGIN = 'https://any-origin.invalid';

/** The value of `origin`, read once: sorted by kind, with what is wrong about it. */
export interface ReadOrigins {
  readonly any: boolean;
  readonly origins: readonly Member<OriginPattern>[];
  readonly regexps: readonly Member<RegExp>[];
  readonly decide: OriginFunction | undefined;
  readonly resolver: OriginResolverClass | undefined;
  /** Those of `origins` whose pages travel unencrypted. */
  readonly insecure: readonly Member<OriginPattern>[];
  /** Those of `regexps` that allow every origin. */
  readonly open: readonly Member<RegExp>[];
  readonly issues: readonly OriginIssue[];
}

/** What holds for all origins of the application. */
interface OriginContext {
  readonly allowPublicSuffixes: boolean;
  readonly tools: OriginTools;
  readonly reasonAgainst: (resolver: OriginResolverClass) => ResolverReason | undefined;
}

/** Reads the value of `origin`. */
function readOrigins(raw: unknown, context: OriginContext): ReadOrigins {
  const origins: Member<OriginPattern>[] = [];
  const regexps: Member<RegExp>[] = [];
  const issues: OriginIssue[] = [];
  let any = false;

  const readMember = (value: unknown, option: string): void => {
    const refuse = (reason: OriginIssue['reason']) => void issues.push({ option, value, reason });
    if (isPlainRegExp(value)) {
      regexps.push({ option, value });
      findRegExpReasons(value).forEach(refuse);
    } else if (typeof value !== 'string') {
      refuse(reasonAgainstOther(value));
    } else if (value === '*') {
      any = true;
      if (isPlainList(raw) && raw.length > 1) refuse('origin-wildcard-among-others');
    } else if (UNDEFINED.test(value)) {
      refuse('origin-undefined');
    } else {
      const parsed = parseOrigin(value);
      if (typeof parsed === 'string') return refuse(parsed);
      origins.push({ option, value: parsed });
      const isRefused = !context.allowPublicSuffixes && isOverPublicSuffix(parsed, context.tools);
      if (isRefused) refuse('origin-public-suffix');
    }
  };

  const resolver = isClass(raw) ? raw : undefined;
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
  const insecure = origins.filter(({ value }) => isInsecure(value));
  const open = regexps.filter(({ value }) => isOpen(value));
  return { any, origins, regexps, decide, resolver, insecure, open, issues };
}

function isInsecure({ scheme, host }: OriginPattern): boolean {
  return scheme === 'http' && !isLoopbackHost(host);
}

/** Without the flags that make a RegExp remember; those are an issue of their own. */
function isOpen({ source, flags }: RegExp): boolean {
  return new RegExp(source, flags.replace(/[gy]/g, '')).test(NOBODYS_ORIGIN);
}

function reasonAgainstOther(value: unknown): OriginOptionReason {
  if (value === undefined) return 'origin-undefined';
  if (value === true) return 'origin-true';
  if (value === false) return 'origin-false';
  return isClass(value) ? 'origin-class-in-list' : 'origin-wrong-type';
}

function isOriginFunction(value: unknown): value is OriginFunction {
  return typeof value === 'function' && !isClass(value);
}

/**
 * A class cannot be called, and only its source tells it from a function. One that was compiled to a
 * function still has its methods.
 */
function isClass(value: unknown): value is OriginResolverClass {
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

/**
 * Whether a pattern covers names that belong to anybody: its host is a public suffix, or every name
 * below it is one. A single label that no list knows counts as a public suffix, as the algorithm of
 * the list says. Without the tool for it, a pattern is not trusted.
 *
 * @see https://github.com/publicsuffix/list/wiki/Format#algorithm
 */
export function isOverPublicSuffix(
  { host, subdomains }: OriginPattern,
  { isPublicSuffix = () => true }: OriginTools,
): boolean {
  if (!subdomains || isLoopbackHost(host)) return false;
  return isPublicSuffix(host) || isPublicSuffix(`any.${host}`);
}

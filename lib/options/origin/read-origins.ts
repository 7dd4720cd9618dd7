import { getPublicSuffix } from 'tldts';
import { isLoopbackHost } from '../../fetch/origins.js';
import {
  type OriginFault,
  type OriginPattern,
  parseOrigin,
} from '../../policy/origins/parse-origin.js';
import type { CorsOrigin, OriginResolverClass } from '../cors-origin.js';
import type {
  OriginOptionFault,
  RegExpFault,
  ResolverFault,
} from '../refusal/cors-config-reason.js';
import { findRegExpFaults } from './regexp-lint.js';

/** A function as `origin`. */
export type OriginFunction = Extract<CorsOrigin, (...args: never[]) => unknown>;

/** A member of `origin`; `option` says which, for messages: `origin` or `origin[2]`. */
interface Member<T> {
  readonly option: string;
  readonly value: T;
}

/** What is wrong with a member of `origin`. */
export interface MemberFault extends Member<unknown> {
  readonly fault: OriginFault | OriginOptionFault | RegExpFault | ResolverFault;
}

/** What a template makes of a variable that is not set. */
const UNDEFINED = /^(?:[a-z]+:\/\/)?undefined(?::\d+)?$/;

/** No application names it, and nobody can own it: RFC 2606. */
const NOBODYS_ORIGIN = 'https://any-origin.invalid';

/** The value of `origin`, read once: sorted by kind, with what is wrong about it. */
export interface WrittenOrigins {
  readonly any: boolean;
  readonly origins: readonly Member<OriginPattern>[];
  readonly regexps: readonly Member<RegExp>[];
  readonly ask: OriginFunction | undefined;
  readonly resolver: OriginResolverClass | undefined;
  /** Those of `origins` that come over a network in the clear. */
  readonly insecure: readonly Member<OriginPattern>[];
  /** Those of `regexps` that allow every origin. */
  readonly open: readonly Member<RegExp>[];
  readonly faults: readonly MemberFault[];
}

/** What the application says about all its origins. */
interface OriginRules {
  readonly allowPublicSuffixes: boolean;
  readonly faultOf: (resolver: OriginResolverClass) => ResolverFault | undefined;
}

/** Reads the value of `origin`. */
function readOrigins(written: unknown, rules: OriginRules): WrittenOrigins {
  const origins: Member<OriginPattern>[] = [];
  const regexps: Member<RegExp>[] = [];
  const faults: MemberFault[] = [];
  let any = false;

  const readMember = (value: unknown, option: string): void => {
    const refuse = (fault: MemberFault['fault']) => void faults.push({ option, value, fault });
    if (value instanceof RegExp) {
      regexps.push({ option, value });
      findRegExpFaults(value).forEach(refuse);
    } else if (typeof value !== 'string') {
      refuse(faultOfOther(value));
    } else if (value === '*') {
      any = true;
      if (Array.isArray(written) && written.length > 1) refuse('origin-wildcard-among-others');
    } else if (UNDEFINED.test(value)) {
      refuse('origin-undefined');
    } else {
      const parsed = parseOrigin(value);
      if (typeof parsed === 'string') return refuse(parsed);
      origins.push({ option, value: parsed });
      if (!rules.allowPublicSuffixes && isOverPublicSuffix(parsed)) refuse('origin-public-suffix');
    }
  };

  const resolver = isClass(written) ? written : undefined;
  const ask = isOriginFunction(written) ? written : undefined;
  if (Array.isArray(written)) {
    if (written.length === 0) {
      faults.push({ option: 'origin', value: written, fault: 'origin-empty-list' });
    }
    // Not `forEach`, which would pass over holes.
    for (const [index, value] of written.entries()) readMember(value, `origin[${index}]`);
  } else if (resolver !== undefined) {
    const fault = rules.faultOf(resolver);
    if (fault !== undefined) faults.push({ option: 'origin', value: written, fault });
  } else if (ask === undefined) {
    readMember(written, 'origin');
  }
  const insecure = origins.filter(({ value }) => isInsecure(value));
  const open = regexps.filter(({ value }) => isOpen(value));
  return { any, origins, regexps, ask, resolver, insecure, open, faults };
}

function isInsecure({ scheme, host }: OriginPattern): boolean {
  return scheme === 'http' && !isLoopbackHost(host);
}

/** Without the flags that make a RegExp remember; those are another fault. */
function isOpen({ source, flags }: RegExp): boolean {
  return new RegExp(source, flags.replace(/[gy]/g, '')).test(NOBODYS_ORIGIN);
}

function faultOfOther(value: unknown): OriginOptionFault {
  if (value === undefined) return 'origin-undefined';
  if (value === true) return 'origin-true';
  if (value === false) return 'origin-false';
  return isClass(value) ? 'origin-class-in-list' : 'origin-wrong-type';
}

function isOriginFunction(value: unknown): value is OriginFunction {
  return typeof value === 'function' && !isClass(value);
}

/**
 * A class cannot be called; the language tells it from a function by its source only. One that was
 * compiled to a function has methods all the same.
 */
function isClass(value: unknown): value is OriginResolverClass {
  if (typeof value !== 'function') return false;
  if (/^class\b/.test(Function.prototype.toString.call(value))) return true;
  const prototype: unknown = value.prototype;
  return typeof prototype === 'object' && prototype !== null && 'isAllowed' in prototype;
}

/** Reads each value of `origin` once, however many policies share it. */
export class OriginReader {
  private readonly known = new Map<unknown, WrittenOrigins>();

  constructor(private readonly rules: OriginRules) {}

  read(written: unknown): WrittenOrigins {
    const origins = this.known.get(written) ?? readOrigins(written, this.rules);
    this.known.set(written, origins);
    return origins;
  }
}

/**
 * Whether a pattern covers names that belong to anybody: its host is a public suffix, or every name
 * below it is one. A single label that no list knows counts as a public suffix, as the algorithm of
 * the list has it.
 *
 * @see https://github.com/publicsuffix/list/wiki/Format#algorithm
 */
export function isOverPublicSuffix({ host, subdomains }: OriginPattern): boolean {
  if (!subdomains || isLoopbackHost(host)) return false;
  return isPublicSuffix(host) || isPublicSuffix(`any.${host}`);
}

function isPublicSuffix(host: string): boolean {
  const options = { allowPrivateDomains: true, extractHostname: false, validateHostname: false };
  return getPublicSuffix(host, options) === host;
}

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
import { reachesIntoDomain } from './pattern-dangers.js';

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
}

/** What a template string makes of a variable that is not set. */
const UNDEFINED = /^(?:[a-z]+:\/\/)?undefined(?::\d+)?$/;

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
}

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
  let any = false;

  const readMember = (value: unknown, option: string): void => {
    const refuse = (reason: OriginIssue['reason']) => void issues.push({ option, value, reason });
    if (isPlainRegExp(value)) {
      const { language, faults, dead } = regexpTools(context).readRegExp(value);
      for (const reason of faults) {
        issues.push({ option, value, reason, ...(dead !== undefined && { dead }) });
      }
      // What is wrong by itself is not one thing more with credentials.
      if (language !== undefined && faults.length === 0) regexps.push({ option, value, language });
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
      if (reachesIntoDomain(parsed, context.tools)) return refuse('origin-wildcard-in-domain');
      origins.push({ option, value: parsed });
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
  const languages = regexps.map(({ language }) => language);
  const united = languages.length > 1 ? regexpTools(context).uniteAll(languages) : languages;
  return { any, origins, regexps, languages: united, decide, resolver, issues };
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
 * The name of the second parameter of a function, where its text calls it: `(origin, callback) =>
 * callback(null, true)`, as `enableCors()` takes it. Such a function returns nothing, so it would
 * refuse everyone. Only text tells; native and bound functions have none, and pass.
 */
export function callbackOf(given: Function): string | undefined {
  const code = withoutLiterals(Function.prototype.toString.call(given));
  const list = parameterList(code);
  const name = list && NAME.exec(list.parameters[1] ?? '')?.[1];
  if (list === undefined || name === undefined) return undefined;
  return callsOf(name).test(code.slice(list.end)) ? name : undefined;
}

/** A parameter that is a name, perhaps with a default value: neither destructured nor a rest. */
const NAME = /^\s*([\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*)\s*(?:=|$)/u;

/** `name(`, `name?.(`, `name.call(`: not `x.name(`, and not `surname(`. */
function callsOf(name: string): RegExp {
  const literal = name.replaceAll('$', String.raw`\$`);
  return new RegExp(
    String.raw`(?<![\p{ID_Continue}$#.]|\bfunction\s+)${literal}\s*(?:\?\.\s*)?(?:\.\s*(?:call|apply)\s*)?\(`,
    'u',
  );
}

/** What may look like code inside, or hide some: comments, strings, templates, RegExps. */
const LITERALS =
  /\/\/[^\n]*|\/\*[^]*?\*\/|'(?:\\[^]|[^'\\])*'|"(?:\\[^]|[^"\\])*"|`(?:\\[^]|[^`\\])*`|(?<=(?:^|[(,=:[!&|?{};+*%~^<>-]|\breturn)\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/g;

function withoutLiterals(text: string): string {
  return text.replace(LITERALS, (literal) => (/^\/[/*]/.test(literal) ? ' ' : '0'));
}

const OPENING = '([{';
const CLOSING = ')]}';

/** The parameters between the first parentheses, and where they end; none for `origin => …`. */
function parameterList(code: string): { parameters: string[]; end: number } | undefined {
  const parameters = [''];
  let depth = 0;
  let isWithin = false;
  for (let index = 0; index < code.length; index += 1) {
    const char = code.charAt(index);
    if (!isWithin && depth === 0 && code.startsWith('=>', index)) return undefined;
    // A computed name, `[name('x')](origin, callback)`, may have parentheses as well.
    if (char === '(' && depth === 0) isWithin = true;
    if (CLOSING.includes(char)) depth -= 1;
    if (isWithin && depth === 0 && char === ')') return { parameters, end: index + 1 };
    const isOutermost = isWithin && depth === 1;
    if (isOutermost && char === ',') parameters.push('');
    else if (isWithin && depth > 0) parameters.push((parameters.pop() ?? '') + char);
    if (OPENING.includes(char)) depth += 1;
  }
  return undefined;
}

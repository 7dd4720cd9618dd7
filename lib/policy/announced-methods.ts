import { isForbiddenMethod } from '../fetch/methods.js';
import { isToken } from '../fetch/tokens.js';
import type { CorsPolicy, CorsRequest, OriginRule } from './policy.js';

/**
 * The members of `Access-Control-Allow-Methods`: only methods that a preflight of their
 * own would allow too, for at least as long. Browsers cache each name of the list for the response's
 * max-age, so one name too many would let a page skip the preflight of a stricter handler at the same
 * path.
 *
 * @param allowed the policies that allow the origin, at least one
 * @param asked what the preflight asks
 * @see https://fetch.spec.whatwg.org/#http-access-control-allow-methods
 */
export function announcedMethods(
  allowed: readonly CorsPolicy[],
  target: PreflightTarget,
  asked: AskedPreflight,
): readonly string[] {
  const { method: requested } = asked;
  const names: string[] = [];
  for (const policy of allowed) {
    if (typeof policy.methods === 'object') {
      const listed = listedMethods(policy.methods, allowed, target, asked);
      // Nearly always the only one.
      if (allowed.length === 1) return listed;
      for (const method of listed) addOnce(names, method);
      continue;
    }
    if (policy.methods === 'mapped') {
      for (const mapped of target.mapped) {
        if (mapped.method === requested || allowsAlike(mapped, allowed, asked)) {
          addOnce(names, mapped.method);
        }
      }
      if (!target.takesMethod) continue;
    }
    if (!names.includes(requested) && mayAnnounce(requested)) names.push(requested);
  }
  return names;
}

/**
 * A list as it is written, without the methods for which a stricter policy applies, whether a handler
 * has it or what no controller serves.
 */
function listedMethods(
  methods: readonly string[],
  allowed: readonly CorsPolicy[],
  target: PreflightTarget,
  asked: AskedPreflight,
): readonly string[] {
  const announces = (method: string) =>
    method === asked.method || allowsAlike(servedAt(target, method), allowed, asked);
  // Nearly always the list itself.
  return methods.every(announces) ? methods : methods.filter(announces);
}

function servedAt(target: PreflightTarget, method: string): MappedMethod {
  for (const mapped of target.mapped) if (mapped.method === method) return mapped;
  return target.unnamed?.(method) ?? { method, policies: [] };
}

/** There are few methods: a list is searched faster than a set is made. */
function addOnce(names: string[], name: string): void {
  if (!names.includes(name)) names.push(name);
}

/** `*` is a token, but as a member of the list it would stand for every method. */
function mayAnnounce(method: string): boolean {
  return method !== '*' && isToken(method) && !isForbiddenMethod(method);
}

/** Whether a preflight for a method would allow what each of these policies allows, for as long. */
function allowsAlike(
  { method, policies, isUnmapped = false }: MappedMethod,
  allowed: readonly CorsPolicy[],
  asked: AskedPreflight,
): boolean {
  return policies.every((other) =>
    allowed.every(
      (policy) =>
        other !== false &&
        other.maxAge >= policy.maxAge &&
        other.credentials === policy.credentials &&
        sameNames(other.allowedHeaders, policy.allowedHeaders) &&
        allowsMethod(other.methods, method, isUnmapped) &&
        allowsOrigin(other.origin, policy.origin, method, asked),
    ),
  );
}

function allowsMethod(rule: CorsPolicy['methods'], method: string, isUnmapped: boolean): boolean {
  if (rule === 'mapped') return !isUnmapped;
  return rule === 'requested' || rule.includes(method);
}

/** Known without calling a user's function a second time, otherwise no: it may allow GET alone. */
function allowsOrigin(
  other: OriginRule,
  rule: OriginRule,
  method: string,
  asked: AskedPreflight,
): boolean {
  switch (other.kind) {
    case 'any':
      return true;
    case 'listed':
      return other === rule || other.matches(asked.origin);
    case 'dynamic':
      return other === rule && other.ignoresMethod?.(asked.toCorsRequest(), method) === true;
  }
}

function sameNames(a: CorsPolicy['allowedHeaders'], b: CorsPolicy['allowedHeaders']): boolean {
  if (a === b) return true;
  if (typeof a === 'string' || typeof b === 'string') return false;
  return a.length === b.length && a.every((name) => b.includes(name));
}

/** What is read of a preflight whose origin is allowed. */
interface AskedPreflight {
  readonly method: string;
  readonly origin: string;
  toCorsRequest(): CorsRequest;
}

/** A method at a path, with the policies of what serves it. */
export interface MappedMethod {
  readonly method: string;
  readonly policies: readonly (CorsPolicy | false)[];
  /** Whether no handler takes it, where others are mapped: `'mapped'` does not allow it then. */
  readonly isUnmapped?: boolean;
}

/** What the application serves at the path and method that a preflight asks about. */
export interface PreflightTarget {
  /**
   * The policies of the handlers that may serve the actual request: one, unless headers that a
   * preflight does not carry decide (header versions). Then what any of them allows is allowed, and
   * the policy of the handler that runs is final. `false` stands for `@Cors(false)`.
   */
  readonly policies: readonly (CorsPolicy | false)[];
  /** Whether it is the path, not a policy, that leaves `false`: it can be read in several ways. */
  readonly isAmbiguous?: boolean;
  /** The methods mapped at the path. */
  readonly mapped: readonly MappedMethod[];
  /**
   * A method that no route there names, with the policies of what serves it: a handler for all methods,
   * or what no controller serves.
   */
  readonly unnamed?: (method: string) => MappedMethod;
  /**
   * Whether the requested method counts as mapped: a handler takes it, or nothing at all is
   * mapped at the path, where refusing the method would disguise a 404 as a CORS error.
   */
  readonly takesMethod: boolean;
}

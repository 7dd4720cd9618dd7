import { isForbiddenMethod } from '../fetch/methods.js';
import { isToken } from '../fetch/tokens.js';
import type { CorsPolicy } from './policy.js';

/**
 * The members of `Access-Control-Allow-Methods`: only methods that a preflight of their
 * own would allow too, for at least as long. Browsers cache each name of the list for the response's
 * max-age, so one name too many would let a page skip the preflight of a stricter handler at the same
 * path.
 *
 * @param allowed the policies that allow the origin, at least one
 * @see https://fetch.spec.whatwg.org/#http-access-control-allow-methods
 */
export function announcedMethods(
  allowed: readonly CorsPolicy[],
  target: PreflightTarget,
  requested: string,
  origin: string,
): readonly string[] {
  const [first] = allowed;
  if (allowed.length === 1 && first !== undefined && typeof first.methods === 'object') {
    return listedMethods(first.methods, allowed, target, requested, origin);
  }

  const names: string[] = [];
  for (const policy of allowed) {
    if (typeof policy.methods === 'object') {
      const listed = listedMethods(policy.methods, allowed, target, requested, origin);
      for (const method of listed) addOnce(names, method);
      continue;
    }
    if (policy.methods === 'mapped') {
      for (const mapped of target.mapped) {
        if (mapped.method === requested || allowsAlike(mapped, allowed, origin)) {
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
 * A list as it is written, without the methods of stricter handlers. What nothing serves stays in it: a
 * browser is to show the 404, not a CORS error.
 */
function listedMethods(
  methods: readonly string[],
  allowed: readonly CorsPolicy[],
  target: PreflightTarget,
  requested: string,
  origin: string,
): readonly string[] {
  const announces = (method: string) =>
    method === requested ||
    allowsAlike({ method, policies: policiesAt(target, method) }, allowed, origin);
  // Nearly always the list itself.
  return methods.every(announces) ? methods : methods.filter(announces);
}

function policiesAt(target: PreflightTarget, method: string): MappedMethod['policies'] {
  for (const mapped of target.mapped) if (mapped.method === method) return mapped.policies;
  return target.unnamed?.(method) ?? [];
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
  { method, policies }: MappedMethod,
  allowed: readonly CorsPolicy[],
  origin: string,
): boolean {
  return policies.every((other) =>
    allowed.every(
      (policy) =>
        other === policy ||
        (other !== false &&
          other.maxAge >= policy.maxAge &&
          other.credentials === policy.credentials &&
          sameNames(other.allowedHeaders, policy.allowedHeaders) &&
          (typeof other.methods === 'string' || other.methods.includes(method)) &&
          allowsOrigin(other, policy, origin)),
    ),
  );
}

/** Known without calling a user's function a second time, otherwise no. */
function allowsOrigin(other: CorsPolicy, policy: CorsPolicy, origin: string): boolean {
  if (other.origin === policy.origin || other.origin.kind === 'any') return true;
  return other.origin.kind === 'listed' && other.origin.matches(origin);
}

function sameNames(a: CorsPolicy['allowedHeaders'], b: CorsPolicy['allowedHeaders']): boolean {
  if (a === b) return true;
  if (typeof a === 'string' || typeof b === 'string') return false;
  return a.length === b.length && a.every((name) => b.includes(name));
}

/** A method that the application serves at a path, with the policies of its handlers. */
export interface MappedMethod {
  readonly method: string;
  readonly policies: readonly (CorsPolicy | false)[];
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
   * The policies of what serves a method that no route there names, such as a handler for all methods;
   * empty: nothing does.
   */
  readonly unnamed?: (method: string) => MappedMethod['policies'];
  /**
   * Whether the requested method counts as mapped: a handler takes it, or nothing at all is
   * mapped at the path, where refusing the method would disguise a 404 as a CORS error.
   */
  readonly takesMethod: boolean;
}

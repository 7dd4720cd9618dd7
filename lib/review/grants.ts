import { isSafelistedResponseHeaderName } from '../fetch/header-names.js';
import { isSafelistedMethod } from '../fetch/methods.js';
import {
  type CorsPolicyFile,
  PASS_THROUGH,
  type PolicyFileOptions,
  type PolicyReference,
} from '../policy-file/policy-file.js';
import { type AllowedOrigins, readAllowedOrigins } from '../policy-file/allowed-origins.js';

/** What a policy of a file grants to pages. */
export interface Grant {
  readonly origins: AllowedOrigins;
  /** Methods beyond those that need no preflight; `'*'`: any. */
  readonly methods: Names;
  readonly requestHeaders: Names;
  readonly exposedHeaders: Names;
  readonly credentials: boolean;
  readonly timing: boolean;
  /** Seconds. No access. */
  readonly maxAge: number;
}

export type Names = '*' | ReadonlySet<string>;

/** What applies to a route: a policy, none, or the handler's own headers. */
export type Access = Grant | 'nothing' | 'unknown';

/** The grants of the policies of a file, each read once. */
export class Grants {
  private readonly known = new Map<string, Grant>();
  private readonly origins = new Map<string, AllowedOrigins>();

  constructor(private readonly file: CorsPolicyFile) {}

  of(reference: PolicyReference): Access {
    if (reference === false) return 'nothing';
    if (reference === PASS_THROUGH) return 'unknown';
    const options = this.file.policies[reference];
    if (options === undefined) return 'nothing';
    const known = this.known.get(reference) ?? this.read(options);
    this.known.set(reference, known);
    return known.origins.kind === 'none' ? 'nothing' : known;
  }

  private read(options: PolicyFileOptions): Grant {
    const { methods, allowedHeaders, exposedHeaders, credentials, timingAllowOrigin } = options;
    return {
      origins: this.originsOf(options),
      // At a route, its own method is mapped; where nothing is, any is allowed.
      methods: methods.value === 'mapped' ? '*' : namesOf(methods.value),
      requestHeaders: namesOf(allowedHeaders.value),
      exposedHeaders: exposedOf(namesOf(exposedHeaders.value)),
      credentials: credentials.value,
      timing: timingAllowOrigin.value,
      maxAge: options.maxAge.value,
    };
  }

  private originsOf({ origin: { value, declaredAt } }: PolicyFileOptions): AllowedOrigins {
    const key = JSON.stringify([value, declaredAt]);
    const origins = this.origins.get(key) ?? readAllowedOrigins(value, declaredAt, this.file.lists);
    this.origins.set(key, origins);
    return origins;
  }
}

function namesOf(names: '*' | readonly string[]): Names {
  return names === '*' || names.includes('*') ? '*' : new Set(names);
}

/** Without those that pages may read anyway. */
function exposedOf(names: Names): Names {
  if (names === '*') return names;
  return new Set([...names].filter((name) => !isSafelistedResponseHeaderName(name)));
}

/** Whether a page may use a method at all. */
export function allowsMethod({ methods }: Grant, method: string): boolean {
  return methods === '*' || isSafelistedMethod(method) || methods.has(method);
}

/** What the one has and the other has not. */
export function namesBeyond(before: Names, after: Names): '*' | readonly string[] {
  if (before === '*') return [];
  return after === '*' ? '*' : [...after].filter((name) => !before.has(name));
}

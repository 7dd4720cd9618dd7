import { normalizeMethod } from '../fetch/normalize-method.js';
import type { CorsPolicy } from '../policy/cors-policy.js';
import type { OriginRule } from '../policy/origin-rule.js';
import type { SourcedOptions } from './sourced-options.js';

/** Safari's cap: a longer time would hold in some browsers only. */
const DEFAULT_MAX_AGE = 600;

/**
 * Compiles an effective policy into what requests read. Its options are valid.
 *
 * @param origin the rule for the policy's `origin`; policies with the same origins share it, since
 * decisions for several policies know it by its identity and ask it once
 */
export function compilePolicy(options: SourcedOptions, origin: OriginRule): CorsPolicy {
  return Object.freeze({
    origin,
    credentials: options.credentials?.value ?? false,
    methods: compileMethods(options.methods?.value),
    allowedHeaders: compileAllowedHeaders(options.allowedHeaders?.value),
    exposedHeaders: compileNames(options.exposedHeaders?.value ?? []),
    maxAge: options.maxAge?.value ?? DEFAULT_MAX_AGE,
    timingAllowOrigin: options.timingAllowOrigin?.value ?? false,
  });
}

function compileMethods(methods: '*' | readonly string[] | undefined): CorsPolicy['methods'] {
  if (methods === undefined) return 'mapped';
  if (methods === '*') return 'requested';
  return Object.freeze([...new Set(methods.map(normalizeMethod))]);
}

function compileAllowedHeaders(
  names: '*' | readonly string[] | undefined,
): CorsPolicy['allowedHeaders'] {
  return names === undefined || names === '*' ? 'requested' : compileNames(names);
}

/** Names in lower case, each once; `*` stands for itself. */
function compileNames(names: '*' | readonly string[]): readonly string[] {
  const list = names === '*' ? ['*'] : names;
  return Object.freeze([...new Set(list.map((name) => name.toLowerCase()))]);
}

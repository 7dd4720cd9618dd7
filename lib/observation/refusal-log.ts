import { LRUCache } from 'lru-cache';
import type { CrossOriginFacts, RequestFacts } from '../platform/request-facts.js';
import type { PreflightDecision } from '../policy/decide-preflight.js';
import type { CorsDecision } from '../policy/decide-response.js';
import type { CorsOutcome } from '../policy/policy.js';
import type { PolicyRegistry } from '../routing/policy-registry.js';
import { isServed } from '../routing/route-entry.js';
import { type Refusal, refusalSentence } from './refusal-sentence.js';

/** How many refusals are remembered as logged: made-up origins must not fill the memory. */
const REMEMBERED = 1000;

/** Names each refusal once per origin, route and reason, with the change that would allow it. */
export class CorsRefusalLog {
  private readonly logged = new LRUCache<string, true>({ max: REMEMBERED });

  constructor(
    private readonly mode: DiagnosticsMode,
    private readonly policies: PolicyRegistry,
    private readonly warn: (message: string) => void,
  ) {}

  /** @returns a diagnosis to send along, if any */
  preflight(facts: CrossOriginFacts, { outcome, headers }: PreflightDecision): string | undefined {
    return this.report(facts, outcome, {
      announced: {
        methods: valueOf(headers, 'Access-Control-Allow-Methods'),
        headers: valueOf(headers, 'Access-Control-Allow-Headers'),
      },
      ...(facts.requestHeaders !== undefined && { requestedHeaders: facts.requestHeaders }),
    });
  }

  /** @returns a diagnosis to send along, if any */
  response(facts: CrossOriginFacts, { outcome }: CorsDecision): string | undefined {
    return this.report(facts, outcome, {});
  }

  private report(
    facts: CrossOriginFacts,
    outcome: CorsOutcome,
    details: Pick<Refusal, 'announced' | 'requestedHeaders'>,
  ): string | undefined {
    if (outcome === 'allowed' || outcome === 'not-a-cors-request') return undefined;
    const { origin, method } = facts;
    const route = routeName(facts);
    const key = `${outcome} ${origin.slice(0, 512)} ${method} ${route}`;
    const isNew = !this.logged.has(key);
    // Asked before anything is put into words: most refusals are not the first of their kind.
    if (!isNew && !this.mode.header) return undefined;

    const declared = this.policies.declaredOptionsOf(facts.policyIndex);
    const sentence = refusalSentence({
      outcome,
      origin,
      method,
      route,
      isServed: isServed(facts.route),
      originFalseAt: this.policies.originFalseAt(facts.policyIndex),
      resolver: resolverName(declared ? declared.origin?.value : undefined),
      from: (option) => (declared && declared[option]?.declaredAt) || 'forRoot()',
      ...details,
    });
    if (isNew && this.mode.log) {
      this.logged.set(key, true);
      this.warn(sentence);
    }
    return this.mode.header ? `${outcome}; ${sentence}` : undefined;
  }
}

/** The route with its handler; without one the path alone: the query may contain secrets. */
function routeName({ route, target }: RequestFacts): string {
  if (route === undefined) return target.split('?', 1)[0] ?? target;
  return route.handler === null ? route.path : `${route.path} (${route.handler})`;
}

/** By name if it has one of its own: the name of the property says nothing. */
function resolverName(origin: unknown): string | undefined {
  if (typeof origin !== 'function') return undefined;
  return origin.name === '' || origin.name === 'origin' ? 'the origin function' : origin.name;
}

function valueOf(headers: readonly string[], name: string): string {
  const index = headers.indexOf(name);
  return index === -1 ? '' : (headers[index + 1] ?? '');
}

/** Where diagnostics appear. */
export interface DiagnosticsMode {
  /** Whether the log has the table of routes and each refusal. */
  readonly log: boolean;
  /** Whether refused responses carry the header `Cors-Diagnosis`. */
  readonly header: boolean;
}

/**
 * The log is on unless the application runs in production. Headers that leave the server need an
 * explicit setting, since most containers set no `NODE_ENV`.
 *
 * @param option as written in `forRoot({ diagnostics })`
 */
export function diagnosticsMode(
  option: boolean | undefined,
  environment: string | undefined,
): DiagnosticsMode {
  return {
    log: option ?? environment !== 'production',
    header: option ?? environment === 'development',
  };
}

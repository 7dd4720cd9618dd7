import { optionsOf, originFalseAt } from '../options/declared-options.js';
import type { CrossOriginFacts, RequestFacts } from '../platform/request-facts.js';
import type { PreflightDecision } from '../policy/decide-preflight.js';
import type { CorsOutcome } from '../policy/policy.js';
import type { PolicyRegistry } from '../routing/policy-registry.js';
import { isServed } from '../routing/route-entry.js';
import type { CorsFailureLog } from './failure-log.js';
import { type Refusal, refusalSentence } from './refusal-sentence.js';

const ORIGIN_FUNCTION = 'the origin function';

/** Puts refusals into words, with what only this application knows of them. */
export class RefusalWords {
  constructor(
    private readonly policies: PolicyRegistry,
    private readonly failures: CorsFailureLog,
  ) {}

  declaredFor({ policyIndex }: RequestFacts): Declared {
    return this.policies.declaredOptionsOf(policyIndex);
  }

  /** Whether a function or class has just failed to answer about an origin: that is not a no. */
  hasFailed(declared: Declared, origin: string): boolean {
    const decides = optionsOf(declared)?.origin?.value;
    if (typeof decides !== 'function') return false;
    return [decides.name, ORIGIN_FUNCTION].some((asked) => this.failures.hasFailed(asked, origin));
  }

  /** Why a browser sends no actual request. */
  ofPreflight(facts: CrossOriginFacts, { outcome, headers }: PreflightDecision): string {
    return this.sentence(facts, outcome, this.declaredFor(facts), {
      announced: {
        methods: valueOf(headers, 'Access-Control-Allow-Methods'),
        headers: valueOf(headers, 'Access-Control-Allow-Headers'),
      },
      ...(facts.requestHeaders !== undefined && { requestedHeaders: facts.requestHeaders }),
    });
  }

  /**
   * Why a browser shows no response.
   *
   * @param declared the policy, where it belongs to no route
   */
  ofResponse(facts: CrossOriginFacts, outcome: CorsOutcome, declared?: Declared): string {
    return this.sentence(facts, outcome, declared ?? this.declaredFor(facts), {});
  }

  private sentence(
    facts: CrossOriginFacts,
    outcome: CorsOutcome,
    declared: Declared,
    details: Pick<Refusal, 'announced' | 'requestedHeaders'>,
  ): string {
    if (outcome === 'allowed' || outcome === 'not-a-cors-request') return '';
    const { origin, isProbe, method } = facts;
    return refusalSentence({
      outcome,
      origin,
      isProbe,
      method,
      route: routeName(facts),
      isServed: isServed(facts.route),
      originFalseAt: originFalseAt(declared),
      readings: outcome === 'ambiguous-path' ? this.policies.paths.describe(facts.target) : [],
      resolver: resolverName(optionsOf(declared)?.origin?.value),
      hasFailed: this.hasFailed(declared, origin),
      from: (option) => optionsOf(declared)?.[option]?.declaredAt ?? 'forRoot()',
      ...details,
    });
  }
}

/** The options of a policy with where they are written. */
export type Declared = ReturnType<PolicyRegistry['declaredOptionsOf']>;

/** The route with its handler; without one the path alone: the query may contain secrets. */
export function routeName({ route, target }: RequestFacts): string {
  if (route === undefined) return target.split('?', 1)[0] ?? target;
  return route.handler === null ? route.path : `${route.path} (${route.handler})`;
}

/** By name if it has one of its own: the name of the property says nothing. */
function resolverName(origin: unknown): string | undefined {
  if (typeof origin !== 'function') return undefined;
  return origin.name === '' || origin.name === 'origin' ? ORIGIN_FUNCTION : origin.name;
}

function valueOf(headers: readonly string[], name: string): string {
  const index = headers.indexOf(name);
  return index === -1 ? '' : (headers[index + 1] ?? '');
}

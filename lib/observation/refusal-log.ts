import { LRUCache } from 'lru-cache';
import type { DecidedResponse } from '../platform/gate-observer.js';
import type { PreflightMessage } from '../platform/preflight-message.js';
import type { PreflightDecision } from '../policy/decide-preflight.js';
import type { PolicyRegistry } from '../routing/policy-registry.js';
import type { RouteEntry } from '../routing/route-entry.js';
import type { RouteTable } from '../routing/route-table.js';
import { type Refusal, refusalSentence } from './refusal-sentence.js';

/** How many refusals are remembered as told: made-up origins must not fill the memory. */
const REMEMBERED = 1000;

/** Names each refusal once per origin, route and reason, with the change that would allow it. */
export class CorsRefusalLog {
  private readonly told = new LRUCache<string, true>({ max: REMEMBERED });

  constructor(
    private readonly mode: DiagnosticsMode,
    private readonly policies: PolicyRegistry,
    private readonly routes: RouteTable,
    private readonly warn: (message: string) => void,
  ) {}

  /** @returns a diagnosis to send along, if any */
  preflight(message: PreflightMessage, decision: PreflightDecision): string | undefined {
    const { origin, method, target, source, reader, headers } = message;
    const hostname = () => reader.describe(source, method).hostname;
    const [entry] = this.routes.candidates(method, target, hostname);
    return this.tell({
      ...this.describe(entry, target),
      outcome: decision.outcome,
      origin,
      method,
      announced: {
        methods: valueOf(decision.headers, 'Access-Control-Allow-Methods'),
        headers: valueOf(decision.headers, 'Access-Control-Allow-Headers'),
      },
      ...(headers !== undefined && { requestedHeaders: headers }),
    });
  }

  /** @returns a diagnosis to send along, if any */
  response(response: DecidedResponse): string | undefined {
    const { method, hostname } = response.reader.describe(response.source);
    const { policyIndex, target, decision, origin = '' } = response;
    const entry = this.routes
      .candidates(method, target, () => hostname)
      .find((candidate) => candidate.policyIndex === policyIndex);
    const place = this.describe(entry, target);
    return this.tell({ ...place, outcome: decision.outcome, origin, method });
  }

  private tell(told: Omit<Refusal, 'outcome'> & { outcome: string }): string | undefined {
    if (told.outcome === 'allowed' || told.outcome === 'not-a-cors-request') return undefined;
    const refusal = told as Refusal;
    const key = `${refusal.outcome} ${refusal.origin.slice(0, 512)} ${refusal.method} ${refusal.route}`;
    const isNew = !this.told.has(key);
    if (!isNew && !this.mode.header) return undefined;
    const sentence = refusalSentence(refusal);
    if (isNew && this.mode.log) {
      this.told.set(key, true);
      this.warn(sentence);
    }
    return this.mode.header ? `${refusal.outcome}; ${sentence}` : undefined;
  }

  private describe(
    entry: RouteEntry | undefined,
    target: string,
  ): Pick<Refusal, 'route' | 'from' | 'isServed' | 'asked'> {
    const sources = this.policies.sourcesOf(this.policies.indexFor(entry, target));
    return {
      asked: askedOf(sources ? sources.origin?.value : undefined),
      isServed: Boolean(entry?.handler),
      // The query may hold what no log should.
      route: entry ? `${entry.path}${entry.handler ? ` (${entry.handler})` : ''}` : pathOf(target),
      from: (option) => (sources && sources[option]?.declaredAt) || 'forRoot()',
    };
  }
}

/** By name where it has one: the property's own name says nothing. */
function askedOf(origin: unknown): string | undefined {
  if (typeof origin !== 'function') return undefined;
  return origin.name === '' || origin.name === 'origin' ? 'the origin function' : origin.name;
}

function pathOf(target: string): string {
  return target.split('?', 1)[0] ?? target;
}

function valueOf(headers: readonly string[], name: string): string {
  const index = headers.indexOf(name);
  return index === -1 ? '' : (headers[index + 1] ?? '');
}

/** What diagnostics say, and to whom. */
export interface DiagnosticsMode {
  /** Whether the log has the table of routes and each refusal. */
  readonly log: boolean;
  /** Whether refused answers carry the header `Cors-Diagnosis`. */
  readonly header: boolean;
}

/**
 * The log speaks unless the application runs in production. What leaves the server needs a clear
 * word, since most containers set no `NODE_ENV`.
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

import { Inject, Injectable } from '@nestjs/common';
import type { Fix } from './browser/index.js';
import { CORS_RUNTIME } from './cors.constants.js';
import type { CorsRuntime } from './cors.runtime.js';
import type { CorsExplanation } from './diagnostics/cors-explanation.js';
import type { CorsQuestion } from './diagnostics/cors-question.js';
import { explainPolicy } from './diagnostics/explain-policy.js';
import { explainRequest, type ExplainedAnswer } from './diagnostics/explain-request.js';
import { routeReport, type CorsRoute } from './diagnostics/route-report.js';
import { routeTableText } from './diagnostics/route-table-text.js';
import type { CorsRequest } from './policy/cors-request.js';
import type { RouteEntry } from './routing/route-entry.js';

/** Answers questions about the application's CORS policies. Inject it anywhere. */
@Injectable()
export class CorsService {
  constructor(@Inject(CORS_RUNTIME) private readonly runtime: CorsRuntime) {}

  /**
   * Says what a browser would make of a request, and why, without one being sent: the route, the
   * effective policy with the place each option is written at, the headers, the browser's own
   * message and the change that would allow it. An origin function is asked, as by a request.
   *
   * @throws TypeError for an origin or a URL that cannot be read
   * @example permitted
   * await cors.explain({ origin: 'https://app.example.com', method: 'PUT', url: '/orders/1' })
   * @example prohibited: an origin ends before the path
   * await cors.explain({ origin: 'https://app.example.com/page', url: '/orders' })
   */
  async explain(question: CorsQuestion): Promise<CorsExplanation> {
    const { routes, policies } = this.runtime;
    const asked: CorsRequest[] = [];
    const told = await explainRequest(question, {
      preflight: (request, headers) => {
        asked.push(request);
        return this.runtime.gate.askPreflight({
          origin: request.origin,
          method: request.method,
          headers,
          target: request.url,
          source: request,
          reader: { describe: () => request, isSameOrigin: () => false },
        });
      },
      respond: (request) => {
        asked.push(request);
        return this.respond(request);
      },
    });

    const [request] = asked;
    const candidates = request
      ? routes.candidates(request.method, request.url, () => request.hostname)
      : [];
    const [entry, ...others] = candidates;
    return {
      route: entry ? `${entry.method} ${entry.path} → ${entry.handler ?? 'no controller'}` : null,
      otherCandidates: others.map(({ handler, method, path }) => handler ?? `${method} ${path}`),
      policy: explainPolicy(policies.sourcesOf(entry?.policyIndex ?? 0) ?? false),
      ...told,
      fix: told.outcome === 'cors-disabled' ? switchOn(told.fix, entry) : told.fix,
    };
  }

  /** Every route of the application with its effective policy, in the order of registration. */
  routes(): CorsRoute[] {
    const { routes, policies } = this.runtime;
    return routeReport(routes.entries, (index) => policies.sourcesOf(index));
  }

  /** The same as one table for a terminal. */
  describeRoutes(): string {
    return routeTableText(this.routes());
  }

  private async respond(request: CorsRequest): Promise<ExplainedAnswer> {
    const { outcome, headers, varyByOrigin } = await this.runtime.gate.respond(request);
    const vary = varyByOrigin ? ['Vary', 'Origin'] : [];
    return { status: 200, outcome, headers: [...headers, ...vary] };
  }
}

/** A browser cannot know that CORS is switched off on purpose. */
function switchOn(fix: Fix | null, entry: RouteEntry | undefined): Fix | null {
  return (
    fix && {
      ...fix,
      sentence: `\`@Cors(false)\` switches CORS off for ${entry?.handler ?? 'this route'}. Remove it, or write \`@Cors()\` on the handler to start again from the global policy.`,
    }
  );
}

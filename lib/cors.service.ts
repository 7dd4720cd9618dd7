import { Inject, Injectable } from '@nestjs/common';
import type { Fix } from './browser/index.js';
import { CORS_RUNTIME } from './cors.constants.js';
import type { CorsRuntime } from './cors.runtime.js';
import {
  type CorsExplanation,
  type CorsQuestion,
  type ExplainedAnswer,
  explainRequest,
} from './explanation/explain-request.js';
import {
  type CorsRoute,
  explainPolicy,
  routeReport,
  routeTableText,
} from './explanation/route-report.js';
import { type CorsSocketOptions, socketOptions } from './neighbours/socket-options.js';
import { exactOrigins } from './neighbours/trusted-origins.js';
import { switchedOff } from './observation/refusal-sentence.js';
import type { CompiledPolicy } from './options/compile-configuration.js';
import type { CorsPolicyName } from './options/cors-options.js';
import type { OriginResolverClass } from './options/cors-origin.js';
import type { CorsPolicyOptions } from './options/cors-policy-options.js';
import type { CorsRequest } from './policy/policy.js';
import { GLOBAL_POLICY, type RouteEntry } from './routing/route-entry.js';

/** Answers questions about the application's CORS policies. Inject it anywhere. */
@Injectable()
export class CorsService {
  /** @internal */
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
    const policyIndex = policies.indexFor(entry, request?.url ?? '');
    return {
      route: entry ? `${entry.method} ${entry.path} → ${entry.handler ?? 'no controller'}` : null,
      otherCandidates: others.map(({ handler, method, path }) => handler ?? `${method} ${path}`),
      policy: explainPolicy(policies.sourcesOf(policyIndex) ?? false),
      ...told,
      fix: told.outcome === 'cors-disabled' ? switchOn(told.fix, entry) : told.fix,
    };
  }

  /** Every route of the application with its effective policy, in the order of registration. */
  routes(): CorsRoute[] {
    const { routes, policies } = this.runtime;
    return routeReport(routes.entries, (entry) =>
      policies.sourcesOf(policies.indexFor(entry, entry.path)),
    );
  }

  /** The same as one table for a terminal. */
  describeRoutes(): string {
    return routeTableText(this.routes());
  }

  /**
   * Changes a named policy, or the global one, while the application runs: option by option, what is
   * not written stays; a list replaces, never adds. Every policy that builds on it follows. All
   * policies are swapped at once; requests in flight keep those they began with. Only this process
   * changes: where several run, let each of them hear of it.
   *
   * @throws CorsConfigError (the promise rejects) when anything is refused; then nothing has changed
   * @example permitted
   * await cors.update('partner', { origin: ['https://a.partner.example', 'https://b.partner.example'] })
   * @example prohibited: what holds for the application is written in forRoot()
   * await cors.update({ diagnostics: true })
   */
  async update(options: Partial<CorsPolicyOptions>): Promise<void>;
  async update(policy: CorsPolicyName, options: Partial<CorsPolicyOptions>): Promise<void>;
  async update(first: unknown, ...rest: unknown[]): Promise<void> {
    const { configuration } = this.runtime;
    if (typeof first === 'string') await configuration.update(first, rest[0]);
    else await configuration.update(undefined, first);
  }

  /**
   * Drops what resolver classes have answered: the next request asks again.
   *
   * @param of the name of a policy, or the class itself; absent: all classes
   * @param scope one scope only, such as the tenant whose origins changed
   * @throws TypeError for a name that `policies` does not have
   * @example permitted
   * cors.forget(TenantOrigins, 'acme.example.com')
   * @example prohibited: an origin is no scope
   * cors.forget(TenantOrigins, 'https://app.acme.example.com')
   */
  forget(of?: CorsPolicyName | OriginResolverClass, scope?: string): void {
    const { resolvers } = this.runtime;
    if (typeof of !== 'string') return resolvers.forget(of, scope);
    const { declared } = this.policyOf(of);
    const origin = declared && declared.origin?.value;
    if (typeof origin === 'function') resolvers.forget(origin as OriginResolverClass, scope);
  }

  /**
   * The exact origins of a policy, for `app.enableCsrfProtection({ trustedOrigins })`: one list, not
   * two. Patterns, RegExps, functions and classes name no exact origins, so they are not in it. It is
   * the list of the moment: it does not follow `update()`.
   *
   * @param policy the name of a policy; absent: the global policy
   * @throws TypeError for a policy that allows any origin, and for an unknown name
   * @example permitted
   * app.enableCsrfProtection({ trustedOrigins: app.get(CorsService).trustedOrigins() })
   * @example prohibited: `'*'` trusts everybody
   * cors.trustedOrigins('public')
   */
  trustedOrigins(policy?: CorsPolicyName): string[] {
    const { declared } = this.policyOf(policy);
    return exactOrigins(declared, policy ?? 'the global policy');
  }

  /**
   * A policy as options of a socket.io server, for an `IoAdapter`: `cors` answers HTTP long-polling,
   * `allowRequest` refuses handshakes, WebSocket's too, which CORS does not cover. It follows
   * `update()`. The host name is that of the header `Host`: no trust-proxy setting is read.
   *
   * @param policy the name of a policy; absent: the global policy
   * @throws TypeError for an unknown name
   * @example permitted
   * createIOServer(port: number, options?: ServerOptions) {
   *   return super.createIOServer(port, { ...options, ...this.cors.socketOptions() });
   * }
   * @example prohibited: without `allowRequest` any page opens a WebSocket
   * { cors: this.cors.socketOptions().cors }
   */
  socketOptions(policy?: CorsPolicyName): CorsSocketOptions {
    this.policyOf(policy);
    return socketOptions(() => this.policyOf(policy).policy);
  }

  private policyOf(name: string | undefined): CompiledPolicy {
    const { policies } = this.runtime;
    if (name === undefined) {
      return {
        policy: policies.current[GLOBAL_POLICY]?.policy ?? false,
        declared: policies.sourcesOf(GLOBAL_POLICY) ?? false,
      };
    }
    const policy = policies.named.get(name);
    if (policy !== undefined) return policy;
    const names = [...policies.named.keys()].map((known) => `\`${known}\``).join(', ');
    throw new TypeError(
      `Expected the name of a policy, got \`${name}\`. ${names === '' ? 'There is none yet.' : `The names are ${names}.`}`,
    );
  }

  private async respond(request: CorsRequest): Promise<ExplainedAnswer> {
    const { outcome, headers, varyByOrigin } = await this.runtime.gate.respond(request);
    const vary = varyByOrigin ? ['Vary', 'Origin'] : [];
    return { status: 200, outcome, headers: [...headers, ...vary] };
  }
}

/** A browser cannot know that CORS is switched off on purpose. */
function switchOn(fix: Fix | null, entry: RouteEntry | undefined): Fix | null {
  const where = entry?.handler ? `for ${entry.handler}` : undefined;
  return fix && { ...fix, sentence: switchedOff(where) };
}

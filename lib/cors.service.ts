import { Inject, Injectable } from '@nestjs/common';
import { CORS_RUNTIME } from './cors.constants.js';
import type { CorsRuntime } from './cors.runtime.js';
import type { CorsExplanation, CorsQuestion } from './explanation/explain-request.js';
import { type CorsRoute, routeReport, routeTableText } from './explanation/route-report.js';
import { socketProblemLog } from './neighbours/socket-problem-log.js';
import type { CorsSocketOptions, SocketParts, SocketRequest } from './neighbours/socket-options.js';
import { exactOrigins, refuseAnyOrigin } from './neighbours/trusted-origins.js';
import { GuardedLogger } from './observation/bounded-log.js';
import type { CompiledPolicy } from './options/compile-configuration.js';
import { optionsOf } from './options/declared-options.js';
import type { CorsPolicyName } from './options/cors-options.js';
import type { OriginResolverClass } from './options/cors-origin.js';
import type { CorsPolicyOptions } from './options/cors-policy-options.js';
import { listNames } from './options/refusal/suggestions.js';
import type { CorsPolicyFile } from './policy-file/policy-file.js';
import { writePolicyFile } from './policy-file/write-policy-file.js';
import { hasOrigin } from './platform/request-facts.js';
import { GLOBAL_POLICY } from './routing/route-entry.js';

/** Answers questions about the application's CORS policies. Inject it anywhere. */
@Injectable()
export class CorsService {
  /** @internal */
  constructor(@Inject(CORS_RUNTIME) private readonly known: CorsRuntime | undefined) {}

  private get runtime(): CorsRuntime {
    if (this.known !== undefined) return this.known;
    throw new Error(
      'Expected the options of `CorsModule.forRootAsync()`, got none: this is a preview, in which Nest runs no factory. Write them with `CorsModule.forRoot()`, or start the application.',
    );
  }

  /**
   * Explains what a browser would make of a request, without sending it: the route, the effective
   * policy with the place each option is written at, the headers, the browser's own message and the
   * change that would allow it. An origin function is called, as by a real request.
   *
   * @throws TypeError for an origin or a URL that cannot be read
   * @example permitted
   * await cors.explain({ origin: 'https://app.example.com', method: 'PUT', url: '/orders/1' })
   * @example prohibited: an origin has no path
   * await cors.explain({ origin: 'https://app.example.com/page', url: '/orders' })
   */
  async explain(question: CorsQuestion): Promise<CorsExplanation> {
    // With it comes the browser's side, which no request needs.
    const { explainRequest } = await import('./explanation/explain-request.js');
    const { pipeline, resolvers } = this.runtime;
    return explainRequest(question, pipeline, (origin) => resolvers.hasNoInstance(origin));
  }

  /** Every route of the application with its effective policy, in the order of registration. */
  routes(): CorsRoute[] {
    const { routes, policies } = this.runtime;
    return routeReport(routes.entries, (entry) =>
      policies.declaredOptionsOf(policies.indexFor(entry, entry.path)),
    );
  }

  /** The same as one table for a terminal. */
  describeRoutes(): string {
    return routeTableText(this.routes());
  }

  /**
   * Who may read what: every route and path with its effective policy and the place at which each option
   * is written, as a value that survives JSON. It is what `npx nestjs-cors policy` writes to
   * `cors.policy.json`, and what `diff`, `verify` and `audit` read. Functions and classes are named,
   * never called. It is a snapshot: it does not follow `update()`.
   *
   * @example permitted
   * await writeFile('cors.policy.json', JSON.stringify(app.get(CorsService).policy(), null, 2))
   * @example prohibited: it says what is allowed; a change belongs in the options
   * cors.policy().policies['forRoot()'] = …
   */
  policy(): CorsPolicyFile {
    const { runtime } = this;
    return writePolicyFile(runtime.routes.entries, runtime.policies, runtime.routerSettings());
  }

  /**
   * Changes a named policy, or the global one, while the application runs. Options that are not
   * written stay as they are; a list replaces, never adds. Every policy built on it follows. All
   * policies are swapped at once, when the promise resolves; requests in flight keep those they began
   * with. Until then every request gets the old ones: the new ones are compiled a few milliseconds at
   * a time, so that long lists hold up nothing. Only this process changes: if you run several, notify
   * each of them.
   *
   * @throws CorsConfigError (the promise rejects) when anything is refused; nothing has changed then
   * @example permitted
   * await cors.update('partner', { origin: ['https://a.partner.example', 'https://b.partner.example'] })
   * @example prohibited: options of the application belong in forRoot()
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
   * Drops the cached answers of resolver classes: the next request asks again.
   *
   * @param of the name of a policy, or the class itself; absent: all classes
   * @param scope one scope only, such as the tenant whose origins changed
   * @throws TypeError for a name that `policies` does not have
   * @example permitted
   * cors.forget(TenantOrigins, 'acme.example.com')
   * @example prohibited: an origin is not a scope
   * cors.forget(TenantOrigins, 'https://app.acme.example.com')
   */
  forget(of?: CorsPolicyName | OriginResolverClass, scope?: string): void {
    const { resolvers } = this.runtime;
    if (typeof of !== 'string') return resolvers.forget(of, scope);
    const { declared } = this.policyOf(of);
    const origin = optionsOf(declared)?.origin?.value;
    if (typeof origin === 'function') resolvers.forget(origin as OriginResolverClass, scope);
  }

  /**
   * The exact origins of a policy, for `app.enableCsrfProtection({ trustedOrigins })`: one list, not
   * two. Patterns, RegExps, functions and classes name no exact origins, so they are not in it. It is
   * a snapshot: it does not follow `update()`.
   *
   * @param policy the name of a policy; absent: the global policy
   * @throws TypeError for a policy that allows any origin, and for an unknown name
   * @example permitted
   * app.enableCsrfProtection({ trustedOrigins: app.get(CorsService).trustedOrigins() })
   * @example prohibited: `'*'` trusts every origin
   * cors.trustedOrigins('public')
   */
  trustedOrigins(policy?: CorsPolicyName): string[] {
    const { declared } = this.policyOf(policy);
    return exactOrigins(declared, policy ?? 'the global policy');
  }

  /**
   * A policy as options of a WebSocket server. For socket.io, in an `IoAdapter`: `cors` answers HTTP
   * long-polling, `allowRequest` refuses handshakes, including those of WebSocket, which CORS does not
   * cover. For `ws`, in a `WsAdapter`: `verifyClient` does the same. They follow `update()`, read host
   * and protocol with the platform's trust-proxy setting, and log refusals as those of HTTP are.
   *
   * Admitted are pages of the application's own origin, clients without `Origin` (not browsers), and
   * the origins of the policy. Browsers send cookies with every handshake, so a policy with `'*'` is
   * refused; should an update bring `'*'` later, handshakes of other origins are refused from then on.
   * Under a policy without `credentials`, pages of other origins are admitted without `Cookie`: it is
   * taken off the request.
   *
   * @param policy the name of a policy; absent: the global policy
   * @throws TypeError for an unknown name, and for a policy that allows any origin
   * @example permitted
   * createIOServer(port: number, options?: ServerOptions) {
   *   return super.createIOServer(port, { ...options, ...this.cors.socketOptions() });
   * }
   * @example prohibited: without `allowRequest` any page opens a WebSocket
   * { cors: this.cors.socketOptions().cors }
   */
  socketOptions(policy?: CorsPolicyName): CorsSocketOptions {
    const name = policy ?? 'the global policy';
    const danger = 'any page could open a WebSocket here, with the cookies of its visitor';
    refuseAnyOrigin(this.policyOf(policy).declared, name, danger);
    const helpers = () => import('./neighbours/socket-options.js');
    const parts: SocketParts = {
      policy: () => this.policyOf(policy).policy,
      factsOf: (request) => this.runtime.factsOf(request),
      onRefused: (facts, outcome) => {
        if (!hasOrigin(facts)) return;
        this.runtime.refusals?.handshake(facts, outcome, this.policyOf(policy).declared);
      },
      onProblem: socketProblemLog(name, new GuardedLogger('CorsModule')),
    };
    const handshake = async (request: SocketRequest) =>
      (await helpers()).admitsHandshake(parts, request);
    return {
      cors(request, callback) {
        void helpers().then(({ answerPolling }) => answerPolling(parts, request, callback));
      },
      allowRequest(request, callback) {
        void handshake(request).then((yes) => callback(yes ? null : 'origin not allowed', yes));
      },
      // Two parameters: by their number `ws` knows that the answer comes later.
      verifyClient({ req }, callback) {
        void handshake(req).then((yes) => (yes ? callback(true) : callback(false, 403)));
      },
    };
  }

  private policyOf(name: string | undefined): CompiledPolicy {
    const { policies } = this.runtime;
    if (name === undefined) {
      return {
        policy: policies.current[GLOBAL_POLICY]?.policy ?? false,
        declared: policies.declaredOptionsOf(GLOBAL_POLICY) ?? false,
      };
    }
    const policy = policies.named.get(name);
    if (policy !== undefined) return policy;
    throw new TypeError(
      `Expected the name of a policy, got \`${name}\`. ${listNames([...policies.named.keys()])}`,
    );
  }
}

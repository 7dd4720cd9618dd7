import { PLATFORMS } from '../platform/platforms.js';
import { decidePreflight, type PreflightDecision } from '../policy/decide-preflight.js';
import { type CorsDecision, decideResponse } from '../policy/decide-response.js';
import type { CorsRequest } from '../policy/policy.js';
import { isLeftToOthers, locatePreflight } from '../routing/locate-preflight.js';
import { PolicyRegistry } from '../routing/policy-registry.js';
import { HostFilter, isConditional, type RouteEntry } from '../routing/route-entry.js';
import { RouteTable, type RoutedRequest } from '../routing/route-table.js';
import type { CorsPolicyFile, PolicyFileOrigin, PolicyFileRoute } from './policy-file.js';
import { DecidedAtRunTime, PolicyReader, type RuleFor } from './policy-reader.js';
import { PolicyFileError } from './read-policy-file.js';

/** A request to an application that is known by its file alone. */
export interface ModelRequest {
  /** In a preflight, the method that it asks about. */
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** The header `Host`. */
  readonly host: string;
  readonly origin?: string;
  /** `Access-Control-Request-Headers`. */
  readonly requestHeaders?: string;
}

/** What the application answers, as far as its file says. */
export type ModelAnswer<Decision> =
  | {
      readonly kind: 'decided';
      readonly decision: Decision;
      /** The route that serves the request; undefined: none. */
      readonly route: RouteEntry | undefined;
    }
  /** A function or a class decides, by its name in the file. */
  | { readonly kind: 'at run time'; readonly by: string }
  /** CORS is left to a handler. */
  | { readonly kind: 'left to the application' }
  /** Routes of one path have several policies, and what chooses among them is not in the request. */
  | { readonly kind: 'by version' };

/**
 * An application as its policy file has it. It decides with the very code that serves requests, and
 * with the path table of the application's platform.
 */
export class PolicyModel {
  private constructor(
    private readonly routes: RouteTable,
    private readonly policies: PolicyRegistry,
    private readonly written: ReadonlyMap<RouteEntry, PolicyFileRoute>,
  ) {}

  /**
   * @param ruleFor the rule for a list of origins, and where it is written: without it, the list
   * @throws PolicyFileError where the file is of an application that serves no HTTP
   */
  static async of(
    file: CorsPolicyFile,
    ruleFor: RuleFor = (origins) => origins,
  ): Promise<PolicyModel> {
    const name = file.platform?.name ?? '';
    const platform = Object.hasOwn(PLATFORMS, name) ? PLATFORMS[name] : undefined;
    if (platform === undefined || file.platform === null) {
      throw new PolicyFileError(
        `Expected \`platform\` to be \`express\` or \`fastify\`, got \`${file.platform?.name ?? 'null'}\`. Write the file with an application that has an HTTP platform.`,
      );
    }
    const { router } = file.platform;
    const policies = readPolicies(file, ruleFor);
    const routes = new RouteTable(() => platform.pathTableFor(router));
    const written = new Map<RouteEntry, PolicyFileRoute>();
    for (const route of file.routes) {
      const policyIndex = policies.indexOf(PolicyModel, String(route.policy)) ?? 0;
      const entry = readRoute(route, policyIndex, name);
      written.set(entry, route);
      platform.addRoute(routes, entry);
    }
    await routes.ready();
    return new PolicyModel(routes, policies, written);
  }

  /**
   * The routes of the file that may serve a request: the first one, or where a version or a constraint
   * decides, one of them.
   */
  serving(request: ModelRequest): readonly PolicyFileRoute[] {
    return this.routes
      .candidates(new ModelFacts(request))
      .flatMap((entry) => this.written.get(entry) ?? []);
  }

  /** The answer to a preflight that asks about a request. */
  preflight(request: ModelRequest & { readonly origin: string }): ModelAnswer<PreflightDecision> {
    const facts = new ModelFacts(request);
    const target = locatePreflight(this.routes, this.policies, facts);
    if (isLeftToOthers(target, this.policies)) return { kind: 'left to the application' };
    const { method, origin, requestHeaders } = request;
    return decided(target.serving[0], () =>
      decidePreflight(target, { method, origin, requestHeaders, toCorsRequest: notRead }),
    );
  }

  /** What the response to a request says, whatever its status. */
  response(request: ModelRequest): ModelAnswer<CorsDecision> {
    const facts = new ModelFacts(request);
    const { current } = this.policies;
    const candidates: (RouteEntry | undefined)[] = [...this.routes.candidates(facts)];
    // Where no version holds, nothing serves the request.
    const isOpen = candidates.every((entry) => entry === undefined || isConditional(entry));
    const prepared = [...candidates, ...(isOpen ? [undefined] : [])].map(
      (entry) => current[this.policies.indexFor(entry, request.target)],
    );
    const [first] = prepared;
    if (first === undefined || prepared.some((one) => one !== first)) return { kind: 'by version' };
    if (first.passesThrough) return { kind: 'left to the application' };
    const { origin } = request;
    return decided(candidates[0], () => decideResponse(first, { origin, toCorsRequest: notRead }));
  }
}

function decided<Decision>(
  route: RouteEntry | undefined,
  decide: () => Decision | Promise<Decision>,
): ModelAnswer<Decision> {
  try {
    const decision = decide();
    // Only what is decided at run time takes its time.
    if (decision instanceof Promise) return { kind: 'at run time', by: '' };
    return { kind: 'decided', decision, route };
  } catch (error) {
    if (!(error instanceof DecidedAtRunTime)) throw error;
    return { kind: 'at run time', by: error.by };
  }
}

/** Only functions of users read it, and there are none. */
function notRead(): CorsRequest {
  return { origin: '', method: '', url: '', hostname: '', protocol: '' };
}

class ModelFacts implements RoutedRequest {
  readonly method: string;
  readonly target: string;

  constructor(private readonly request: ModelRequest) {
    this.method = request.method;
    this.target = request.target;
  }

  hostname(): string {
    return this.request.host.replace(/:\d*$/, '');
  }

  hostHeader(): string {
    return this.request.host;
  }
}

/** The registry that requests read: the global policy, one for each that a route has, those of `paths`. */
function readPolicies(file: CorsPolicyFile, ruleFor: RuleFor): PolicyRegistry {
  const references = [...new Set(file.routes.map(({ policy }) => policy))];
  const reader = new PolicyReader(file, ruleFor);
  const paths = Object.entries(file.paths);
  return new PolicyRegistry(
    references.map((reference) => ({
      controller: PolicyModel,
      handler: String(reference),
      callback: {},
    })),
    {
      policies: [file.global, ...references, ...paths.map(([, reference]) => reference)].map(
        (reference) => reader.read(reference),
      ),
      paths: paths.map(([key]) => key),
      named: new Map(),
      candidate: undefined,
      application: file.application,
      warnings: [],
      diagnostics: undefined,
    },
  );
}

function readRoute(route: PolicyFileRoute, policyIndex: number, platform: string): RouteEntry {
  const { method, path, handler, host, version, constraints = {} } = route;
  const { host: ownHost, ...others } = Object.fromEntries(
    Object.entries(constraints).map(([key, value]) => [key, readText(value)] as const),
  );
  // On Fastify a version is a constraint, unless it is none: it is written once.
  const isNamed = version !== undefined && version.join() !== 'neutral';
  const hidden = { ...others, ...(platform === 'fastify' && isNamed && { version }) };
  const isConstrained = ownHost !== undefined || Object.keys(hidden).length > 0;
  return {
    method,
    path,
    handler,
    policyIndex,
    versioned: version !== undefined,
    ...(version !== undefined && { versions: version }),
    ...(host !== undefined && { host: new HostFilter(host.map(readText)) }),
    ...(isConstrained && {
      constraints: { hidden, ...(ownHost !== undefined && { host: ownHost }) },
    }),
  };
}

/** @throws PolicyFileError for what is no RegExp */
function readText(value: PolicyFileOrigin): string | RegExp {
  if (typeof value === 'string') return value;
  try {
    return new RegExp(value.source, value.flags);
  } catch {
    throw new PolicyFileError(
      `Expected a RegExp, got \`/${value.source}/${value.flags}\`. Write the file again with \`npx nestjs-cors policy\`.`,
    );
  }
}

import { type FlatPolicy, Losses, policiesAt } from '../approximate/flat-policy.js';
import { pathSource } from '../approximate/path-source.js';
import { type Yaml, yamlLines } from '../approximate/yaml.js';
import { EdgeError, type EdgeMode, type EdgeTarget, headed, headOf } from '../edge-target.js';
import { matcherOf } from '../expression.js';
import { CLIMBING, UNDECODABLE } from '../paths/odd-paths.js';
import type { EdgePlan } from '../plan/plan-edge.js';
import type { EdgeTables, Place } from '../tables.js';
import { gatewayExample } from './gateway-example.js';
import { allowsNoMore, corsFilter, ruleOrigins } from './gateway-policy.js';

/** An HTTPRoute of the Gateway API, with the CORS filter of its standard channel: approximate. */
export const gatewayApi: EdgeTarget = {
  title: 'Gateway API',
  modes: ['answer'],
  looksAround: false,
  files: (plan, mode) => {
    if (mode !== 'answer') {
      throw new EdgeError(
        `Expected \`--mode answer\` for gateway-api, got \`${mode}\`: its CORS filter answers preflights, and fills no gaps. Write \`--mode answer\`, or leave CORS to the application.`,
      );
    }
    return [
      { path: 'cors.yaml', text: httpRoute(plan, mode) },
      {
        path: 'example/gateway.yaml',
        text: headed(
          plan,
          'gateway-api',
          mode,
          'kubectl apply -f example/gateway.yaml -f cors.yaml',
          gatewayExample(),
        ),
      },
    ];
  },
};

/** Of one HTTPRoute. */
const MOST_RULES = 16;
/** Of all its rules together. */
const MOST_MATCHES = 128;

/** What its matches may name. Not OPTIONS: that would match preflights of any other method. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH']);

/** Requests with one policy; undefined: nothing is allowed. */
export interface Rule {
  readonly policy: FlatPolicy | undefined;
  readonly matches: readonly Match[];
}

type Match = {
  readonly path: { readonly type: string; readonly value: string };
  readonly method?: string;
  readonly headers?: readonly { readonly name: string; readonly value: string }[];
};

function httpRoute(plan: EdgePlan, mode: EdgeMode): string {
  const losses = new Losses();
  const resource: Yaml = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'application' },
    spec: {
      parentRefs: [{ name: 'gateway' }],
      rules: gatewayRules(plan.tables, losses).map(({ policy, matches }) => ({
        matches,
        filters: policy && [{ type: 'CORS', cors: corsFilter(policy) }],
        backendRefs: [{ name: 'application', port: 3000 }],
      })),
    },
  };
  const head = headOf(plan, 'gateway-api', mode, [
    'Use: kubectl apply -f cors.yaml, with the names of your Gateway and Service. Gateway API 1.5 or later, in the standard channel, of an implementation that has CORS and prefers regular expressions of paths to the prefix `/`.',
    'The Gateway API cannot say all of the policy. It allows less, never more:',
    ...losses.lines,
    '- what no controller serves allows nothing; neither do OPTIONS requests of pages, nor errors of the gateway itself.',
    '- preflights from other origins are answered without CORS headers, not with 403.',
    '- where the upstream has CORS of its own, the implementation decides which headers are sent.',
  ]);
  return [...head, '', ...yamlLines(resource), ''].join('\n');
}

/**
 * The rules of a route. Which of those comes first that match by an expression, is not said anywhere.
 *
 * @throws EdgeError where more than the policy could be allowed, or there are too many
 */
export function gatewayRules(tables: EdgeTables, losses: Losses): readonly Rule[] {
  checkGuards(tables);
  const places = tables.places.map((place) => ({
    place,
    groups: policiesAt(place, tables, losses).map(({ methods, policy }) => ({
      methods,
      policy: policy && withOrigins(policy, place.comment, losses),
    })),
  }));
  const rules = new Map<string, { policy: FlatPolicy | undefined; matches: Match[] }>();
  for (const { place, groups } of places) {
    const path = { type: 'RegularExpression', value: pathSource(place, tables.basePath) };
    for (const { methods, policy } of groups) {
      const key = JSON.stringify(policy ?? null);
      const rule = rules.get(key) ?? { policy, matches: [] };
      const isWhole = groups.length === 1;
      rule.matches.push(...(isWhole ? [{ path }] : methods.flatMap((one) => matchesOf(path, one))));
      if (rule.matches.length > 0) rules.set(key, rule);
    }
  }
  const rest: Rule = { policy: undefined, matches: [{ path: { type: 'PathPrefix', value: '/' } }] };
  const all = [...rules.values(), rest];
  // What is far too much is not compared place by place.
  checkLimits(all);
  checkPrecedence(places);
  return all;
}

function matchesOf(path: Match['path'], method: string): readonly Match[] {
  if (!METHODS.has(method)) return [];
  const preflight = { name: 'Access-Control-Request-Method', value: method };
  return [
    { path, method },
    { path, method: 'OPTIONS', headers: [preflight] },
  ];
}

function withOrigins(policy: FlatPolicy, place: string, losses: Losses): FlatPolicy | undefined {
  const { origins, maxAge } = policy;
  // The least that can be said is a second.
  if (maxAge < 1) {
    throw new EdgeError(
      `Expected \`maxAge\` to be at least 1 for gateway-api, got \`${maxAge}\` at ${place}: browsers would remember preflights for longer. Write \`maxAge: 1\`, or leave CORS to the application.`,
    );
  }
  if (origins === undefined) return policy;
  const said = ruleOrigins(origins, place, losses);
  return said.length === 0 ? undefined : { ...policy, origins: { exact: said, expressions: [] } };
}

/** Paths that no browser sends are left out; of others, an expression in the route cannot keep them away. */
function checkGuards({ guards }: EdgeTables): void {
  const guard = guards.find(({ path }) => path !== UNDECODABLE && path !== CLIMBING);
  if (guard === undefined) return;
  throw new EdgeError(
    `Expected paths that the Gateway API can keep apart, got: ${guard.comment}. It would allow more than the policy. Leave CORS to the application.`,
  );
}

type PlaceWithPolicies = {
  readonly place: Place;
  readonly groups: readonly {
    readonly methods: readonly string[];
    readonly policy: FlatPolicy | undefined;
  }[];
};

/** Which of two expressions comes first is up to the implementation: the wrong one may not allow more. */
function checkPrecedence(places: readonly PlaceWithPolicies[]): void {
  for (const [index, right] of places.entries()) {
    for (const wrong of places.slice(index + 1)) {
      if (!overlap(right.place, wrong.place)) continue;
      for (const { methods, policy } of wrong.groups) {
        const method = methods.find((one) => {
          const own = right.groups.find((group) => group.methods.includes(one));
          return !allowsNoMore(policy, own?.policy);
        });
        if (method === undefined) continue;
        throw new EdgeError(
          `Expected \`${right.place.comment}\` and \`${wrong.place.comment}\` to allow the same for ${method}: the Gateway API does not say which of the two expressions comes first, so that the first could get the policy of the second, which allows more. Give both one policy, or leave CORS to the application.`,
        );
      }
    }
  }
}

/** Whether a path of the first may be one of the second: certain, where a path of the first is known. */
function overlap(first: Place, second: Place): boolean {
  const sample =
    first.literals?.[0] ?? first.comment.replace(/:[^/]+/g, 'x').replaceAll('*', 'x/x');
  const isSample = matcherOf(first.path)(sample);
  return !isSample || matcherOf(second.path)(sample);
}

function checkLimits(rules: readonly Rule[]): void {
  const matches = rules.reduce((sum, rule) => sum + rule.matches.length, 0);
  const most = Math.max(...rules.map((rule) => rule.matches.length));
  const counts: readonly (readonly [string, number, number])[] = [
    ['rules', rules.length, MOST_RULES],
    ['matches in a rule', most, 64],
    ['matches', matches, MOST_MATCHES],
  ];
  for (const [what, count, limit] of counts) {
    if (count <= limit) continue;
    throw new EdgeError(
      `Expected at most ${limit} ${what}, which is what an HTTPRoute may have, got ${count}. Give more routes the same policy, or leave CORS to the application.`,
    );
  }
}

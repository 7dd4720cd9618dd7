import { ANY_OTHER, type FlatPolicy, Losses, policiesAt } from '../approximate/flat-policy.js';
import { pathSource } from '../approximate/path-source.js';
import { type Yaml, yamlLines } from '../approximate/yaml.js';
import { EdgeError, type EdgeMode, type EdgeTarget, headed, headOf } from '../edge-target.js';
import { UNDECODABLE } from '../paths/odd-paths.js';
import type { EdgePlan } from '../plan/plan-edge.js';
import { inlined } from '../quoted-expression.js';
import type { EdgeTables } from '../tables.js';
import { envoyExample } from './envoy-example.js';

/** Envoy 1.30 and later: approximate, and never looser. */
export const envoy: EdgeTarget = {
  title: 'Envoy',
  modes: ['answer'],
  looksAround: false,
  files: (plan, mode) => {
    if (mode !== 'answer') {
      throw new EdgeError(
        `Expected \`--mode answer\` for envoy, got \`${mode}\`: its CORS filter answers preflights, and fills no gaps. Write \`--mode answer\`, or leave CORS to the application.`,
      );
    }
    return [
      { path: 'cors.yaml', text: routes(plan, mode) },
      {
        path: 'example/envoy.yaml',
        text: headed(plan, 'envoy', mode, 'From this folder: envoy -c envoy.yaml', envoyExample()),
      },
    ];
  },
};

/** A route configuration as a file that Envoy watches. */
function routes(plan: EdgePlan, mode: EdgeMode): string {
  const losses = new Losses();
  const resource: Yaml = {
    resources: [
      {
        '@type': 'type.googleapis.com/envoy.config.route.v3.RouteConfiguration',
        name: 'cors',
        virtual_hosts: [
          { name: 'application', domains: ['*'], routes: envoyRoutes(plan.tables, losses) },
        ],
      },
    ],
  };
  const head = headOf(plan, 'envoy', mode, [
    'Use: `rds` with this file as `path_config_source`, and the filter envoy.filters.http.cors. Envoy 1.30 or later. The cluster is named `application`.',
    'Envoy cannot say all of the policy. It allows less, never more:',
    ...losses.lines,
    '- preflights from other origins, and preflights that cannot be read, are answered with 200 and no CORS headers, not with 403.',
    '- the origin is sent where the policy says `*`; errors of Envoy itself, such as a 503, have no `Vary`.',
    '- nothing is allowed for methods that no policy and no route names.',
  ]);
  return [...head, '', ...yamlLines(resource), ''].join('\n');
}

/** The routes of a virtual host: the first that matches has the request. */
export function envoyRoutes(tables: EdgeTables, losses: Losses): readonly Yaml[] {
  const lists = new Map<FlatPolicy['origins'], Yaml>();
  /** One object for each list, however many routes have it: it is written once. */
  const originsOf = (origins: FlatPolicy['origins']): Yaml => {
    const list = lists.get(origins) ?? originMatchers(origins);
    lists.set(origins, list);
    return list;
  };
  const route = (match: Match, policy: FlatPolicy | undefined, name: string) =>
    routeOf(match, policy && corsPolicy(policy, originsOf(policy.origins)), tables, name);
  const guards = tables.guards
    .filter(({ path }) => path !== UNDECODABLE)
    .map(({ path, comment }) => {
      const headers = [{ name: ':path', string_match: regex(`.*(?:${inlined(path)}).*`) }];
      return route({ prefix: '/', headers }, undefined, comment);
    });
  const at = (path: Match, place: Parameters<typeof policiesAt>[0]) => {
    const policies = policiesAt(place, tables, losses);
    const routesOf = (matchOf: typeof preflightsAt) =>
      policies.flatMap(({ methods, policy }) => {
        const named = methods.filter((method) => method !== ANY_OTHER);
        return named.length === 0 ? [] : [route(matchOf(path, named), policy, place.comment)];
      });
    return [...routesOf(preflightsAt), ...routesOf(requestsAt)];
  };
  const places = tables.places.flatMap((place) =>
    at({ safe_regex: { regex: pathSource(place, tables.basePath) } }, place),
  );
  const elsewhere = { comment: 'what no controller serves', ...tables.elsewhere };
  const others = at({ prefix: tables.basePath === '' ? '/' : `${tables.basePath}/` }, elsewhere);
  const last = route({ prefix: '/' }, undefined, 'other methods, and other paths');
  return [...guards, ...places, ...others, last];
}

type Match = Readonly<Record<string, Yaml>>;

/** The preflights that ask about some methods. */
function preflightsAt(path: Match, methods: readonly string[]): Match {
  return {
    ...path,
    headers: [
      { name: ':method', string_match: { exact: 'OPTIONS' } },
      { name: REQUESTED, string_match: anyOf(methods) },
    ],
  };
}

/** What a page sends with some methods. */
function requestsAt(path: Match, methods: readonly string[]): Match {
  return {
    ...path,
    headers: [
      { name: ':method', string_match: anyOf(methods) },
      { name: REQUESTED, present_match: true, invert_match: true },
    ],
  };
}

const REQUESTED = 'access-control-request-method';

function anyOf(methods: readonly string[]): Yaml {
  return regex(methods.map((method) => method.replace(/\W/g, '\\$&')).join('|'));
}

function regex(source: string): Yaml {
  return { safe_regex: { regex: source } };
}

/** What an upstream says about access is taken off. */
const TAKEN_OFF = [
  'access-control-allow-origin',
  'access-control-allow-credentials',
  'access-control-expose-headers',
];

function routeOf(
  match: Match,
  policy: Yaml | undefined,
  { basePath }: EdgeTables,
  name: string,
): Yaml {
  return {
    name,
    match,
    route: {
      cluster: 'application',
      regex_rewrite:
        basePath === ''
          ? undefined
          : {
              pattern: { regex: `^${basePath.replace(/[.~]/g, '\\$&')}(/.*)?$` },
              substitution: '\\1',
            },
    },
    response_headers_to_remove: TAKEN_OFF,
    response_headers_to_add:
      policy === undefined
        ? undefined
        : [
            {
              header: { key: 'vary', value: 'Origin' },
              append_action: 'APPEND_IF_EXISTS_OR_ADD',
            },
          ],
    typed_per_filter_config:
      policy === undefined ? undefined : { 'envoy.filters.http.cors': policy },
  };
}

function originMatchers(origins: FlatPolicy['origins']): Yaml {
  if (origins === undefined) return [regex('.*')];
  return [
    ...origins.exact.map((exact) => ({ exact })),
    ...origins.expressions.map(({ origin }) => regex(inlined(origin))),
  ];
}

function corsPolicy(policy: FlatPolicy, origins: Yaml): Yaml {
  const list = (names: readonly string[]) => (names.length === 0 ? undefined : names.join(', '));
  return {
    '@type': 'type.googleapis.com/envoy.extensions.filters.http.cors.v3.CorsPolicy',
    allow_origin_string_match: origins,
    allow_methods: list(policy.methods),
    allow_headers: policy.headers === '*' ? '*' : list(policy.headers),
    expose_headers: list(policy.exposed),
    max_age: String(policy.maxAge),
    allow_credentials: policy.credentials,
    forward_not_matching_preflights: false,
  };
}

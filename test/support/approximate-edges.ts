import type { EdgeRequest, TableReader } from './edge-tables.js';

/** A request of a page, or the preflight of one. */
export interface Asked {
  readonly target: string;
  /** In a preflight, the requested one. */
  readonly method: string;
  readonly origin: string;
  readonly isPreflight: boolean;
}

/** What of a policy is allowed to an origin, as sets. */
export interface Allowed {
  readonly credentials: boolean;
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposed: readonly string[];
  readonly maxAge: number;
}

/** As the Envoy filter reads a route. */
export interface EnvoyRoute {
  readonly match: {
    readonly prefix?: string;
    readonly safe_regex?: { readonly regex: string };
    readonly headers?: readonly {
      readonly name: string;
      readonly string_match?: { readonly exact?: string; readonly safe_regex?: { regex: string } };
    }[];
  };
  readonly typed_per_filter_config?: {
    readonly 'envoy.filters.http.cors': {
      readonly allow_origin_string_match: readonly {
        readonly exact?: string;
        readonly safe_regex?: { readonly regex: string };
      }[];
      readonly allow_methods?: string;
      readonly allow_headers?: string;
      readonly expose_headers?: string;
      readonly max_age: string;
      readonly allow_credentials: boolean;
    };
  };
}

/** RE2 matches the whole text. */
export function isWhole(source: string, text: string): boolean {
  const folds = source.includes('(?i)');
  return new RegExp(`^(?:${source.replaceAll('(?i)', '')})$`, folds ? 'i' : '').test(text);
}

function matches(
  { exact, safe_regex: expression }: { exact?: string; safe_regex?: { regex: string } },
  text: string,
): boolean {
  return expression === undefined ? exact === text : isWhole(expression.regex, text);
}

/** What Envoy allows. */
export function envoyAllows(routes: readonly EnvoyRoute[], asked: Asked): Allowed | undefined {
  const { target, method, origin, isPreflight } = asked;
  const headers: Record<string, string> = {
    ':path': target,
    ':method': isPreflight ? 'OPTIONS' : method,
    ...(isPreflight && { 'access-control-request-method': method }),
  };
  const found = routes.find(
    ({ match }) =>
      (match.safe_regex === undefined || isWhole(match.safe_regex.regex, target)) &&
      target.startsWith(match.prefix ?? '') &&
      (match.headers ?? []).every(({ name, string_match: text }) => {
        const value = headers[name];
        // What has no text must be absent.
        return text === undefined
          ? value === undefined
          : value !== undefined && matches(text, value);
      }),
  );
  const policy = found?.typed_per_filter_config?.['envoy.filters.http.cors'];
  if (policy?.allow_origin_string_match.some((one) => matches(one, origin)) !== true) {
    return undefined;
  }
  const list = (text = '') => text.split(', ').filter((name) => name !== '');
  return {
    credentials: policy.allow_credentials,
    methods: isPreflight ? list(policy.allow_methods) : [],
    headers: isPreflight ? list(policy.allow_headers) : [],
    exposed: isPreflight ? [] : list(policy.expose_headers),
    maxAge: isPreflight ? Number(policy.max_age) : 0,
  };
}

/** What the policy allows, in the same form. */
export function tablesAllow(reader: TableReader, asked: Asked): Allowed | undefined {
  const { isPreflight, ...rest } = asked;
  const request: EdgeRequest & { origin: string } = { ...rest, requestHeaders: '' };
  const any: EdgeRequest & { origin: string } = { ...request, requestHeaders: 'x-any' };
  const answer = isPreflight ? reader.preflight(any) : reader.response(request);
  if (answer === 'untouched') return undefined;
  const { cors } = answer;
  if (cors['access-control-allow-origin'] === undefined) return undefined;
  const list = (name: string) => cors[name]?.split(', ') ?? [];
  return {
    credentials: cors['access-control-allow-credentials'] === 'true',
    methods: list('access-control-allow-methods'),
    headers: list('access-control-allow-headers').map((name) => (name === 'x-any' ? '*' : name)),
    exposed: list('access-control-expose-headers'),
    maxAge: Number(cors['access-control-max-age'] ?? 0),
  };
}

/** Whether one allows no more than the other. */
export function isNoLooser(came: Allowed | undefined, due: Allowed | undefined): boolean {
  if (came === undefined) return true;
  if (due === undefined) return false;
  const isPart = (some: readonly string[], all: readonly string[]) =>
    some.every((name) => all.includes(name));
  return (
    (!came.credentials || due.credentials) &&
    isPart(came.methods, due.methods) &&
    isPart(came.headers, due.headers) &&
    isPart(came.exposed, due.exposed) &&
    came.maxAge <= due.maxAge
  );
}

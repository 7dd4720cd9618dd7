import type {
  CorsPolicyFile,
  PolicyFileOptions,
  PolicyFileOrigin,
  PolicyFileOrigins,
  PolicyFileRoute,
  PolicyReference,
} from '../../../policy-file/policy-file.js';
import type { OriginState } from '../../doors.js';

/** What a route says of an origin: what its policy says, or that there is none. */
export type Standing = OriginState | 'off' | 'passed-through' | 'unknown';

/** What each is called, with a mark for who sees no colours. */
export const STANDINGS: Readonly<
  Record<Standing, { readonly mark: string; readonly text: string }>
> = {
  allowed: { mark: '✓', text: 'allowed' },
  credentials: { mark: '✓', text: 'allowed, with credentials' },
  refused: { mark: '✗', text: 'refused' },
  'run-time': { mark: '?', text: 'decided at run time' },
  off: { mark: '✗', text: 'CORS is off' },
  'passed-through': { mark: '?', text: 'left to the handler' },
  unknown: { mark: '', text: '' },
};

/** How a policy stands to an origin, from what the server says of each policy. */
export function standingOf(
  reference: PolicyReference,
  { policies }: CorsPolicyFile,
  states: ReadonlyMap<string, OriginState> | null,
): Standing {
  if (reference === false) return 'off';
  const options = policies[reference];
  if (options === undefined) return 'passed-through';
  if (options.origin.value === false) return 'off';
  return states?.get(reference) ?? 'unknown';
}

/** The options of a policy; null where it has none. */
export function optionsOf(
  reference: PolicyReference,
  { policies }: CorsPolicyFile,
): PolicyFileOptions | null {
  return reference === false ? null : (policies[reference] ?? null);
}

/** How many origins are named. */
const NAMED = 2;

/** Who is allowed, in few words. */
export function originWords(origins: PolicyFileOrigins, lists: CorsPolicyFile['lists']): string {
  if (origins === '*') return 'any origin';
  if (origins === false) return 'none';
  if ('function' in origins) return `${origins.function ?? 'a function'} decides`;
  if ('class' in origins) return `${origins.class ?? 'a class'} decides`;
  const members = 'list' in origins ? (lists[origins.list] ?? []) : origins;
  const named = members.slice(0, NAMED).map(memberWords).join(', ');
  return members.length > NAMED ? `${named} and ${members.length - NAMED} more` : named;
}

export function memberWords(member: PolicyFileOrigin): string {
  return typeof member === 'string' ? member : `/${member.source}/${member.flags}`;
}

/** Every member of a list of origins, long ones included; none where it is not a list. */
export function membersOf(
  origins: PolicyFileOrigins,
  lists: CorsPolicyFile['lists'],
): readonly PolicyFileOrigin[] {
  if (typeof origins !== 'object' || 'function' in origins || 'class' in origins) return [];
  return 'list' in origins ? (lists[origins.list] ?? []) : origins;
}

/** One row of the table of an effective policy. */
export interface PolicyRow {
  readonly option: keyof PolicyFileOptions;
  readonly value: string;
  /** Where it is written; `default`: nowhere. */
  readonly declaredAt: string;
}

/** An effective policy, option by option. */
export function policyRows(
  options: PolicyFileOptions,
  lists: CorsPolicyFile['lists'],
): readonly PolicyRow[] {
  const { origin, methods, allowedHeaders, exposedHeaders } = options;
  const row = (option: keyof PolicyFileOptions, value: string): PolicyRow => ({
    option,
    value,
    declaredAt: options[option].declaredAt,
  });
  return [
    row('origin', originWords(origin.value, lists)),
    row('credentials', options.credentials.value ? 'yes' : 'no'),
    row('methods', methods.value === 'mapped' ? 'those mapped at the path' : names(methods.value)),
    row('allowedHeaders', names(allowedHeaders.value)),
    row('exposedHeaders', names(exposedHeaders.value)),
    row('maxAge', `${options.maxAge.value} s`),
    row('timingAllowOrigin', options.timingAllowOrigin.value ? 'yes' : 'no'),
  ];
}

function names(value: '*' | readonly string[]): string {
  if (value === '*') return 'any';
  return value.length === 0 ? 'none' : value.join(', ');
}

/**
 * What a page may call without a preflight, whether it is allowed or not: then no policy is asked before
 * the handler runs (ASVS 5.0, 3.5.2). Null where a preflight comes first.
 */
export function withoutPreflight(
  { method, policy }: Pick<PolicyFileRoute, 'method' | 'policy'>,
  file: CorsPolicyFile,
): string | null {
  const what = SIMPLE[method];
  if (what === undefined) return null;
  const origin = optionsOf(policy, file)?.origin.value;
  const isRefused =
    file.application.rejectDisallowed && origin !== undefined && origin !== false && origin !== '*';
  return `${isRefused ? 'allowed pages' : 'any page'}: ${what}`;
}

const SIMPLE: Readonly<Record<string, string>> = {
  GET: 'GET',
  HEAD: 'HEAD',
  POST: 'forms and text',
  ALL: 'GET, HEAD, forms and text',
};

/** A path of a route with something in the place of its parameters: `/orders/:id` as `/orders/1`. */
export function samplePath(path: string): string {
  return path
    .replace(/\{([^{}]*)\}/g, '$1')
    .replace(/\(.*?\)/g, '')
    .replace(/:\w+[?+*]?/g, '1')
    .replace(/\*\w*/g, 'file');
}

/** A call to paste into the console of another page. */
export function consoleSnippet(call: {
  readonly url: string;
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly credentials: boolean;
}): string {
  const { url, method, headers, credentials } = call;
  const lines = headers.map(([name, value]) => `    ${quoted(name)}: ${quoted(value)},`);
  const options = [
    ...(method === 'GET' ? [] : [`  method: ${quoted(method)},`]),
    ...(lines.length === 0 ? [] : ['  headers: {', ...lines, '  },']),
    ...(credentials ? ["  credentials: 'include',"] : []),
  ];
  const init = options.length === 0 ? '' : `, {\n${options.join('\n')}\n}`;
  return `fetch(${quoted(url)}${init}).then(
  async (response) => console.log(response.status, await response.text()),
  (error) => console.error(error),
);`;
}

function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
}

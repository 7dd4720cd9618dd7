import type {
  CorsPolicyFile,
  PolicyFileRoute,
  PolicyReference,
} from '../../../policy-file/policy-file.js';
import { memberWords, originWords, optionsOf, withoutPreflight } from './policy-words.js';

/** One line of the table of routes. */
export interface RouteRow {
  /** `GET /orders/:id`; the second of that name has `#2` behind it. Empty for what no controller serves. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly handler: string | null;
  /** What else must hold: a host, a version, a constraint. */
  readonly condition: string | null;
  readonly policy: PolicyReference;
  readonly origins: string;
  readonly credentials: boolean;
  readonly withoutPreflight: string | null;
  /** In lower case, to be found by. */
  readonly words: string;
}

/** Every route, then what no controller serves. */
export function rowsOf(file: CorsPolicyFile): readonly RouteRow[] {
  const seen = new Map<string, number>();
  const routes = file.routes.map((route) => {
    const name = `${route.method} ${route.path}`;
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    return rowOf(route, number === 1 ? name : `${name} #${number}`, file);
  });
  const paths = Object.entries(file.paths).map(([path, policy]) => unserved(path, policy, file));
  return [...routes, ...paths, unserved('everything else', file.global, file)];
}

function rowOf(route: PolicyFileRoute, id: string, file: CorsPolicyFile): RouteRow {
  const { method, path, handler, policy } = route;
  const options = optionsOf(policy, file);
  const condition = conditionOf(route);
  return {
    id,
    method,
    path,
    handler,
    condition,
    policy,
    origins: options === null ? '' : originWords(options.origin.value, file.lists),
    credentials: options?.credentials.value === true,
    withoutPreflight: withoutPreflight(route, file),
    words: `${method} ${path} ${handler ?? ''} ${condition ?? ''}`.toLowerCase(),
  };
}

function unserved(path: string, policy: PolicyReference, file: CorsPolicyFile): RouteRow {
  return { ...rowOf({ method: 'ALL', path, handler: null, policy }, '', file), method: '' };
}

function conditionOf({ host, version, constraints }: PolicyFileRoute): string | null {
  const words = [
    ...(host === undefined ? [] : [`host ${host.map(memberWords).join(' or ')}`]),
    ...(version === undefined ? [] : [`version ${version.join(' or ')}`]),
    ...Object.entries(constraints ?? {}).map(([name, value]) => `${name} ${memberWords(value)}`),
  ];
  return words.length === 0 ? null : words.join(', ');
}

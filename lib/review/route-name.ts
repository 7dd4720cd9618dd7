import type { PolicyFileOrigin, PolicyFileRoute } from '../policy-file/policy-file.js';

/** `DELETE /orders/:id`, and where others have the same: `GET /orders (host admin.example.com, version 2)`. */
export function nameOf({ method, path, host, version, constraints = {} }: PolicyFileRoute): string {
  const conditions = [
    ...(host === undefined ? [] : [`host ${host.map(textOf).join(' or ')}`]),
    ...(version === undefined ? [] : [`version ${version.join(' or ')}`]),
    ...Object.entries(constraints).map(([name, value]) => `${name} ${textOf(value)}`),
  ];
  return `${method} ${path}${conditions.length === 0 ? '' : ` (${conditions.join(', ')})`}`;
}

function textOf(value: PolicyFileOrigin): string {
  return typeof value === 'string' ? value : `/${value.source}/${value.flags}`;
}

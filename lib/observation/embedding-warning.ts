import type { PolicyGeneration } from '../routing/policy-registry.js';

/**
 * The startup warning for a Cross-Origin-Resource-Policy that stands in the way of pages that are
 * allowed: `<img>` and `<script>` of theirs make no CORS requests, so no CORS header helps them.
 *
 * @param headers what `app.useSecurityHeaders()` sets, by name in lower case
 * @see https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header
 */
export function embeddingWarnings(
  headers: ReadonlyMap<string, string>,
  policies: PolicyGeneration,
): readonly string[] {
  const value = headers.get('cross-origin-resource-policy') ?? 'cross-origin';
  if (!policies.some(({ policy }) => policy !== false && keepsOut(value, policy.origin.kind))) {
    return [];
  }
  return [
    `app.useSecurityHeaders() sends \`Cross-Origin-Resource-Policy: ${value}\`: pages that CORS allows can fetch() responses, but their <img>, <script> and <link> cannot load them without \`crossorigin\`. If they are to, write \`app.useSecurityHeaders({ crossOriginResourcePolicy: { policy: 'cross-origin' } })\`.`,
  ];
}

/** Which sites the application's own is among is not known, but any page includes others. */
function keepsOut(value: string, origins: 'any' | 'listed' | 'dynamic'): boolean {
  return value === 'same-origin' || (value === 'same-site' && origins === 'any');
}

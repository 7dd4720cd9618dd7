import { MetadataScanner, type ModulesContainer } from '@nestjs/core';
import { CORS_OVERRIDE } from '../cors.constants.js';
import type { PolicyGeneration, PolicyRegistry } from '../routing/policy-registry.js';
import type { RouteEntry } from '../routing/route-entry.js';

/** How many routes a warning names. */
const NAMED = 5;

/** Startup warnings: not mistakes, but worth knowing. Made once the routes are registered. */
export function bootWarnings(entries: Iterable<RouteEntry>, policies: PolicyRegistry): string[] {
  const routes = [...entries];
  return [...ambiguityWarnings(routes, policies), ...pathWarnings(routes, policies)];
}

function ambiguityWarnings(entries: readonly RouteEntry[], policies: PolicyRegistry): string[] {
  return ambiguousRoutes(entries, policies.current).map((group) => {
    const [first] = group;
    const handlers = group.map((entry) => entry.handler).join(' and ');
    return `${first?.method} ${first?.path} is served by ${handlers}, depending on a version that a preflight does not carry: the preflight allows whatever any of them allows, and the policy of the handler that runs is final. Give them the same @Cors(), or use URI versions.`;
  });
}

function pathWarnings(entries: readonly RouteEntry[], { paths }: PolicyRegistry): string[] {
  const covered = new Map<string, Set<string>>();
  for (const { path, handler } of entries) {
    if (handler === null) continue;
    for (const key of paths.covering(path)) {
      covered.set(key, (covered.get(key) ?? new Set<string>()).add(handler));
    }
  }
  return Array.from(covered, ([key, handlers]) => {
    const names = [...handlers].slice(0, NAMED).join(', ');
    const more = handlers.size > NAMED ? ` and ${handlers.size - NAMED} more` : '';
    return `\`paths['${key}']\` also covers ${names}${more}: \`paths\` is for requests that no controller serves, so their own policies apply. Write @Cors() there, or narrow the path.`;
  });
}

/**
 * Routes of one method and path that only a version decides between, with different policies: a
 * preflight carries neither the version header nor `Accept`.
 */
function ambiguousRoutes(
  entries: Iterable<RouteEntry>,
  policies: PolicyGeneration,
): RouteEntry[][] {
  const groups = new Map<string, RouteEntry[]>();
  for (const entry of entries) {
    if (!entry.versioned) continue;
    const key = `${entry.method} ${entry.path}`;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.values()].filter(
    (group) => new Set(group.map((entry) => policies[entry.policyIndex])).size > 1,
  );
}

/**
 * Where `@Cors()` has no effect: on providers, such as GraphQL resolvers and WebSocket gateways,
 * whose requests no route handler serves.
 */
export function misplacedOverrides(modules: ModulesContainer): string[] {
  const scanner = new MetadataScanner();
  const places = new Set<string>();
  for (const module of modules.values()) {
    for (const { metatype } of module.providers.values()) {
      if (typeof metatype !== 'function') continue;
      if (Reflect.hasMetadata(CORS_OVERRIDE, metatype)) places.add(metatype.name);
      // Factories of providers, including arrow functions, appear here too: those have none.
      const prototype: unknown = metatype.prototype;
      if (typeof prototype !== 'object' || prototype === null) continue;
      for (const name of scanner.getAllMethodNames(prototype)) {
        const method = (prototype as Record<string, object | undefined>)[name];
        if (method !== undefined && Reflect.hasMetadata(CORS_OVERRIDE, method)) {
          places.add(`${metatype.name}.${name}`);
        }
      }
    }
  }
  return [...places];
}

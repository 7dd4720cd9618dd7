import { MetadataScanner, type ModulesContainer } from '@nestjs/core';
import { CORS_OVERRIDE } from '../cors.constants.js';
import { NEST_METADATA } from '../routing/controller-routes.js';
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

/** Where `@Cors()` has no effect, in sentences. */
export function overrideWarnings(modules: ModulesContainer): string[] {
  const providers = new Set<string>();
  const members = new Set<string>();
  for (const module of modules.values()) {
    for (const { metatype } of module.providers.values()) {
      // What is a controller as well is judged as one.
      if (isClass(metatype) && !module.controllers.has(metatype)) {
        if (Reflect.hasMetadata(CORS_OVERRIDE, metatype)) providers.add(metatype.name);
        for (const [name] of overriddenMethods(metatype)) providers.add(name);
      }
    }
    for (const { metatype } of module.controllers.values()) {
      if (!isClass(metatype)) continue;
      for (const [name, method] of overriddenMethods(metatype)) {
        if (!Reflect.hasMetadata(NEST_METADATA.path, method)) members.add(name);
      }
    }
  }
  return [
    ...Array.from(
      providers,
      (place) =>
        `@Cors() on ${place} has no effect: no HTTP route is served by it. GraphQL over HTTP gets the global CORS policy; WebSocket gateways have an option \`cors\` of their own.`,
    ),
    ...Array.from(
      members,
      (place) =>
        `@Cors() on ${place} has no effect: the method is not a route. Write it on the route that calls it, add @Get() or another method decorator, or remove it.`,
    ),
  ];
}

/** Factories of providers, including arrow functions, appear among classes: those have no methods. */
function isClass(metatype: unknown): metatype is Function {
  if (typeof metatype !== 'function') return false;
  const prototype: unknown = metatype.prototype;
  return typeof prototype === 'object' && prototype !== null;
}

/** The methods with `@Cors()`, inherited ones included, by `OrdersController.list`. */
function overriddenMethods(metatype: Function): [name: string, method: object][] {
  const prototype = metatype.prototype as Record<string, object | undefined>;
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((name) => {
    const method = prototype[name];
    const isOverridden = method !== undefined && Reflect.hasMetadata(CORS_OVERRIDE, method);
    return isOverridden ? [[`${metatype.name}.${name}`, method] as [string, object]] : [];
  });
}

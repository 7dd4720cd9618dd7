import type { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { CORS_OVERRIDE } from '../cors.constants.js';
import { ownMethodOverride, readMethodOverride } from '../routing/override-metadata.js';
import type { PolicyGeneration, PolicyRegistry } from '../routing/policy-registry.js';
import { hides, isConditional, type RouteEntry } from '../routing/route-entry.js';

/** How many routes a warning names. */
const NAMED = 5;

/** Startup warnings: not mistakes, but worth knowing. Made once the routes are registered. */
export function bootWarnings(entries: Iterable<RouteEntry>, policies: PolicyRegistry): string[] {
  const routes = [...entries];
  return [
    ...ambiguityWarnings(routes, policies),
    ...pathWarnings(routes, policies),
    ...passThroughWarnings(routes, policies.current),
  ];
}

function ambiguityWarnings(entries: readonly RouteEntry[], policies: PolicyRegistry): string[] {
  return ambiguousRoutes(entries, policies.current).map((group) => {
    const [first] = group;
    const handlers = group
      .map(({ handler }) => handler ?? 'a route of no controller')
      .join(' and ');
    const names = new Set(group.flatMap(hiddenConstraints));
    const [what, remedy] =
      names.size === 0
        ? [
            'a version that a preflight does not carry',
            'Give them the same @Cors(), or use URI versions.',
          ]
        : [
            `${[...names].map((name) => `the constraint \`${name}\``).join(' and ')}, which a preflight does not show`,
            'Give them the same @Cors(), or tell them apart by path or host.',
          ];
    return `${first?.method} ${first?.path} is served by ${handlers}, depending on ${what}: the preflight allows whatever any of them allows, and the policy of the handler that runs is final. ${remedy}`;
  });
}

/** The names of a route's constraints that no preflight shows, besides its version. */
function hiddenConstraints({ versioned, constraints }: RouteEntry): string[] {
  const names = Object.keys(constraints?.hidden ?? {});
  return versioned ? names.filter((name) => name !== 'version') : names;
}

function pathWarnings(entries: readonly RouteEntry[], { paths }: PolicyRegistry): string[] {
  if (paths.indexes.size === 0) return [];
  const covered = new Map<string, Set<string>>();
  for (const { path, handler } of entries) {
    if (handler === null) continue;
    for (const key of paths.covering(path)) {
      covered.set(key, (covered.get(key) ?? new Set<string>()).add(handler));
    }
  }
  return Array.from(covered, ([key, handlers]) => {
    return `\`paths['${key}']\` also covers ${listOf(handlers)}: \`paths\` is for requests that no controller serves, so their own policies apply. Write @Cors() there, or narrow the path.`;
  });
}

/** One warning: nothing stands between a page and what these handlers reach. */
function passThroughWarnings(
  entries: readonly RouteEntry[],
  policies: PolicyGeneration,
): readonly string[] {
  const handlers = new Set<string>();
  for (const { handler, policyIndex } of entries) {
    if (handler !== null && policies[policyIndex]?.passesThrough === true) handlers.add(handler);
  }
  if (handlers.size === 0) return [];
  return [
    `CORS passes through ${listOf(handlers)}: no origin is checked there, and no header written. Preflights reach your own handlers and middleware, which must answer them.`,
  ];
}

function listOf(handlers: ReadonlySet<string>): string {
  const names = [...handlers].slice(0, NAMED).join(', ');
  return handlers.size > NAMED ? `${names} and ${handlers.size - NAMED} more` : names;
}

/**
 * Routes of one method, path and host that only a version or a constraint of Fastify's decides
 * between, with different policies: a preflight carries neither a version header nor `Accept`. A route
 * without a constraint is one of them: it serves where no constraint holds.
 */
function ambiguousRoutes(
  entries: readonly RouteEntry[],
  policies: PolicyGeneration,
): RouteEntry[][] {
  if (!entries.some(isConditional)) return [];
  const groups = new Map<string, RouteEntry[]>();
  for (const entry of entries) {
    const { method, path, constraints } = entry;
    const key = `${method} ${path} ${String(constraints?.host)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  const decided = [...groups.values()].map((group) => {
    const isConstrained = group.some(({ constraints }) => constraints && hides(constraints));
    return isConstrained ? group : group.filter(({ versioned }) => versioned);
  });
  return decided.filter(
    (group) => new Set(group.map((entry) => policies[entry.policyIndex])).size > 1,
  );
}

/** Where `@Cors()` has no effect, in sentences. */
export function overrideWarnings(
  modules: ModulesContainer,
  scanner: MetadataScanner,
  policies: PolicyRegistry,
): string[] {
  const providers = new Set<string>();
  const members = new Set<string>();
  const statics = new Set<string>();
  const replaced = new Map<string, string>();
  for (const module of modules.values()) {
    for (const { metatype } of [...module.providers.values(), ...module.controllers.values()]) {
      if (isClass(metatype)) for (const name of overriddenStatics(metatype)) statics.add(name);
    }
    for (const { metatype } of module.providers.values()) {
      // What is a controller as well is judged as one.
      if (isClass(metatype) && !module.controllers.has(metatype)) {
        if (Reflect.hasMetadata(CORS_OVERRIDE, metatype)) providers.add(metatype.name);
        for (const name of overriddenMethods(metatype, scanner)) providers.add(name);
      }
    }
    for (const { metatype } of module.controllers.values()) {
      if (!isClass(metatype)) continue;
      const isRoute = (name: string) => policies.indexOf(metatype, name) !== undefined;
      for (const name of overriddenMethods(metatype, scanner, isRoute)) members.add(name);
      for (const [name, base] of replacedMethods(metatype, scanner, isRoute)) {
        replaced.set(name, base);
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
    ...Array.from(
      statics,
      (place) =>
        `@Cors() on ${place} has no effect: a static method is not a route. Write it on the route that calls it, or remove it.`,
    ),
    ...Array.from(
      replaced,
      ([place, base]) =>
        `@Cors() on ${base} has no effect on ${place}, which replaces that method: the policy of its class applies. Write it there as well, or whatever else it is to have.`,
    ),
  ];
}

/** Factories of providers, including arrow functions, appear among classes: those have no methods. */
function isClass(metatype: unknown): metatype is Function {
  if (typeof metatype !== 'function') return false;
  const prototype: unknown = metatype.prototype;
  return typeof prototype === 'object' && prototype !== null;
}

/**
 * The methods with `@Cors()` that are no routes, inherited ones included: `OrdersController.list`.
 * Routes are left out first: most methods are, and reading metadata takes its time.
 */
function overriddenMethods(
  metatype: Function,
  scanner: MetadataScanner,
  isRoute: (name: string) => boolean = () => false,
): string[] {
  return scanner
    .getAllMethodNames(metatype.prototype as object)
    .filter((name) => !isRoute(name) && readMethodOverride(metatype, name) !== undefined)
    .map((name) => `${metatype.name}.${name}`);
}

/** Routes without `@Cors()` that replace an inherited method which has it: decorators do not come along. */
function replacedMethods(
  metatype: Function,
  scanner: MetadataScanner,
  isRoute: (name: string) => boolean,
): [name: string, base: string][] {
  const prototype = metatype.prototype as object;
  const parent = Reflect.getPrototypeOf(prototype);
  if (parent === Object.prototype) return [];
  return scanner.getAllMethodNames(prototype).flatMap((name) => {
    if (!isRoute(name) || readMethodOverride(metatype, name) !== undefined) return [];
    const base = ownerOfOverride(parent, name);
    return base === undefined ? [] : [[`${metatype.name}.${name}`, base] as [string, string]];
  });
}

/** The nearest class, from a prototype on, whose own method of that name has `@Cors()`. */
function ownerOfOverride(prototype: object | null, name: string): string | undefined {
  for (let owner = prototype; owner !== null; owner = Reflect.getPrototypeOf(owner)) {
    if (ownMethodOverride(owner, name) !== undefined) return `${owner.constructor.name}.${name}`;
  }
  return undefined;
}

/** The static methods with `@Cors()`, which Nest never maps. */
function overriddenStatics(metatype: Function): string[] {
  const names: string[] = [];
  for (
    let owner: object | null = metatype;
    owner !== null && owner !== Function.prototype;
    owner = Reflect.getPrototypeOf(owner)
  ) {
    for (const name of Object.getOwnPropertyNames(owner)) {
      // Getters are not called.
      const method: unknown = Reflect.getOwnPropertyDescriptor(owner, name)?.value;
      if (typeof method !== 'function' || !Reflect.hasOwnMetadata(CORS_OVERRIDE, method)) continue;
      // A class kept in a static property has one of its own.
      if (!isClass(method)) names.push(`${metatype.name}.${name}`);
    }
  }
  return names;
}

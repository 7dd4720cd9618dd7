import { type Declared, type DeclaredOption, optionsOf } from '../options/declared-options.js';
import type { PolicyOption } from '../options/cors-policy-options.js';
import { isResolverClass } from '../options/origin/read-origins.js';
import { POLICY_OPTIONS } from '../options/policy-option-table.js';
import { MAX_AGE } from '../options/read/max-age.js';
import { mapKeys } from '../options/table.js';
import { normalizeMethod } from '../fetch/methods.js';
import type { PolicyRegistry } from '../routing/policy-registry.js';
import type { HostPatterns } from '../routing/compile-host.js';
import { GLOBAL_POLICY, type RouteEntry } from '../routing/route-entry.js';
import {
  type CorsPolicyFile,
  PASS_THROUGH,
  POLICY_FILE_VERSION,
  POLICY_SCHEMA,
  type PolicyFileOptions,
  type PolicyFileOrigin,
  type PolicyFileOrigins,
  type PolicyFilePlatform,
  type PolicyFileRoute,
  type PolicyReference,
} from './policy-file.js';

/** A list with more members is written once. */
const LONG = 16;

/** Writes down who may read what of an application. */
export function writePolicyFile(
  routes: Iterable<RouteEntry>,
  registry: PolicyRegistry,
  platform: PolicyFilePlatform | null,
): CorsPolicyFile {
  const policies = new PolicyWriter();
  const referenceAt = (index: number) =>
    policies.referenceTo(registry.declaredOptionsOf(index) ?? false);
  return {
    $schema: POLICY_SCHEMA,
    schemaVersion: POLICY_FILE_VERSION,
    platform,
    application: { ...registry.application },
    global: referenceAt(GLOBAL_POLICY),
    named: Object.fromEntries(
      Array.from(registry.named, ([name, { declared }]) => [name, policies.referenceTo(declared)]),
    ),
    paths: Object.fromEntries(
      Array.from(registry.paths.indexes, ([key, index]) => [key, referenceAt(index)]),
    ),
    routes: Array.from(routes, (entry) =>
      writeRoute(entry, referenceAt(registry.indexFor(entry, entry.path))),
    ),
    policies: Object.fromEntries(policies.written),
    lists: Object.fromEntries(policies.lists),
  };
}

function writeRoute(
  { method, path, handler, host, versions, constraints }: RouteEntry,
  policy: PolicyReference,
): PolicyFileRoute {
  const written = Object.entries({
    ...constraints?.hidden,
    ...(constraints?.host !== undefined && { host: constraints.host }),
    // A version is a constraint on Fastify; it is said once.
  }).filter(([name]) => name !== 'version' || versions === undefined);
  return {
    method,
    path,
    handler,
    ...(host !== undefined && { host: writeHosts(host.patterns) }),
    ...(versions !== undefined && { version: versions }),
    ...(written.length > 0 && {
      constraints: Object.fromEntries(written.map(([name, value]) => [name, writeText(value)])),
    }),
    policy,
  };
}

function writeHosts(host: HostPatterns): PolicyFileOrigin[] {
  return (typeof host === 'string' || host instanceof RegExp ? [host] : host).map(writeText);
}

/** What is neither a text nor a RegExp is nobody's text: its type has to do. */
function writeText(value: unknown): PolicyFileOrigin {
  if (value instanceof RegExp) return { source: value.source, flags: value.flags };
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : typeof value;
}

/** Effective policies by their places, each once. */
class PolicyWriter {
  readonly written = new Map<string, PolicyFileOptions>();
  readonly lists = new Map<string, readonly PolicyFileOrigin[]>();
  private readonly references = new Map<Declared, PolicyReference>();
  private readonly texts = new Map<string, string>();
  private readonly listNames = new Map<unknown, string>();

  referenceTo(declared: Declared): PolicyReference {
    const known = this.references.get(declared);
    if (known !== undefined) return known;
    const reference =
      declared === false
        ? false
        : declared === 'pass-through'
          ? PASS_THROUGH
          : this.write(declared);
    this.references.set(declared, reference);
    return reference;
  }

  private write(declared: Exclude<Declared, string | false>): string {
    const options = mapKeys<PolicyFileOptions>(POLICY_OPTIONS, (option) => {
      const { value, declaredAt } = declared[option] ?? { value: undefined, declaredAt: 'default' };
      return { value: this.valueOf(option, value, declaredAt), declaredAt };
    });
    const text = JSON.stringify(options);
    return unique(placesOf(declared), (name) => {
      const known = this.texts.get(name);
      if (known !== undefined) return known === text;
      this.texts.set(name, text);
      this.written.set(name, options);
      return true;
    });
  }

  private valueOf(option: PolicyOption, value: unknown, declaredAt: string): unknown {
    switch (option) {
      case 'origin':
        return this.originsOf(value, declaredAt);
      case 'methods':
        return Array.isArray(value)
          ? [...new Set(value.map(normalizeMethod))]
          : (value ?? 'mapped');
      case 'allowedHeaders':
        return namesOf(value ?? '*');
      case 'exposedHeaders':
        return namesOf(value ?? []);
      case 'maxAge':
        return value ?? MAX_AGE.default;
      case 'credentials':
      case 'timingAllowOrigin':
        return value ?? false;
    }
  }

  private originsOf(value: unknown, declaredAt: string): PolicyFileOrigins {
    if (value === '*' || value === false || value === undefined) return value === '*' ? '*' : false;
    if (typeof value === 'function') {
      // The name of the option is nobody's name.
      const name = value.name === '' || value.name === 'origin' ? null : value.name;
      return isResolverClass(value) ? { class: name } : { function: name };
    }
    const members = Array.isArray(value) ? value.map(writeText) : [writeText(value)];
    return members.length > LONG
      ? { list: this.listNameOf(value, members, `${declaredAt}: origin`) }
      : members;
  }

  private listNameOf(value: unknown, members: readonly PolicyFileOrigin[], place: string): string {
    const known = this.listNames.get(value);
    if (known !== undefined) return known;
    const name = unique(place, (candidate) => !this.lists.has(candidate));
    this.listNames.set(value, name);
    this.lists.set(name, members);
    return name;
  }
}

/** The first of `name`, `name (2)`, … that will do. */
function unique(name: string, isTaken: (candidate: string) => boolean): string {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name} (${number})`;
    if (isTaken(candidate)) return candidate;
  }
}

/** `forRoot() + @Cors() on OrdersController.update`: the outermost first. */
function placesOf(declared: Declared): string {
  const options = Object.values(optionsOf(declared) ?? {}) as (
    DeclaredOption<unknown> | undefined
  )[];
  const places = options
    .filter((option) => option !== undefined)
    .toSorted((one, other) => one.precedence - other.precedence)
    .map(({ declaredAt }) => declaredAt);
  return [...new Set(places)].join(' + ');
}

function namesOf(names: unknown): unknown {
  if (!Array.isArray(names)) return names;
  return [...new Set(names.map((name) => String(name).toLowerCase()))];
}

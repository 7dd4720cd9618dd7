import { isSerializedPort, MAX_HOST_LENGTH, MAX_LABEL_LENGTH } from '../../fetch/origins.js';
import type { OriginRule } from '../policy.js';
import { accepts, type Automaton } from './automaton.js';
import { isPattern, type OriginPattern } from './parse-origin.js';

/** The rule for a list. */
export type ListedOrigins = Extract<OriginRule, { kind: 'listed' }>;

/** Compiles a list of exact origins, patterns and the automata of RegExps; see `OriginListBuilder`. */
export function compileOriginList(
  origins: readonly OriginPattern[],
  automata: readonly Automaton[],
): ListedOrigins {
  const list = new OriginListBuilder();
  for (const origin of origins) list.add(origin);
  return list.build(automata);
}

/**
 * Builds the rule for a list, member by member. Exact origins are found by hash and patterns by
 * suffix, whatever their number; automata come last, one step a character.
 *
 * The rule is asked about serialised origins only (`isSerializedOrigin`): that keeps overlong values
 * away. `null` is never allowed, since any page becomes it inside a sandboxed frame.
 */
export class OriginListBuilder {
  private readonly exact = new Set<string>();
  private index: OriginPatternIndex | undefined;

  add(origin: OriginPattern): void {
    if (isPattern(origin)) (this.index ??= new OriginPatternIndex()).add(origin);
    else this.addExact(origin.text);
  }

  /** @param origin valid */
  addExact(origin: string): void {
    this.exact.add(origin);
  }

  /** Once: the rule keeps what has been added. */
  build(automata: readonly Automaton[]): ListedOrigins {
    const { exact, index } = this;
    return Object.freeze({
      kind: 'listed',
      exact,
      matches(origin: string): boolean {
        if (exact.has(origin) || index?.has(origin) === true) return true;
        return origin !== 'null' && automata.some((automaton) => accepts(automaton, origin));
      },
    });
  }
}

/**
 * Patterns by the host they end in, so that a look-up costs the same for one pattern as for
 * 100,000: it walks the labels of the origin, not the patterns.
 */
class OriginPatternIndex {
  /** By scheme, then by host: the ports allowed there; `*` for any, empty for the default one. */
  private readonly hosts = new Map<string, Map<string, Set<string>>>();
  private readonly parents = new Map<string, Map<string, Set<string>>>();
  private labels: LabelPatternIndex | undefined;

  add(pattern: OriginPattern): void {
    const { scheme, host, subdomains, port } = pattern;
    if (host.includes('*')) return (this.labels ??= new LabelPatternIndex()).add(pattern);
    const byScheme = subdomains ? this.parents : this.hosts;
    const byHost = byScheme.get(scheme) ?? new Map<string, Set<string>>();
    const ports = byHost.get(host) ?? new Set<string>();
    byScheme.set(scheme, byHost.set(host, ports.add(port)));
  }

  /** Whether a pattern stands for this serialised origin. */
  has(origin: string): boolean {
    const scheme = schemeOf(origin);
    if (scheme === undefined) return false;
    const start = scheme.length + 3;
    // After a `[` the colons are those of the address.
    const colon = origin.indexOf(':', Math.max(start, origin.indexOf(']', start)));
    const host = origin.slice(start, colon === -1 ? origin.length : colon);
    const port = colon === -1 ? '' : origin.slice(colon + 1);
    // A port that is not serialised cannot match a pattern: a bare colon, `:443` on https.
    if (colon !== -1 && !isSerializedPort(port, scheme)) return false;
    const ports = this.hosts.get(scheme)?.get(host);
    if (ports !== undefined && allowsPort(ports, port)) return true;
    const isBelow = this.hasParent(this.parents.get(scheme), host, port);
    return isBelow || this.labels?.has(scheme, host, port) === true;
  }

  /** Takes one label after the other off the host, as long as they are labels. */
  private hasParent(
    parents: ReadonlyMap<string, ReadonlySet<string>> | undefined,
    host: string,
    port: string,
  ): boolean {
    if (parents === undefined || host.length > MAX_HOST_LENGTH) return false;
    let start = 0;
    for (;;) {
      const dot = host.indexOf('.', start);
      if (dot === -1 || !isLabel(host, start, dot)) return false;
      start = dot + 1;
      const ports = parents.get(host.slice(start));
      if (ports !== undefined && allowsPort(ports, port)) return true;
    }
  }
}

/**
 * Patterns with a wildcard within their first label, `https://my-app-*.example.com`. A look-up tries
 * how the label begins and ends, at most 63 places each, and not the patterns.
 */
class LabelPatternIndex {
  /** By what follows the label; then by how it begins, then by how it ends: the ports allowed there. */
  private readonly byParent = new Map<string, Map<string, Map<string, Set<string>>>>();

  add({ scheme, host, port }: OriginPattern): void {
    const star = host.indexOf('*');
    const start = host.slice(0, star);
    const rest = host.slice(star + 1);
    const dot = rest.indexOf('.');
    const parent = `${scheme}:${rest.slice(dot)}`;
    const starts = this.byParent.get(parent) ?? new Map<string, Map<string, Set<string>>>();
    const ends = starts.get(start) ?? new Map<string, Set<string>>();
    const ports = ends.get(rest.slice(0, dot)) ?? new Set<string>();
    ends.set(rest.slice(0, dot), ports.add(port));
    this.byParent.set(parent, starts.set(start, ends));
  }

  has(scheme: string, host: string, port: string): boolean {
    const dot = host.indexOf('.');
    if (host.length > MAX_HOST_LENGTH) return false;
    const starts = this.byParent.get(`${scheme}:${host.slice(dot)}`);
    if (starts === undefined || !isLabel(host, 0, dot)) return false;
    for (let from = 0; from < dot; from += 1) {
      const ends = starts.get(host.slice(0, from));
      if (ends !== undefined && hasEnd(ends, host.slice(from, dot), port)) return true;
    }
    return false;
  }
}

/** The wildcard stands for at least one letter, digit or hyphen of the rest of a label. */
function hasEnd(
  ends: ReadonlyMap<string, ReadonlySet<string>>,
  rest: string,
  port: string,
): boolean {
  const underscore = rest.indexOf('_');
  const last = underscore === -1 ? rest.length : underscore;
  for (let to = 1; to <= last; to += 1) {
    const ports = ends.get(rest.slice(to));
    if (ports !== undefined && allowsPort(ports, port)) return true;
  }
  return false;
}

/** Patterns are for these two only. */
function schemeOf(origin: string): 'http' | 'https' | undefined {
  if (origin.startsWith('https://')) return 'https';
  return origin.startsWith('http://') ? 'http' : undefined;
}

function allowsPort(ports: ReadonlySet<string>, port: string): boolean {
  return ports.has('*') || ports.has(port);
}

/** Letters in lower case, digits, `-` and `_`: what is not in a label cannot pose as one. */
function isLabel(host: string, start: number, end: number): boolean {
  if (end === start || end - start > MAX_LABEL_LENGTH) return false;
  for (let index = start; index < end; index += 1) {
    const code = host.charCodeAt(index);
    if (code >= 0x61 && code <= 0x7a) continue; // a-z
    if (code >= 0x30 && code <= 0x39) continue; // 0-9
    if (code !== 0x2d && code !== 0x5f) return false; // - _
  }
  return true;
}

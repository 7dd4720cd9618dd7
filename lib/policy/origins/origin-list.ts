import { isSerializedPort, MAX_HOST_LENGTH, MAX_LABEL_LENGTH } from '../../fetch/origins.js';
import type { OriginRule } from '../policy.js';
import type { OriginPattern } from './parse-origin.js';

/**
 * Compiles a list of exact origins, patterns and RegExps. Exact origins are found by hash and
 * patterns by suffix, whatever their number; RegExps come last, one by one.
 *
 * The rule is asked about serialised origins only (`isSerializedOrigin`): that, not the matching,
 * keeps overlong or malformed values away from the RegExps. `null` is never allowed, since any
 * page becomes it inside a sandboxed frame.
 */
export function compileOriginList(
  origins: readonly OriginPattern[],
  regexps: readonly RegExp[],
): OriginRule {
  const exact = new Set<string>();
  const patterns: OriginPattern[] = [];
  for (const origin of origins) {
    if (origin.subdomains || origin.port === '*') patterns.push(origin);
    else exact.add(origin.text);
  }
  const index = new OriginPatternIndex(patterns);
  // Copies: a RegExp can be recompiled in place by whoever holds it.
  const tests = regexps.map((regexp) => new RegExp(regexp.source, regexp.flags));
  return Object.freeze({
    kind: 'listed',
    exact,
    matches(origin: string): boolean {
      if (exact.has(origin) || index.has(origin)) return true;
      if (tests.length === 0 || origin === 'null') return false;
      for (const test of tests) if (test.test(origin)) return true;
      return false;
    },
  });
}

const NONE: ReadonlyMap<string, ReadonlySet<string>> = new Map();

/**
 * Patterns by the host they end in, so that a look-up costs the same for one pattern as for
 * 100,000: it walks the labels of the origin, not the patterns.
 */
class OriginPatternIndex {
  /** By scheme, then by host: the ports allowed there; `*` for any, empty for the default one. */
  private readonly hosts = new Map<string, Map<string, Set<string>>>();
  private readonly parents = new Map<string, Map<string, Set<string>>>();

  constructor(patterns: Iterable<OriginPattern>) {
    for (const { scheme, host, subdomains, port } of patterns) {
      const byScheme = subdomains ? this.parents : this.hosts;
      const byHost = byScheme.get(scheme) ?? new Map<string, Set<string>>();
      const ports = byHost.get(host) ?? new Set<string>();
      byScheme.set(scheme, byHost.set(host, ports.add(port)));
    }
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
    const ports = (this.hosts.get(scheme) ?? NONE).get(host);
    if (ports !== undefined && allowsPort(ports, port)) return true;
    return this.hasParent(this.parents.get(scheme) ?? NONE, host, port);
  }

  /** Takes one label after the other off the host, as long as they are labels. */
  private hasParent(
    parents: ReadonlyMap<string, ReadonlySet<string>>,
    host: string,
    port: string,
  ): boolean {
    if (parents.size === 0 || host.length > MAX_HOST_LENGTH) return false;
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

import type { PreflightDecision } from '../policy/decide-preflight.js';
import type { PolicyGeneration } from '../routing/policy-registry.js';
import type { RouteTable } from '../routing/route-table.js';
import type { CrossOriginFacts } from './request-facts.js';

/** 1,024 decisions are kept: with the length of their keys, at most about 2 MB. */
const LAST_SLOT = 0x3ff;
/** The length of each string of a key. Where one is longer, the request is decided anew. */
const MAX_LENGTH = 256;
/** How many of a target's last characters choose its slot: paths differ at their ends. */
const HASHED = 8;

/**
 * Decisions on preflights that browsers repeat. A decision depends on target, method, origin and
 * requested headers, the policies and the routes. Where it may depend on anything else (an origin
 * function or class, a host), none is kept.
 *
 * Only permissions are: few origins have one, and any number are refused. All are dropped when
 * policies are replaced and when a route is added. A decision has one possible slot, and takes it when
 * it is made for the second time, so that targets that never come again cost next to nothing.
 */
export class KeptPreflights {
  private readonly slots: (Kept | undefined)[] = [];
  /** The hash of the last decision that was made for each slot. */
  private seen = new Int32Array(0);
  private policies: PolicyGeneration | undefined;
  private revision = -1;
  private keeps = false;
  /** Of the request that was looked for last. */
  private hash = 0;

  constructor(private readonly routes: RouteTable) {}

  /** @returns a list of headers of its own for each call: whoever wraps `writeHead` may change it */
  find(facts: CrossOriginFacts, policies: PolicyGeneration): PreflightDecision | undefined {
    if (policies !== this.policies || this.routes.revision !== this.revision)
      this.restart(policies);
    if (!this.keeps) return undefined;
    this.hash = hashOf(facts);
    const kept = this.slots[this.hash & LAST_SLOT];
    if (
      kept === undefined ||
      kept.target !== facts.target ||
      kept.method !== facts.method ||
      kept.origin !== facts.origin ||
      kept.requestHeaders !== facts.requestHeaders
    ) {
      return undefined;
    }
    return { outcome: 'allowed', status: kept.status, headers: kept.headers.slice() };
  }

  /** Keeps a decision that was made at once after `find` had none, with the same policies and routes. */
  keep(facts: CrossOriginFacts, { outcome, status, headers }: PreflightDecision): void {
    const { target, method, origin, requestHeaders } = facts;
    if (
      !this.keeps ||
      outcome !== 'allowed' ||
      target.length > MAX_LENGTH ||
      method.length > MAX_LENGTH ||
      origin.length > MAX_LENGTH ||
      (requestHeaders !== undefined && requestHeaders.length > MAX_LENGTH)
    ) {
      return;
    }
    const { hash } = this;
    const slot = hash & LAST_SLOT;
    if (this.seen[slot] !== hash) {
      this.seen[slot] = hash;
      return;
    }
    const kept = { target, method, origin, requestHeaders, status, headers: headers.slice() };
    this.slots[slot] = kept;
  }

  /** How many are kept. */
  get size(): number {
    return this.slots.reduce((size, slot) => (slot === undefined ? size : size + 1), 0);
  }

  private restart(policies: PolicyGeneration): void {
    this.policies = policies;
    this.revision = this.routes.revision;
    this.keeps =
      !this.routes.readsHost &&
      policies.every(({ policy }) => policy === false || policy.origin.kind !== 'dynamic');
    // Filled, so that it stays a list for V8 whatever slot comes first.
    this.slots.length = 0;
    for (let slot = 0; this.keeps && slot <= LAST_SLOT; slot++) this.slots.push(undefined);
    this.seen = new Int32Array(this.keeps ? LAST_SLOT + 1 : 0);
  }
}

interface Kept {
  readonly target: string;
  readonly method: string;
  readonly origin: string;
  readonly requestHeaders: string | undefined;
  readonly status: PreflightDecision['status'];
  readonly headers: readonly string[];
}

function hashOf({ target, method, origin }: CrossOriginFacts): number {
  const { length } = target;
  let hash = (length * 31 + method.length) * 31 + origin.length;
  for (let i = Math.max(0, length - HASHED); i < length; i++) {
    hash = (hash * 31 + target.charCodeAt(i)) | 0;
  }
  // GET and PUT, and the ports of two origins, have the same length.
  hash = (hash * 31 + method.charCodeAt(0)) * 31 + origin.charCodeAt(origin.length - 1);
  return hash | 0;
}

import type { CorsPolicy, OriginRule } from '../../../lib/policy/policy.js';

export const APP = 'https://app.example.com';
export const EVIL = 'https://evil.example.org';

/** A rule that allows the origins named. */
export const listed = (...origins: string[]): OriginRule => ({
  kind: 'listed',
  exact: new Set<string>(),
  matches: (origin) => origins.includes(origin),
});

export const ANY: OriginRule = { kind: 'any' };

/** A policy of defaults, but for what is said. */
export function policy(changes: Partial<CorsPolicy> = {}): CorsPolicy {
  return {
    origin: listed(APP),
    credentials: false,
    methods: 'mapped',
    allowedHeaders: 'requested',
    exposedHeaders: [],
    maxAge: 600,
    timingAllowOrigin: false,
    ...changes,
  };
}

import type { BrokenRule } from '../refusal/cors-config-error.js';
import { closestName } from '../refusal/suggestions.js';

/** An option that `enableCors()` takes on either platform and this module does not. */
interface ForeignOption {
  /** Why it is not needed. */
  readonly why: string;
  /** None where no value of it makes a difference. */
  readonly reason?: BrokenRule['reason'];
  /** The value that asks for what happens anyway, if there is one. */
  readonly harmless?: unknown;
}

const FOREIGN_OPTIONS: ReadonlyMap<string, ForeignOption> = new Map<string, ForeignOption>(
  Object.entries({
    preflightContinue: {
      why: 'Preflights are always answered by this module; any other `OPTIONS` request reaches your `@Options()` handlers.',
      reason: 'preflight-continue-unsupported',
      harmless: false,
    },
    optionsSuccessStatus: {
      why: 'Preflights are answered with 204; the browsers that needed 200 are gone.',
      reason: 'options-success-status-unsupported',
      harmless: 204,
    },
    preflight: {
      why: 'Preflights are always answered; write `@Cors(false)` where you want none.',
      reason: 'preflight-unsupported',
      harmless: true,
    },
    strictPreflight: {
      why: 'Only `OPTIONS` with `Origin` and `Access-Control-Request-Method` counts as a preflight.',
      reason: 'strict-preflight-unsupported',
      harmless: true,
    },
    hideOptionsRoute: { why: 'No route is added, so there is nothing to hide.' },
    cacheControl: {
      why: 'HTTP never caches responses to `OPTIONS`; use `maxAge` for how long browsers remember a preflight.',
      reason: 'cache-control-unsupported',
    },
    logLevel: { why: 'No route is added, so there is nothing to log.' },
    hook: {
      why: 'The module always runs before all other hooks.',
      reason: 'hook-unsupported',
      harmless: 'onRequest',
    },
    delegator: {
      why: 'Write `@Cors()` where a route differs, or a function as `origin`: `(origin, request) => boolean`.',
      reason: 'delegator-unsupported',
    },
  } satisfies Record<string, ForeignOption>),
);

/** A rule that is broken, or a warning: the value changes nothing. */
export type ForeignFinding = { readonly broken: BrokenRule } | { readonly changesNothing: string };

/**
 * What to say about an option of `enableCors()`, perhaps a misspelt one: neither library behind it
 * reports a name that it does not know.
 *
 * @param known the names that are options here, which come first
 */
export function judgeForeignOption(
  name: string,
  value: unknown,
  known: readonly string[],
): ForeignFinding | undefined {
  const meant = closestName(name, [...known, ...FOREIGN_OPTIONS.keys()]);
  const found = meant === undefined ? undefined : FOREIGN_OPTIONS.get(meant);
  if (meant === undefined || found === undefined) return undefined;
  const why = meant === name ? found.why : `It stands for \`${meant}\`. ${found.why}`;
  if (found.reason === undefined || value === found.harmless) return { changesNothing: why };
  return { broken: { reason: found.reason, rule: 'to be removed', remedy: why } };
}

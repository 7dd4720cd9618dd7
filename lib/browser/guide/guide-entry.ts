import type { Blocked } from '../fetch/user-agent.js';
import type { CorsCheckId, Fix, FixKind } from '../simulation.js';

/** What a check's failure means in general, and what helps. */
export interface CheckGuide {
  /** Why it fails, as one sentence. */
  readonly cause: string;
  /** What helps, as one sentence. */
  readonly fix: string;
}

/** The same, and what helps the very request that was blocked. */
export interface GuideEntry extends CheckGuide {
  fixFor(blocked: Blocked): Fix;
}

/** The guide to some of the checks. */
export type GuideFor<Check extends CorsCheckId> = Readonly<Record<Check, GuideEntry>>;

/** A fix that is not a CORS setting. */
export function noSetting(kind: FixKind, sentence: string): Fix {
  return { kind, options: {}, sentence: `${sentence} No CORS setting helps.` };
}

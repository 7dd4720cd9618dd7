import type { SimulateOptions } from '../../../lib/browser/index.js';

/** The servers of a case: that of the page, the one it asks, and a third one. */
export type Place = 'page' | 'api' | 'other';

/**
 * What a server answers. In header values, `{page}`, `{api}` and `{other}` stand for the origins
 * and `{next}` for the URL of the next hop; an array stands for several lines.
 */
export interface ScriptedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
}

/** One URL of a case, with its answers to the preflight and to any other request. */
export interface Hop {
  readonly at: Place;
  readonly preflight: ScriptedAnswer;
  readonly answer: ScriptedAnswer;
}

/** A call of `fetch()` and the servers it meets. */
export interface AgreementCase {
  readonly title: string;
  readonly fetch: Pick<SimulateOptions, 'method' | 'mode' | 'redirect'> & {
    readonly credentials?: 'omit' | 'same-origin' | 'include';
    readonly headers?: readonly (readonly [string, string])[];
  };
  /** How often the page calls, one after the other. */
  readonly calls?: number;
  readonly hops: readonly Hop[];
}

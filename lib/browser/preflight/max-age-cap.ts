import type { Dialect } from '../dialect.js';

/** The longest time, in seconds, for which each browser keeps the answer to a preflight. */
export const maxAgeCap: Readonly<Record<Dialect, number>> = {
  chromium: 7200,
  firefox: 86_400,
  safari: 600,
};
